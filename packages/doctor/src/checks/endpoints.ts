import { finding, type Finding } from '../finding.js';
import { printableUrl } from '../http.js';
import type { Setup } from '../setup.js';
import type { Metadata } from './issuer.js';

/** Where the checks send their requests. */
export interface Endpoints {
  readonly authorization: string;
  readonly token: string;
}

/** The paths that the kit uses below the issuer, by their names in the metadata. */
const ESSENTIAL = { authorization_endpoint: 'authorize', token_endpoint: 'oauth/token' };
const OPTIONAL = {
  revocation_endpoint: 'oauth/revoke',
  userinfo_endpoint: 'userinfo',
  jwks_uri: '.well-known/jwks.json',
};

/** Returns the endpoints that the metadata name, or else those of the kit. */
export function readEndpoints({ issuer }: Setup, metadata: Metadata | null): Endpoints {
  const read = (name: keyof typeof ESSENTIAL): string => {
    const value = metadata?.[name];
    const isUrl = typeof value === 'string' && /^https?:/.test(value) && URL.canParse(value);
    return isUrl ? value : issuer + ESSENTIAL[name];
  };
  return { authorization: read('authorization_endpoint'), token: read('token_endpoint') };
}

/**
 * Compares the endpoints of the metadata with the kit's, which follow from the issuer. `statuses` are those of the
 * essential endpoints.
 */
export function checkEndpoints(
  setup: Setup,
  metadata: Metadata | null,
  statuses: Readonly<Record<keyof Endpoints, number | null>>,
): Finding {
  const essential = differences(setup, metadata, ESSENTIAL);
  const { authorization, token } = readEndpoints(setup, metadata);
  const missing = [
    ...(isMissing(statuses.authorization) ? [[authorization, statuses.authorization]] : []),
    // A page of another site, since the refresh of the check cannot succeed.
    ...(isMissing(statuses.token) || statuses.token === 200 ? [[token, statuses.token]] : []),
  ].map(([url, status]) => `${printableUrl(url)}: status ${status}.`);
  const broken = [...essential, ...missing];
  if (broken.length > 0) return finding('endpoints', 'error', broken.join(' '));
  const optional = differences(setup, metadata, OPTIONAL);
  if (optional.length > 0) return finding('endpoints', 'warning', optional.join(' '));
  return finding('endpoints', 'ok', `${printableUrl(authorization)} and ${printableUrl(token)}.`);
}

function isMissing(status: number | null): boolean {
  return status === 404 || status === 405;
}

function differences(
  { issuer }: Setup,
  metadata: Metadata | null,
  paths: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.entries(paths).flatMap(([name, path]) => {
    const value = metadata?.[name];
    if (metadata === null || value === issuer + path) return [];
    const named = value === undefined ? 'missing' : printableUrl(value);
    return [`The server's \`${name}\` is ${named}; the kit uses ${issuer}${path}.`];
  });
}
