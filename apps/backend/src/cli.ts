import { readConfig } from './config.js';
import { startBackend } from './start.js';

try {
  const config = readConfig(process.env);
  const { url } = await startBackend({ ...config, log: (error) => console.error(error) });
  console.log(`Backend ${url}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
