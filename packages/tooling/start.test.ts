import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { root } from './processes.mjs';

/** Runs `npm start` as npm would, without npm. */
function start(...flags: readonly string[]) {
  const child = spawn(process.execPath, ['packages/tooling/run.mjs', 'start', ...flags], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function isResponding(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

describe('npm start', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'npm start runs the demo, the mock and the backend until %s, and leaves no process behind',
    async (signal) => {
      const child = start('--port=0', '--mock-port=0', '--backend-port=0');
      const ended = once(child, 'exit');
      const urls: string[] = [];
      for await (const line of createInterface(child.stdout)) {
        const [url] = /http:\S+/.exec(line) ?? [];
        if (url !== undefined) urls.push(url);
        if (urls.length === 7) break;
      }
      const [demoUrl = '', mockUrl = '', backendUrl = '', ...otherHosts] = urls;
      const servers = [demoUrl, mockUrl, backendUrl];
      expect(await Promise.all(servers.map(isResponding))).toEqual([true, true, true]);
      expect(otherHosts.map((url) => new URL(url).port)).toEqual(
        Array(4).fill(new URL(demoUrl).port),
      );
      const page = await fetch(demoUrl);
      expect(await page.text()).toContain(`<meta name="sesamy-backend" content="${backendUrl}"`);

      child.kill(signal);
      await ended;
      expect(await Promise.all(servers.map(isResponding))).toEqual([false, false, false]);
    },
    60_000,
  );

  test.each(['--port', '--mock-port', '--backend-port'])(
    'npm start names the port in use and how to choose another by %s',
    async (flag) => {
      const other = createServer().listen(0, 'localhost');
      onTestFinished(() => void other.close());
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      const free = { '--port': 0, '--mock-port': 0, '--backend-port': 0 };
      const child = start(
        ...Object.entries({ ...free, [flag]: port }).map((each) => each.join('=')),
      );
      const said = await text(child.stderr);
      expect(said).toContain(`Port ${port} is in use.`);
      expect(said).toContain(`npm start -- ${flag}=${port + 10}`);
    },
    30_000,
  );
});
