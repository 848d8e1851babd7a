import { createRoot } from 'react-dom/client';

export const issuer = import.meta.env.VITE_ISSUER;
export const clientId = 'publisher-web';
export const scope = 'openid profile email offline_access';
export const redirectUri = `${location.origin}/`;

/** What every app shows: a button, or the user's name. Nothing while the session is initializing. */
export function Page({ isLoading, user, onLogin, onLogout }) {
  if (isLoading) return null;
  if (!user) {
    return (
      <button id="login" onClick={onLogin}>
        Log in
      </button>
    );
  }
  return (
    <>
      <p id="user">Hello {user.name}</p>
      <button onClick={onLogout}>Log out</button>
    </>
  );
}

export function mount(app) {
  createRoot(document.getElementById('root')).render(app);
}
