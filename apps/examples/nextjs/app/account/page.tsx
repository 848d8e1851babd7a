import { RequireSession } from '@sesamy-kit/react';
import { Account } from './account';

export default function AccountPage() {
  return (
    <RequireSession fallback={<p>One moment …</p>}>
      <Account />
    </RequireSession>
  );
}
