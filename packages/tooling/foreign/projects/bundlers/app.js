import {
  createSesamySession,
  LoginButton,
  LogoutButton,
  SesamyProvider,
  useSession,
} from '@sesamy-kit/react';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

// For the test to call.
globalThis.session = createSesamySession({ clientId: 'publisher-web', issuer: globalThis.issuer });

function App() {
  const { status, user } = useSession();
  if (status === 'unauthenticated') return createElement(LoginButton, null, 'Enter');
  if (status !== 'authenticated') return null;
  return createElement(
    'main',
    null,
    createElement('h1', null, `Hello ${user.given_name}`),
    createElement(LogoutButton, null, 'Leave'),
  );
}

createRoot(document.getElementById('root')).render(
  createElement(SesamyProvider, { session: globalThis.session }, createElement(App)),
);
