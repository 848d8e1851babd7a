/** Whether a service worker responds to the requests of this page. */
export function hasServiceWorker(): boolean {
  return 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null;
}
