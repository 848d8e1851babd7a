import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { loadCertificate } from '../src/certificate.js';
import { createMockServer } from '../src/index.js';
import { createAuthority, makeCertificate } from '../src/make-certificate.js';

const NEXT_YEAR = new Date(Date.now() + 365 * 86_400_000);
const LOCAL = ['localhost', 'test'];
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const hasCurl = spawnSync('curl', ['--version']).status === 0;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-certificate-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

/** Serves https with a certificate for a while; resolves to the result of `visit` with the port. */
async function serving<Found>(
  { key, cert }: { key: string; cert: string },
  visit: (port: number) => Promise<Found>,
): Promise<Found> {
  const server = createServer({ key, cert }, (_, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    return await visit(port);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Node's error for a certificate presented for a host: `null` when it is trusted. */
function refusalByNode(port: number, servername: string, ca: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', servername, ca }, () => {
      resolve(null);
      socket.destroy();
    });
    socket.once('error', (error) => resolve(error.message));
  });
}

test.each(['localhost', 'app.localhost', 'login.publisher.test', 'token.sesamy.test'])(
  'Node accepts the cached certificate for %s',
  async (host) => {
    const { caPath, ...pair } = await loadInProject();
    const ca = readFileSync(caPath, 'utf8');
    expect(await serving(pair, (port) => refusalByNode(port, host, ca))).toBeNull();
  },
);

test.each(['token.sesamy.com', 'example.com', 'localhost.example.com', 'mytest', '*.com'])(
  'a certificate for %s is rejected although the CA signed it',
  async (host) => {
    const authority = await createAuthority(LOCAL, NEXT_YEAR);
    const { ca, ...pair } = await authority.issue([host]);
    const name = host.replace('*', 'www');
    expect(await serving(pair, (port) => refusalByNode(port, name, ca))).toBe(
      'permitted subtree violation',
    );
  },
);

test('the CA cannot sign another CA', async () => {
  const { ca } = await makeCertificate(['localhost'], NEXT_YEAR);
  expect(new X509Certificate(ca).ca).toBe(true);
  expect(Buffer.from(new X509Certificate(ca).raw).toString('hex')).toContain('30060101ff020100');
});

test.skipIf(!hasOpenssl)('openssl verifies the chain and shows the constraints', async () => {
  const { ca, cert } = await makeCertificate(['localhost', '*.publisher.test'], NEXT_YEAR);
  writeFileSync(join(folder, 'ca.pem'), ca);
  writeFileSync(join(folder, 'cert.pem'), cert);
  const openssl = (...args: string[]): string =>
    execFileSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  expect(openssl('verify', '-x509_strict', '-CAfile', 'ca.pem', 'cert.pem')).toContain('OK');
  const text = openssl('x509', '-in', 'ca.pem', '-noout', '-text');
  expect(text).toMatch(
    /Name Constraints: critical\s+Permitted:\s+DNS:localhost\s+DNS:test\s+IP:127\.0\.0\.0\/255\.0\.0\.0/,
  );
  expect(text).toContain('pathlen:0');
});

/** The page that curl prints. Rejects with curl's error about the certificate. */
async function curl(host: string, port: number, caPath: string): Promise<string> {
  const { stdout } = await promisify(execFile)('curl', [
    ...['--silent', '--show-error', '--noproxy', '*'],
    ...['--cacert', caPath, '--resolve', `${host}:${port}:127.0.0.1`],
    `https://${host}:${port}/.well-known/jwks.json`,
  ]);
  return stdout;
}

test.skipIf(!hasCurl)('curl that trusts the CA opens the mock by a local name', async () => {
  const server = createMockServer();
  const { port, caPath } = await server.listen({ isHttps: true });
  onTestFinished(() => server.close());
  expect(await curl('login.publisher.test', port, caPath ?? '')).toContain('"kty":"RSA"');
});

test.skipIf(!hasCurl)(
  'curl that trusts the CA rejects its certificate for a real domain',
  async () => {
    const authority = await createAuthority(LOCAL, NEXT_YEAR);
    const { ca, ...pair } = await authority.issue(['token.sesamy.com']);
    const caPath = join(folder, 'ca.pem');
    writeFileSync(caPath, ca);
    const opened = serving(pair, (port) => curl('token.sesamy.com', port, caPath));
    await expect(opened).rejects.toThrow(/curl: \((?:35|58|60)\)/);
  },
);

test.skipIf(!hasOpenssl)('openssl rejects a certificate of the CA for a real domain', async () => {
  const authority = await createAuthority(LOCAL, NEXT_YEAR);
  const { ca, cert } = await authority.issue(['localhost', 'token.sesamy.com']);
  writeFileSync(join(folder, 'ca.pem'), ca);
  writeFileSync(join(folder, 'cert.pem'), cert);
  const args = ['verify', '-CAfile', 'ca.pem', 'cert.pem'];
  const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  expect([status === 0, stderr]).toEqual([false, expect.stringContaining('permitted subtree')]);
});

/** Creates the certificate in a separate folder, as in a project that has `node_modules`. */
async function loadInProject(hostNames?: readonly string[]): ReturnType<typeof loadCertificate> {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
  return loadCertificate(hostNames);
}

test('the certificate is created once and cached', async () => {
  const first = await loadInProject();
  expect(await loadInProject()).toEqual(first);
  expect(first.caPath.startsWith(folder)).toBe(true);
});

test("without node_modules the certificate is cached in the user's cache folder", async () => {
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
  const first = await loadCertificate();
  expect(first.caPath).toBe(join(folder, 'cache/sesamy-mock/certificate/ca.pem'));
  expect(await loadCertificate()).toEqual(first);
});

test('without a writable cache the certificate is created for one start', async () => {
  writeFileSync(join(folder, 'file'), '');
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'file'));
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
  const { caPath } = await loadCertificate();
  onTestFinished(() => rmSync(join(caPath, '../..'), { recursive: true }));
  expect(readFileSync(caPath, 'utf8')).toContain('BEGIN CERTIFICATE');
});

test("only the server's key is stored, readable by its owner, and never the CA's", async () => {
  const { caPath, cert } = await loadInProject();
  const kept = join(caPath, '..');
  const keys = readdirSync(kept, { recursive: true, encoding: 'utf8' })
    .map((name) => readFileSync(join(kept, name), 'utf8'))
    .filter((text) => text.includes('PRIVATE KEY'));
  expect(keys).toHaveLength(1);
  const key = createPrivateKey(keys[0] ?? '');
  expect(new X509Certificate(cert).checkPrivateKey(key)).toBe(true);
  expect(new X509Certificate(readFileSync(caPath)).checkPrivateKey(key)).toBe(false);
  if (process.platform !== 'win32') expect(statSync(join(kept, 'key.pem')).mode & 0o077).toBe(0);
});

test('ten concurrent starts agree on one certificate', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, () => loadInProject()));
  const ca = readFileSync(all[0]?.caPath ?? '', 'utf8');
  const trusted = all.filter(({ cert }) =>
    new X509Certificate(cert).verify(new X509Certificate(ca).publicKey),
  );
  expect(trusted).toHaveLength(10);
});

test('a real domain is covered only on request, in a separate certificate', async () => {
  const local = await loadInProject();
  expect(new X509Certificate(local.cert).subjectAltName).not.toContain('.com');
  const named = await loadInProject(['token.sesamy.com']);
  expect(new X509Certificate(named.cert).subjectAltName).toContain('DNS:token.sesamy.com');
  expect(named.caPath).not.toBe(local.caPath);
  expect(await loadInProject()).toEqual(local);
  const ca = readFileSync(named.caPath, 'utf8');
  expect(await serving(named, (port) => refusalByNode(port, 'token.sesamy.com', ca))).toBeNull();
});

test('a certificate that lacks a name, such as one of an earlier version, is replaced', async () => {
  const first = await loadInProject();
  const { ca, cert, key } = await makeCertificate(['localhost'], NEXT_YEAR);
  const kept = join(first.caPath, '..');
  writeFileSync(join(kept, 'ca.pem'), ca);
  writeFileSync(join(kept, 'cert.pem'), cert);
  writeFileSync(join(kept, 'key.pem'), key);
  const { subjectAltName } = new X509Certificate((await loadInProject()).cert);
  expect(subjectAltName).toContain('DNS:app.localhost');
});

test.each(['cert.pem', 'ca.pem'])('a corrupt %s is replaced', async (name) => {
  const first = await loadInProject();
  writeFileSync(join(first.caPath, '..', name), 'spoilt');
  const second = await loadInProject();
  expect(second.cert).not.toBe(first.cert);
  expect(existsSync(second.caPath)).toBe(true);
});
