import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What `npm publish` sends, as far as it is stored. */
interface Packument {
  readonly name: string;
  readonly 'dist-tags': Record<string, string>;
  readonly versions: Record<string, { dist: { tarball: string } }>;
  readonly time?: Record<string, string>;
  readonly _attachments?: Record<string, { data: string }>;
}

/** An npm registry in memory that takes what `npm publish` sends and serves it to any package manager. */
export interface PublishingRegistry {
  /** With a slash at the end. */
  readonly url: string;
  readonly published: readonly string[];
  close(): void;
}

export async function startPublishingRegistry(): Promise<PublishingRegistry> {
  const packuments = new Map<string, Packument>();
  const tarballs = new Map<string, Buffer>();
  const store = (packument: Packument): void => {
    const { _attachments: attachments = {} } = packument;
    for (const [file, { data }] of Object.entries(attachments)) {
      tarballs.set(file, Buffer.from(data, 'base64'));
    }
    packuments.set(packument.name, packument);
  };
  const server = createServer((request, response) => {
    void respond(request).then(([status, body]) => {
      response.writeHead(status).end(body);
    });
  });
  const respond = async (request: IncomingMessage): Promise<[number, string | Buffer]> => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    if (request.method === 'PUT') {
      // npm is the only client.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      store(JSON.parse(await text(request)) as Packument);
      return [201, '{}'];
    }
    const tarball = tarballs.get(path.replace('tarballs/', ''));
    if (tarball !== undefined) return [200, tarball];
    const packument = packuments.get(path.replace(/\/latest$/, ''));
    if (packument === undefined) return [404, '{}'];
    const document = served(packument, url);
    const latest = document.versions[document['dist-tags']['latest'] ?? ''];
    return [200, JSON.stringify(path.endsWith('/latest') ? latest : document)];
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server has an address of this form.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    get published() {
      return [...packuments.keys()];
    },
    close: () => void server.close(),
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
