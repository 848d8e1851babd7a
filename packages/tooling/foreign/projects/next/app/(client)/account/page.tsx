import { RequireSession } from '@sesamy-kit/react';
import { Greeting } from './greeting';

export default function Page() {
  return (
    <RequireSession fallback={<p>Wait</p>}>
      <Greeting />
    </RequireSession>
  );
}
