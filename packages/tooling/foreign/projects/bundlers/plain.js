import { createSesamySession } from '@sesamy-kit/session';

// For the test to call.
const session = createSesamySession({ clientId: 'publisher-web', issuer: globalThis.issuer });
globalThis.session = session;

function show() {
  const { status, user } = session.getSnapshot();
  const root = document.getElementById('root');
  root.replaceChildren();
  if (status === 'unauthenticated') addButton('Enter', () => session.loginWithRedirect());
  if (status !== 'authenticated') return;
  root.append(
    Object.assign(document.createElement('h1'), { textContent: `Hello ${user.given_name}` }),
  );
  addButton('Leave', () => session.logout());
}

function addButton(textContent, onclick) {
  const button = Object.assign(document.createElement('button'), { textContent, onclick });
  document.getElementById('root').append(button);
}

session.subscribe(show);
void session.start();
show();
