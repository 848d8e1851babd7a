import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build, defaultServerConditions } from 'vite';
import { beforeAll, describe, expect, test } from 'vitest';
import { sesamyDouble } from './sesamy-double.js';
import { issuer, tokenIssuer } from './token-issuer.js';

interface Bundle {
  code: string;
  modules: string[];
  gzipBytes: number;
}

let management: Bundle;
let verify: Bundle;

beforeAll(async () => {
  [management, verify] = await Promise.all([
    bundle('management/index.ts'),
    bundle('verify/index.ts'),
  ]);
}, 180_000);

async function bundle(entry: string): Promise<Bundle> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: defaultServerConditions.filter((condition) => condition !== 'node') },
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: {
        entry: fileURLToPath(new URL(`../src/${entry}`, import.meta.url)),
        formats: ['iife'],
        name: 'kit',
      },
    },
  });
  const chunks = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  const chunk = chunks.find((each) => each.type === 'chunk');
  if (chunk?.type !== 'chunk') throw new Error('Nothing was built.');
  return { code: chunk.code, modules: chunk.moduleIds, gzipBytes: gzipSync(chunk.code).length };
}

/** Runs a bundle with only the globals that edge runtimes share with the web. */
function onTheEdge(code: string, extra: Record<string, unknown> = {}): Record<string, unknown> {
  const web = {
    AbortController,
    AbortSignal,
    atob,
    btoa,
    clearTimeout,
    crypto,
    CryptoKey,
    Headers,
    performance,
    Request,
    Response,
    setTimeout,
    structuredClone,
    TextDecoder,
    TextEncoder,
    Uint8Array,
    URL,
    URLSearchParams,
  };
  return runInContext(`${code}; kit`, createContext({ ...web, ...extra })) as Record<
    string,
    unknown
  >;
}

/** In kB, as the table of the README has it. */
function sizeInReadme(entry: string): number {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const row = new RegExp(`\\| \`@sesamy-kit/server/${entry}\` \\|[^|]*\\| ([\\d.]+) kB`);
  return Number(row.exec(readme)?.[1]);
}

describe('the Management API client', () => {
  test('the Management API client has no dependencies', () => {
    expect(management.modules.filter((id) => id.includes('node_modules'))).toEqual([]);
    expect(management.modules.filter((id) => id.includes('/src/verify/'))).toEqual([]);
    expect(management.gzipBytes).toBeLessThan(9_000);
    expect(Math.abs(management.gzipBytes / 1000 - sizeInReadme('management'))).toBeLessThan(0.1);
  });

  test('the Management API client runs without Node', async () => {
    const sesamy = sesamyDouble();
    const { ManagementClient } = onTheEdge(management.code, {
      fetch: sesamy.fetch,
      navigator: { userAgent: 'Cloudflare-Workers' },
    }) as { ManagementClient: new (options: object) => { get(path: string): Promise<unknown> } };
    const client = new ManagementClient({ clientId: 'backend', clientSecret: 'hush' });
    await expect(client.get('/publishers')).resolves.toEqual([]);
  });

  test('the Management API client does not run in a browser', () => {
    const { ManagementClient } = onTheEdge(management.code, {
      navigator: { userAgent: 'Mozilla/5.0 Chrome/150' },
    }) as { ManagementClient: new (options: object) => unknown };
    expect(() => new ManagementClient({ clientId: 'backend', clientSecret: 'hush' })).toThrow(
      /browser/,
    );
  });
});

describe('the verifier', () => {
  test('the verifier depends on jose only', () => {
    const packages = verify.modules.filter((id) => id.includes('node_modules'));
    expect(packages.filter((id) => !id.includes('/jose/'))).toEqual([]);
    expect(verify.modules.filter((id) => id.includes('/src/management/'))).toEqual([]);
    expect(verify.gzipBytes).toBeLessThan(14_000);
    expect(Math.abs(verify.gzipBytes / 1000 - sizeInReadme('verify'))).toBeLessThan(0.1);
  });

  test('the verifier runs without Node', async () => {
    const sesamy = await tokenIssuer();
    const { createAccessTokenVerifier } = onTheEdge(verify.code, { fetch: sesamy.fetch }) as {
      createAccessTokenVerifier: (options: object) => { verify(token: string): Promise<unknown> };
    };
    const verifier = createAccessTokenVerifier({ issuer, publisherId: 'tidewaiter' });
    await expect(verifier.verify(await sesamy.issue())).resolves.toMatchObject({
      subject: 'email|ada',
    });
  });
});
