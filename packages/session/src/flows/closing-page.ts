const TEXT =
  'The login was not finished. Close this window, and log in again from the page that opened it.';

/**
 * Closes a login window that no page waits for. If the browser refuses, shows a plain message instead of the app, which
 * might start a login that the user did not request in this window.
 */
export function showClosingPage(): void {
  window.close();
  const head = document.createElement('head');
  const body = document.createElement('body');
  const text = document.createElement('p');
  text.setAttribute('role', 'status');
  text.textContent = TEXT;
  body.append(text);
  document.documentElement.replaceChildren(head, body);
}
