import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Whether this machine has a Redis server to run (Debian: `apt-get install redis-server`). */
export const hasRedis: boolean = spawnSync('redis-server', ['--version']).status === 0;

/** A Redis server for one test, on a socket in a temporary folder. */
export interface RedisServer {
  socketPath: string;
  stop(): Promise<void>;
}

/** Starts a Redis server that keeps nothing. */
export async function startRedis(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'sesamy-redis-'));
  const socketPath = join(folder, 'redis.sock');
  const options = [
    '--port',
    '0',
    '--unixsocket',
    socketPath,
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    folder,
  ];
  const child = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface(child.stdout)) {
    if (/ready to accept connections/i.test(line)) break;
  }
  child.stdout.resume();
  return {
    socketPath,
    async stop() {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
      rmSync(folder, { recursive: true });
    },
  };
}
