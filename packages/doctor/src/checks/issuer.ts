import { finding, type Finding } from '../finding.js';
import { isReply, send, type Environment } from '../http.js';
import type { Setup } from '../setup.js';

/** The server's metadata, as far as it is an object. @see OpenID Connect Discovery 1.0 section 3 */
export type Metadata = Readonly<Record<string, unknown>>;

/** What the server says of itself. */
export interface IssuerCheck {
  readonly findings: readonly Finding[];
  readonly isReachable: boolean;
  readonly metadata: Metadata | null;
}

/** Checks that the issuer responds, and that its metadata name it to the letter. */
export async function checkIssuer(setup: Setup, environment: Environment): Promise<IssuerCheck> {
  const url = `${setup.issuer}.well-known/openid-configuration`;
  const reply = await send(environment, url);
  if (!isReply(reply) || reply.status >= 500) {
    const what = isReply(reply) ? `status ${reply.status}` : reply.failure;
    const seen = `${url}: ${what}.`;
    return {
      findings: [finding('issuer-reachable', 'error', seen)],
      isReachable: false,
      metadata: null,
    };
  }
  const metadata = reply.status === 200 ? parseObject(reply.text) : null;
  const reachable = finding('issuer-reachable', 'ok', `${url}: status ${reply.status}.`);
  return {
    findings: [reachable, compareIdentifier(setup, metadata, reply.status)],
    isReachable: true,
    metadata,
  };
}

function compareIdentifier(setup: Setup, metadata: Metadata | null, status: number): Finding {
  const issuer = metadata?.['issuer'];
  if (typeof issuer !== 'string') {
    const seen = `${setup.issuer} has no discovery document with an \`issuer\` (status ${status}).`;
    return finding('issuer-identifier', 'warning', seen);
  }
  if (issuer === setup.issuer) {
    return finding('issuer-identifier', 'ok', `The server calls itself ${issuer}.`);
  }
  const seen = `The server calls itself ${issuer}; the app is configured for ${setup.issuer}.`;
  return finding('issuer-identifier', 'error', seen);
}

function parseObject(text: string): Metadata | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Metadata {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
