export { checkSetup, type CheckSetupOptions } from './browser/check-setup.js';
export type { PageOptions } from './browser/page-setup.js';
export type { FindingId, Level } from './catalog.js';
export type { VersionId } from './checks/versions.js';
export type { Environment } from './http.js';
export type { Finding } from './finding.js';
