import type { MockServer } from '../server.js';
import { wrap } from './wrap.js';

/** What the banner shows in addition to the server's users and clients. */
export interface BannerFacts {
  /** Null without a control plane. */
  readonly dashboardUrl: string | null;
  /** The token that other machines control the server with; null without one. */
  readonly controlToken: string | null;
  readonly caPath: string | null;
  readonly notes: readonly string[];
}

const COLUMNS = 100;
const LABEL_COLUMNS = 13;
/** A configuration of hundreds of users must not push the issuer off the screen. */
const MAX_ENTRIES = 10;

/** What the command prints once the server listens. No line is longer than 100 columns, but for a single long path. */
export function banner(server: MockServer, facts: BannerFacts): string {
  const { dashboardUrl, controlToken, caPath, notes } = facts;
  const users = server.control.users.list().map(({ id, email }) => [`${id} <${email}>`]);
  const clients = server.control.clients
    .list()
    .map(({ clientId, callbacks }) => [`${clientId} →`, ...listed(callbacks)]);
  const rows: (readonly [label: string, entries: readonly (readonly string[])[]])[] = [
    ['Issuer', [[server.issuer, '  (with the slash: clients compare it to the letter)']]],
    ['Dashboard', dashboardUrl === null ? [] : [[dashboardUrl]]],
    ['Token', controlToken === null ? [] : [[controlToken, '  (controls it from other machines)']]],
    ['Users', shortened(users)],
    ['Clients', shortened(clients)],
    [
      'CA',
      caPath === null
        ? []
        : [[caPath], ['(Node trusts it with NODE_EXTRA_CA_CERTS set to this path)']],
    ],
    ['Notes', notes.map((note) => note.split(' '))],
  ];
  const lines = rows.flatMap(([label, entries]) =>
    entries
      .flatMap((words) => wrap(words, COLUMNS - LABEL_COLUMNS))
      .map((line, index) => `  ${(index === 0 ? label : '').padEnd(LABEL_COLUMNS - 2)}${line}`),
  );
  return ['', '  A mock of Sesamy is running. Ctrl-C stops it.', '', ...lines, ''].join('\n');
}

function listed(callbacks: readonly string[]): readonly string[] {
  if (callbacks.length === 0) return ['no callbacks'];
  return callbacks.map((url, index) => (index < callbacks.length - 1 ? `${url},` : url));
}

function shortened(entries: readonly (readonly string[])[]): readonly (readonly string[])[] {
  if (entries.length === 0) return [['none']];
  const rest = entries.length - MAX_ENTRIES;
  return rest > 0 ? [...entries.slice(0, MAX_ENTRIES), [`… and ${rest} more`]] : entries;
}
