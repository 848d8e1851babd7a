import { readConfig } from './config.js';
import { startBackend } from './start.js';

const { url } = await startBackend({
  ...readConfig(process.env),
  log: (error) => console.error(error),
  port: Number(process.env['PORT'] ?? 4500),
});
console.log(`Backend ${url}`);
