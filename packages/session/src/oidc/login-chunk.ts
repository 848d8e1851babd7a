/** What a login needs, loaded when it is needed. */
export { answerCallback } from '../callback.js';
export { leaveForLogin } from '../leave-for-login.js';
export { createAuthorizationUrl, redeemAuthorizationResponse } from './login.js';
