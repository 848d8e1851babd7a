import { LoginButton, useSession } from '@sesamy-kit/react';
import type { ReactNode } from 'react';

import { loginErrorWords } from './login-error-words.js';

/** Shows why the last login failed, with a retry. Empty when none has failed. */
export function LoginNotice(): ReactNode {
  const error = useSession((state) => (state.status === 'unauthenticated' ? state.error : null));
  if (error === null) return null;
  const { title, text } = loginErrorWords(error);
  return (
    <section className="notice" role="alert">
      <div>
        <p className="notice-title">{title}</p>
        <p>{text}</p>
      </div>
      <LoginButton className="button button-quiet">Try again</LoginButton>
    </section>
  );
}
