import type { MockServer } from '../server.js';

/** What the command line prints once the server listens. */
export function banner(
  server: MockServer,
  options: { hasControlPlane: boolean; caPath: string | null; notes: readonly string[] },
): string {
  const users = server.control.users.list().map(({ id, email }) => `${id} <${email}>`);
  const clients = server.control.clients
    .list()
    .map(({ clientId, callbacks }) => `${clientId} → ${callbacks.join(', ') || 'no callbacks'}`);
  const rows: (readonly [label: string, values: readonly string[]])[] = [
    ['Issuer', [`${server.issuer}   (with the slash: clients compare it to the letter)`]],
    ['Dashboard', options.hasControlPlane ? [`${server.issuer}mock/`] : []],
    ['Users', users],
    ['Clients', clients],
    [
      'CA',
      options.caPath === null
        ? []
        : [options.caPath, `NODE_EXTRA_CA_CERTS=${options.caPath} makes Node trust it`],
    ],
    ['Notes', options.notes],
  ];
  const lines = rows.flatMap(([label, values]) =>
    values.map((value, index) => `  ${(index === 0 ? label : '').padEnd(10)} ${value}`),
  );
  return ['', '  A mock of Sesamy is running. Ctrl-C stops it.', '', ...lines, ''].join('\n');
}
