const TEXT =
  'The login was not finished. Close this window, and log in again from the page that opened it.';

/**
 * Closes the window of a login that no page waits for. Where the browser does not let it, a plain page says so in
 * place of the app, which would begin something that the user did not ask for in this window.
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
