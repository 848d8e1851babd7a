import { LoginButton } from '@sesamy-kit/react';
import type { AuthError } from '@sesamy-kit/react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { loginErrorWords } from './login-error-words.js';

/** Props of {@link LockedDoor}. */
export interface LockedDoorProps {
  /** What is behind the door, as in "This piece". */
  readonly what: string;
  /** The login that failed, if one did. */
  readonly error?: AuthError;
}

/** Replaces a guarded page: says why it is closed and how to open it. */
export function LockedDoor({ what, error }: LockedDoorProps): ReactNode {
  const words =
    error === undefined
      ? { title: 'You are logged out.', text: `${what} opens again as soon as you log in.` }
      : loginErrorWords(error);
  return (
    <section className="door" role={error === undefined ? undefined : 'alert'}>
      <p className="door-title">{words.title}</p>
      <p>{words.text}</p>
      <p className="door-ways">
        <LoginButton className="button" />
        <Link className="door-link" to="/stories/fog-in-nine-kinds">
          Read a free piece instead
        </Link>
      </p>
    </section>
  );
}
