import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

/** An npm registry that has our packed packages only. */
export interface Registry {
  /** For npm: our scope from this registry, everything else from where it comes from otherwise. */
  readonly environment: Record<string, string>;
  readonly close: () => Promise<void>;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
}

/**
 * Serves a directory of tarballs as an npm registry on localhost.
 *
 * @see https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md
 */
export async function startRegistry(directory: string): Promise<Registry> {
  // npm caches by URL: another run may listen on this port with other packages.
  const path = `/${randomUUID()}/`;
  const tarballs = new Map(readdirSync(directory).map((file) => [`${path}${file}`, file]));
  let origin = '';
  const packuments = new Map(
    [...tarballs].map(([pathname, file]) => {
      const manifest = manifestOf(join(directory, file));
      const { name, version } = manifest;
      const integrity = integrityOf(join(directory, file));
      return [
        path + name,
        () => ({
          name,
          'dist-tags': { latest: version },
          versions: { [version]: { ...manifest, dist: { tarball: origin + pathname, integrity } } },
        }),
      ];
    }),
  );
  const server = createServer((request, response) => {
    const pathname = decodeURIComponent(request.url ?? '/');
    const packument = packuments.get(pathname);
    const file = tarballs.get(pathname);
    if (packument) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(packument()));
    } else if (file) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      response.end(readFileSync(join(directory, file)));
    } else {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It does not listen.');
  origin = `http://localhost:${address.port}`;
  return {
    environment: { 'npm_config_@sesamy-kit:registry': origin + path },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function manifestOf(tarball: string): Manifest {
  const text = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], {
    encoding: 'utf8',
  });
  return JSON.parse(text);
}

function integrityOf(tarball: string): string {
  return `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
}
