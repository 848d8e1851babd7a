import {
  LoginButton,
  LogoutButton,
  RequireSession,
  SesamyProvider,
  SignedIn,
  SignedOut,
  useProfile,
  useSession,
} from '@sesamy-kit/react';
import { StrictMode, useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';

function Member() {
  const logout = useRef<HTMLButtonElement>(null);
  const [tag, setTag] = useState('');
  const { data } = useProfile();
  useEffect(() => setTag(logout.current?.tagName ?? 'nothing'), []);
  return (
    <>
      <p>Profile of {data?.email}</p>
      <LogoutButton ref={logout}>Leave ({tag})</LogoutButton>
    </>
  );
}

function App() {
  const status = useSession((session) => session.status);
  const login = useRef<HTMLButtonElement>(null);
  return (
    <main data-status={status}>
      <SignedOut>
        <LoginButton ref={login}>Enter</LoginButton>
        <button onClick={() => login.current?.focus()}>Focus</button>
      </SignedOut>
      <SignedIn>{(user) => <h1>Hello {user.given_name}</h1>}</SignedIn>
      <SignedIn>
        <RequireSession fallback={<p>Wait</p>}>
          <Member />
        </RequireSession>
      </SignedIn>
    </main>
  );
}

const root = document.getElementById('root');
if (root === null) throw new Error('There is no root.');
createRoot(root).render(
  <StrictMode>
    <SesamyProvider
      clientId="publisher-web"
      issuer={import.meta.env.VITE_ISSUER}
      apiUrl={import.meta.env.VITE_API_URL}
    >
      <App />
    </SesamyProvider>
  </StrictMode>,
);
