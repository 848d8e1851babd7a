import satisfies from 'semver/functions/satisfies.js';
import { finding, type Finding } from '../finding.js';

/** A check of a version. */
export type VersionId = 'react-version' | 'query-version';

/** The packages that `@sesamy-kit/react` needs, with the ranges of this version of the kit. */
export const PEERS: readonly {
  readonly id: VersionId;
  readonly name: string;
  readonly range: string;
}[] = [
  { id: 'react-version', name: 'react', range: '^18.2.0 || ^19.0.0' },
  { id: 'query-version', name: '@tanstack/react-query', range: '^5.90.0' },
];

/** Checks a version against a range; `null` is a package that is not installed. */
export function judgeVersion(id: VersionId, version: string | null, range: string): Finding {
  const name = PEERS.find((peer) => peer.id === id)?.name ?? id;
  const isGood = version !== null && satisfies(version, range, { includePrerelease: true });
  const seen = `${name} ${version ?? 'is not installed'}; the kit needs ${range}.`;
  return finding(id, isGood ? 'ok' : 'error', seen);
}
