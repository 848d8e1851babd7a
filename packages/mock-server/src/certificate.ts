import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server certificate for this machine's names and the CA that signed it. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** Where the CA's certificate is, for `NODE_EXTRA_CA_CERTS` and browsers. */
  readonly caPath: string;
}

/** Names of this machine. Clients match no wildcard right below a top-level domain, such as `*.localhost`. */
const LOCAL_NAMES = [
  'localhost',
  'app.localhost',
  '*.app.localhost',
  '*.publisher.test',
  '*.sesamy.test',
];
const DAY_MS = 86_400_000;

/**
 * The certificate made before, or a new one. Kept in `node_modules/.cache` where there is one, else in the user's cache. The CA's key is never
 * kept, so that trust in the CA is trust in this one certificate only.
 * @param hostNames further names to cover; certificates with such names are never shared with starts without them
 */
export async function loadCertificate(hostNames: readonly string[] = []): Promise<Certificate> {
  const folder = join(await cacheFolder(), folderName(hostNames));
  const names = [...LOCAL_NAMES, ...hostNames];
  const known = await readCertificate(folder, names);
  if (known) return known;
  const { makeCertificate } = await import('./make-certificate.js');
  const made = await makeCertificate(names, new Date(Date.now() + 365 * DAY_MS));
  await writeFolder(folder, names, {
    'ca.pem': made.ca,
    'cert.pem': made.cert,
    'key.pem': made.key,
  });
  // Another process may have been faster; use its files.
  const kept = await readCertificate(folder, names);
  if (kept) return kept;
  throw new Error(`The certificate cannot be kept in ${folder}.`);
}

function folderName(hostNames: readonly string[]): string {
  const names = hostNames.map((name) => name.replace('*', '_')).toSorted();
  return ['certificate', ...names].join('+').slice(0, 200);
}

/** The certificate of a folder; null unless it covers the names for another day. */
async function readCertificate(
  folder: string,
  names: readonly string[],
): Promise<Certificate | null> {
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  try {
    const [ca, cert, key] = await Promise.all([read('ca.pem'), read('cert.pem'), read('key.pem')]);
    const leaf = new X509Certificate(cert);
    const isOfCa = leaf.verify(new X509Certificate(ca).publicKey);
    const isFresh = Date.parse(leaf.validTo) > Date.now() + DAY_MS;
    const known = (leaf.subjectAltName ?? '').split(', ');
    const coversAll = names.every((name) => known.includes(`DNS:${name}`));
    return isOfCa && isFresh && coversAll ? { key, cert, caPath: join(folder, 'ca.pem') } : null;
  } catch {
    return null;
  }
}

/**
 * The files appear together or not at all. When another process put a certificate there meanwhile, that one stays.
 */
async function writeFolder(
  folder: string,
  names: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const temporary = await mkdtemp(`${folder}-`);
  try {
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(temporary, name), text, { mode: 0o600 });
    }
    if (await isMoved(temporary, folder)) return;
    if ((await readCertificate(folder, names)) !== null) return;
    // The existing certificate has expired, is corrupt, or lacks a name.
    await rm(folder, { recursive: true, force: true });
    await isMoved(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Whether the folder could be moved: a folder with files in it is never replaced. */
async function isMoved(from: string, to: string): Promise<boolean> {
  return rename(from, to).then(
    () => true,
    () => false,
  );
}

/** A folder of this project or this user. Another user who could write there first could plant a CA. */
async function cacheFolder(): Promise<string> {
  const modules = join(process.cwd(), 'node_modules');
  const cache = existsSync(modules)
    ? join(modules, '.cache')
    : process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folder = join(cache, 'sesamy-mock');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  } catch {
    // No home to keep it in, as in some containers.
    return mkdtemp(join(tmpdir(), 'sesamy-mock-'));
  }
}
