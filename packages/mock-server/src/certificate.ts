import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';

/** A certificate for this machine's names that is also its own CA. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** Where the certificate is, for `NODE_EXTRA_CA_CERTS` and browsers. */
  readonly caPath: string;
}

const HOST_NAMES = [
  'localhost',
  '*.localhost',
  '*.publisher.test',
  '*.sesamy.test',
  '*.sesamy.com',
];
const DAY_MS = 86_400_000;

/** The certificate made before, or a new one. Kept in `node_modules/.cache` where there is one. */
export async function loadCertificate(): Promise<Certificate> {
  const folder = await cacheFolder();
  const caPath = join(folder, 'mock-ca.pem');
  const keyPath = join(folder, 'mock-key.pem');
  const known = await readPair(caPath, keyPath);
  if (known) return { ...known, caPath };
  const made = await makeCertificate();
  await writeFile(keyPath, made.key, { mode: 0o600 });
  await writeFile(caPath, made.cert);
  return { ...made, caPath };
}

async function makeCertificate(): Promise<{ key: string; cert: string }> {
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'sesamy-kit mock server' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + 365 * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...HOST_NAMES.map((value) => ({ type: 2 as const, value })),
          { type: 7 as const, ip: '127.0.0.1' },
          { type: 7 as const, ip: '::1' },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}

async function readPair(
  caPath: string,
  keyPath: string,
): Promise<{ key: string; cert: string } | null> {
  try {
    const [cert, key] = await Promise.all([readFile(caPath, 'utf8'), readFile(keyPath, 'utf8')]);
    const expiresAt = Date.parse(new X509Certificate(cert).validTo);
    return expiresAt > Date.now() + DAY_MS ? { key, cert } : null;
  } catch {
    return null;
  }
}

async function cacheFolder(): Promise<string> {
  if (!existsSync('node_modules')) return mkdtemp(join(tmpdir(), 'sesamy-mock-'));
  const folder = join(process.cwd(), 'node_modules', '.cache', 'sesamy-mock');
  await mkdir(folder, { recursive: true });
  return folder;
}
