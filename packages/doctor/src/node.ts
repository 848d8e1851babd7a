export { checkDeployment } from './check-deployment.js';
export type { Environment } from './http.js';
export type { SetupOptions } from './setup.js';
export type { FindingId, Level } from './catalog.js';
export type { Finding } from './finding.js';
