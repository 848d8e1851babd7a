export type { Finding } from './edit.js';
export {
  migrateApp,
  type MigratedFile,
  type MigratedSource,
  migrateSource,
  type MigrationSource,
  type SourceFile,
  sources,
} from './migrate.js';
