import { finding, type Finding } from '../finding.js';
import {
  describeReply,
  isReply,
  parseObject,
  printableUrl,
  send,
  type Environment,
} from '../http.js';
import type { Setup } from '../setup.js';

/** The server's metadata. @see OpenID Connect Discovery 1.0 section 3 */
export type Metadata = Readonly<Record<string, unknown>>;

/** What the server says of itself. */
export interface IssuerCheck {
  readonly findings: readonly Finding[];
  readonly isReachable: boolean;
  /** Whether there was any response that could be read. */
  readonly hasReplied: boolean;
  readonly metadata: Metadata | null;
}

/** The kit accepts this difference between the clocks, see its check of `iat`. */
const MAX_SKEW_SECONDS = 300;

/** More than this is not caused by the network. */
const NOTABLE_SKEW_SECONDS = 60;

/** Checks that the issuer responds, that its metadata name it to the letter, and what time it has. */
export async function checkIssuer(setup: Setup, environment: Environment): Promise<IssuerCheck> {
  const url = `${setup.issuer}.well-known/openid-configuration`;
  const sentAt = environment.now();
  const reply = await send(environment, url);
  const seen = `${url}: ${describeReply(reply)}.`;
  if (!isReply(reply) || reply.status >= 500) {
    const findings = [finding('issuer-reachable', 'error', seen)];
    return { findings, isReachable: false, hasReplied: isReply(reply), metadata: null };
  }
  const metadata = reply.status === 200 ? parseObject(reply.text) : null;
  const time = (sentAt + environment.now()) / 2;
  return {
    findings: [
      finding('issuer-reachable', 'ok', seen),
      compareIdentifier(setup, metadata, describeReply(reply)),
      ...compareClocks(readServerTime(reply.headers), time),
    ],
    isReachable: true,
    hasReplied: true,
    metadata,
  };
}

function compareIdentifier(setup: Setup, metadata: Metadata | null, response: string): Finding {
  const issuer = metadata?.['issuer'];
  if (typeof issuer !== 'string') {
    const seen = `${setup.issuer} has no discovery document with an \`issuer\` (${response}).`;
    return finding('issuer-identifier', 'warning', seen);
  }
  if (issuer === setup.issuer) {
    return finding('issuer-identifier', 'ok', `The server calls itself ${issuer}.`);
  }
  const seen = `The server calls itself ${printableUrl(issuer)}; the kit expects ${setup.issuer}.`;
  return finding('issuer-identifier', 'error', seen);
}

/**
 * Returns the server's time by the header `Date`, in epoch milliseconds; `null` without one. `Age` says for how long a
 * cache has had the response.
 * @see RFC 9110 section 6.6.1, RFC 9111 section 5.1
 */
export function readServerTime(headers: Headers): number | null {
  // The headers have whole seconds, rounded down.
  const sentAt = Date.parse(headers.get('date') ?? '') + 500;
  const serverTime = sentAt + Number(headers.get('age') ?? 0) * 1000;
  return Number.isNaN(serverTime) ? null : serverTime;
}

/** Compares a server's time with the clock of this device. */
export function compareClocks(serverTime: number | null, now: number): readonly Finding[] {
  if (serverTime === null) return [];
  const aheadSeconds = Math.round((now - serverTime) / 1000);
  const difference = Math.abs(aheadSeconds);
  const direction = aheadSeconds < 0 ? 'behind' : 'ahead of';
  const seen = `The clock of this device is ${difference} s ${direction} the server's.`;
  if (difference > MAX_SKEW_SECONDS) return [finding('clock', 'error', seen)];
  return [finding('clock', difference > NOTABLE_SKEW_SECONDS ? 'warning' : 'ok', seen)];
}
