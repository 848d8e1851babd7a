import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { expect, onTestFinished, test } from 'vitest';
import { createMockServer } from '../../src/index.js';
import { createAuthority } from '../../src/make-certificate.js';
import { chromiumPath } from '../support/browser.js';

// Chromium on Linux takes further CAs from an NSS database only.
const cannotTrust = chromiumPath === undefined || spawnSync('certutil', ['-H']).error !== undefined; // skipped without libnss3-tools

/** Starts Chromium with a separate home that trusts a CA; all hosts resolve to this machine. */
async function browserTrusting(caPath: string): Promise<Browser> {
  const home = mkdtempSync(join(tmpdir(), 'mock-home-'));
  const database = join(home, '.pki/nssdb');
  mkdirSync(database, { recursive: true });
  const certutil = (...args: string[]): unknown =>
    execFileSync('certutil', ['-d', `sql:${database}`, ...args], { stdio: 'pipe' });
  certutil('-N', '--empty-password');
  certutil('-A', '-n', 'mock', '-t', 'C,,', '-i', caPath);
  const browser = await chromium.launch({
    ...(chromiumPath && { executablePath: chromiumPath }),
    env: { ...process.env, HOME: home },
    args: ['--host-resolver-rules=MAP * 127.0.0.1'],
  });
  onTestFinished(async () => {
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  });
  return browser;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

test.skipIf(cannotTrust)(
  'Chromium that trusts the CA opens the mock by its local names',
  async () => {
    const server = createMockServer();
    const { port, caPath } = await server.listen({ isHttps: true });
    onTestFinished(() => server.close());
    const page = await (await browserTrusting(caPath ?? '')).newPage();
    for (const host of [
      'localhost',
      '127.0.0.1',
      'login.publisher.test',
      'app.localhost',
      'login.app.localhost',
    ]) {
      const response = await page.goto(`https://${host}:${port}/.well-known/jwks.json`);
      expect([host, response?.status()]).toEqual([host, 200]);
    }
  },
);

test.skipIf(cannotTrust)(
  'Chromium that trusts the CA refuses its certificate for a real domain',
  async () => {
    const authority = await createAuthority(
      ['localhost', 'test'],
      new Date(Date.now() + 86_400_000),
    );
    const folder = mkdtempSync(join(tmpdir(), 'mock-ca-'));
    const { ca, ...pair } = await authority.issue(['token.sesamy.com', 'localhost']);
    writeFileSync(join(folder, 'ca.pem'), ca);
    const server = createServer(pair, (_, response) => response.end('ok'));
    const port = await listen(server);
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    });
    const page = await (await browserTrusting(join(folder, 'ca.pem'))).newPage();
    await expect(page.goto(`https://token.sesamy.com:${port}/`)).rejects.toThrow(
      'net::ERR_CERT_INVALID',
    );
  },
);
