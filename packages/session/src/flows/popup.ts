/** Big enough for a login page with a keyboard on screen. */
const FEATURES = 'popup,width=480,height=720';

/**
 * Opens the window of a login. Browsers allow it only in the task of a click, so nothing may be awaited before.
 * @returns `null` when the browser blocked it
 */
export function openPopup(): Window | null {
  try {
    return window.open('about:blank', '_blank', FEATURES);
  } catch {
    // As in a sandbox, or on a server.
    return null;
  }
}
