import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** An npm registry in memory, which serves what it was given and what `npm publish` sends. */
export interface Registry {
  /** With a slash at the end. */
  readonly url: string;
  /** For npm: our scope from this registry, everything else from where it comes from otherwise. */
  readonly environment: Record<string, string>;
  /** The names of its packages, in the order in which they were published. */
  readonly published: readonly string[];
  readonly close: () => Promise<void>;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dist?: { readonly integrity?: string; readonly tarball?: string };
}

/**
 * What `npm publish` sends, as far as it is stored.
 *
 * @see https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md
 */
interface Packument {
  readonly name: string;
  readonly 'dist-tags': Record<string, string>;
  readonly versions: Record<string, Manifest>;
  readonly time?: Record<string, string>;
  readonly _attachments?: Record<string, { data: string }>;
}

/** Serves `tarballs` as an npm registry on localhost. */
export async function startRegistry(tarballs: readonly string[]): Promise<Registry> {
  const packuments = new Map<string, Packument>();
  const files = new Map<string, Buffer>();
  const store = ({ _attachments: attachments = {}, ...packument }: Packument): void => {
    for (const [file, { data }] of Object.entries(attachments)) {
      files.set(file, Buffer.from(data, 'base64'));
    }
    packuments.set(packument.name, packument);
  };
  for (const tarball of tarballs) store(packumentOf(tarball));

  // Package managers cache by URL: another run may listen on this port with other packages.
  const base = `/${randomUUID()}/`;
  const respond = async (request: IncomingMessage): Promise<[number, string | Buffer]> => {
    const path = decodeURIComponent(request.url ?? '').replace(base, '');
    if (request.method === 'PUT') {
      // npm is the only client.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      store(JSON.parse(await text(request)) as Packument);
      return [201, '{}'];
    }
    const file = files.get(path.replace('tarballs/', ''));
    if (file !== undefined) return [200, file];
    const packument = packuments.get(path);
    if (packument === undefined) return [404, '{}'];
    return [200, JSON.stringify(served(packument, url))];
  };
  const server = createServer((request, response) => {
    void respond(request).then(([status, body]) => {
      response.writeHead(status).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It does not listen.');
  const url = `http://127.0.0.1:${address.port}${base}`;
  return {
    url,
    environment: { 'npm_config_@sesamy-kit:registry': url },
    get published() {
      return [...packuments.keys()];
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** What `npm publish` sends for a tarball. */
function packumentOf(tarball: string): Packument {
  const data = readFileSync(tarball);
  const args = ['-xzOf', tarball, 'package/package.json'];
  const manifest: Manifest = JSON.parse(execFileSync('tar', args, { encoding: 'utf8' }));
  const { name, version } = manifest;
  const integrity = `sha512-${createHash('sha512').update(data).digest('base64')}`;
  return {
    name,
    'dist-tags': { latest: version },
    versions: { [version]: { ...manifest, dist: { integrity } } },
    _attachments: { [`${name}-${version}.tgz`]: { data: data.toString('base64') } },
  };
}

/** The packument with its tarballs at this registry's address. */
function served({ name, versions, 'dist-tags': tags }: Packument, url: string): Packument {
  const located = Object.entries(versions).map(([version, manifest]) => {
    const tarball = `${url}tarballs/${name}-${version}.tgz`;
    return [version, { ...manifest, dist: { ...manifest.dist, tarball } }] as const;
  });
  // Old enough for package managers that install no version of the last day.
  const time = Object.fromEntries(located.map(([version]) => [version, '2026-01-01T00:00:00Z']));
  return { name, 'dist-tags': tags, versions: Object.fromEntries(located), time };
}
