export { migrateSource, sources, type MigratedSource, type MigrationSource } from './migrate.js';
export type { Finding } from './edit.js';
