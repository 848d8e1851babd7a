import { isAllowed, parsePolicies, type Policies } from '../csp.js';
import { finding, type Finding } from '../finding.js';
import { describeReply, isHtml, isReply, printableUrl, send, type Environment } from '../http.js';
import type { Setup } from '../setup.js';
import { readServerTime } from './issuer.js';

/** What the app's page says. */
export interface PageCheck {
  readonly findings: readonly Finding[];
  /** Empty if the page could not be read. */
  readonly policies: Policies;
  /** In epoch milliseconds; `null` if it is not known. */
  readonly serverTime: number | null;
}

/** Fetches a page of the app, and checks its policies. */
export async function checkPage(
  setup: Setup,
  environment: Environment,
  url: string,
): Promise<PageCheck> {
  const reply = await send(environment, url, { headers: { accept: 'text/html' } });
  const seen = `${printableUrl(url)}: ${describeReply(reply)}.`;
  if (!isReply(reply) || reply.status !== 200 || !isHtml(reply)) {
    return { findings: [finding('page', 'warning', seen)], policies: [], serverTime: null };
  }
  const { headers, text } = reply;
  const policies = parsePolicies(headers.get('content-security-policy'), metaPolicies(text));
  return {
    findings: [
      finding('page', 'ok', seen),
      ...judgePolicies(setup, policies),
      judgeOpenerPolicy(headers.get('cross-origin-opener-policy')),
    ],
    policies,
    serverTime: readServerTime(headers),
  };
}

/** Checks that the page's policies allow what the kit does in this mode. */
function judgePolicies(setup: Setup, policies: Policies): readonly Finding[] {
  const { mode, issuer, apiUrl, origin } = setup;
  const isHandled = mode === 'token-handler';
  const targets = isHandled ? [`${origin}/`] : [`${issuer}oauth/token`, `${apiUrl}/`];
  const blocked = targets
    .map((target) => new URL(target))
    .filter((target) => !isAllowed(policies, 'connect-src', target, origin))
    .map((target) => target.origin);
  const connect =
    blocked.length > 0
      ? finding('csp-connect', 'error', `The page's policy forbids requests to ${list(blocked)}.`)
      : finding('csp-connect', 'ok', allowance(policies, "the kit's requests"));
  if (mode !== 'sso-cookie') return [connect];
  const isFramed = isAllowed(policies, 'frame-src', new URL(`${issuer}authorize`), origin);
  return [
    connect,
    isFramed
      ? finding('csp-frame', 'ok', allowance(policies, `a frame of ${issuer}`))
      : finding('csp-frame', 'error', `The page's policy forbids a frame of ${issuer}.`),
  ];
}

function allowance(policies: Policies, what: string): string {
  return policies.length === 0
    ? 'The page has no Content-Security-Policy.'
    : `The page's policy allows ${what}.`;
}

/** Checks that a login window stays connected to the page. */
function judgeOpenerPolicy(header: string | null): Finding {
  const policy = /^[\w-]+/.exec(header ?? '')?.[0] ?? 'unsafe-none';
  const isCut = policy === 'same-origin' || policy === 'noopener-allow-popups';
  return finding(
    'opener-policy',
    isCut ? 'warning' : 'ok',
    `Cross-Origin-Opener-Policy: ${policy}.`,
  );
}

function list(origins: readonly string[]): string {
  return [...new Set(origins)].join(' and ');
}

/** Returns the policies of the page's `<meta>` elements. */
function metaPolicies(html: string): readonly string[] {
  const parsed = html.replaceAll(/<!--[^]*?-->/g, '');
  const tags = parsed.match(/<meta\b(?:[^>"']|"[^"]*"|'[^']*')*>/gi) ?? [];
  return tags
    .filter((tag) => /http-equiv\s*=\s*["']?content-security-policy["'\s]/i.test(tag))
    .map((tag) => /\scontent\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag))
    .map((match) => (match?.[1] ?? match?.[2] ?? '').replaceAll(/&#(?:39|x27);|&apos;/gi, "'"));
}
