import { LogoutButton, useProfile } from '@sesamy-kit/react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import type { Reader } from '../user-schema.js';
import { Avatar } from './avatar.js';
import { readerName } from './reader-name.js';

/** Props of {@link ReaderMenu}. */
export interface ReaderMenuProps {
  readonly user: Reader;
}

/** The menu of the signed-in user: picture, name, account link, logout. */
export function ReaderMenu({ user }: ReaderMenuProps): ReactNode {
  // Reads what the account page has fetched or changed, without another request.
  const { data: profile } = useProfile({ enabled: false });
  const name = readerName(profile ?? {}, user);
  return (
    <div className="reader">
      <Link className="reader-link" to="/account">
        <Avatar name={name} picture={profile?.picture ?? user.picture} />
        <span className="reader-name">{name}</span>
        <span className="visually-hidden">, your account</span>
      </Link>
      <LogoutButton className="button button-quiet" />
    </div>
  );
}
