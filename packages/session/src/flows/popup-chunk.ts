/** The code of a popup login, loaded on demand. */
export { logInByPopup } from './popup-login.js';
export { showClosingPage } from './closing-page.js';
export { handOverCallbackUrl } from '../tabs/popup-callback.js';
