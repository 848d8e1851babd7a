/** What the `refresh-token` mode runs on, loaded when there is a session. */
export { createApiFetch } from '../api.js';
export { readApiResponse } from '../api-response.js';
export { createLogout } from '../log-out.js';
export { createRefreshTimer } from '../refresh-timer.js';
export { createRefreshTokenDriver as createDriver } from './refresh-token.js';
