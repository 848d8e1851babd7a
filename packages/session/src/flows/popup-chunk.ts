/** What a login in a window needs, loaded when there is one. */
export { logInByPopup } from './popup-login.js';
export { showClosingPage } from './closing-page.js';
export { handOverAnswer } from '../tabs/popup-answer.js';
