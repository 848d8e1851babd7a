import { checkEndpoints, readEndpoints } from '../checks/endpoints.js';
import { checkIssuer, type IssuerCheck } from '../checks/issuer.js';
import { judgeClient, NO_TOKEN, refreshRequest } from '../checks/token.js';
import { finding, type Finding } from '../finding.js';
import { describeReply, isReply, send, type Environment } from '../http.js';
import type { Setup } from '../setup.js';

/** Checks the server as far as a page can read its responses. */
export async function checkServer(
  setup: Setup,
  environment: Environment,
): Promise<readonly Finding[]> {
  const { findings, isReachable, metadata } = await readIssuer(setup, environment);
  if (!isReachable) return findings;
  const command = `npx @sesamy-kit/doctor --client-id ${setup.clientId} --issuer ${setup.issuer} --origin ${setup.origin} --mode ${setup.mode}`;
  const isHandled = setup.mode === 'token-handler';
  const others = isHandled
    ? []
    : await Promise.all([
        checkToken(setup, environment, readEndpoints(setup, metadata).token),
        checkApi(setup, environment),
      ]);
  return [
    // A page reads no `Date` of another origin; its own is compared.
    ...findings.filter(({ id }) => id !== 'clock'),
    checkEndpoints(setup, metadata, { authorization: null, token: null }),
    finding('redirect-uri', 'info', `Not checked here: \`${command}\`.`),
    ...others.flat(),
  ];
}

/** A server whose metadata no page may read is reachable nonetheless. */
async function readIssuer(setup: Setup, environment: Environment): Promise<IssuerCheck> {
  const check = await checkIssuer(setup, environment);
  if (check.hasReplied || !(await responds(environment, setup.issuer))) return check;
  return {
    findings: [
      finding('issuer-reachable', 'ok', `${setup.issuer} responds.`),
      finding(
        'issuer-identifier',
        'warning',
        `This page cannot read a discovery document of ${setup.issuer}.`,
      ),
    ],
    isReachable: true,
    hasReplied: false,
    metadata: null,
  };
}

async function checkToken(
  setup: Setup,
  environment: Environment,
  endpoint: string,
): Promise<readonly Finding[]> {
  const reply = await send(environment, endpoint, refreshRequest(setup, NO_TOKEN));
  if (!isReply(reply)) {
    const seen = `This page cannot read a response of ${endpoint} (${reply.failure}).`;
    return [finding('token-cors', 'error', seen)];
  }
  return [
    finding('token-cors', 'ok', `This page reads the responses of ${endpoint}.`),
    ...judgeClient(setup, reply, null).filter(({ id }) => id === 'public-client'),
  ];
}

/** Sends a call that the API refuses. A page can read the refusal only after a preflight. */
async function checkApi({ apiUrl }: Setup, environment: Environment): Promise<readonly Finding[]> {
  const url = `${apiUrl}/client/v1/profile`;
  const reply = await send(environment, url, { headers: { authorization: `Bearer ${NO_TOKEN}` } });
  const seen = `${url} with a token that is none: ${describeReply(reply)}.`;
  return [finding('api-cors', isReply(reply) ? 'ok' : 'warning', seen)];
}

/** Whether there is any response, which need not be readable. */
async function responds({ fetch, timeoutMs }: Environment, url: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    await fetch(url, { mode: 'no-cors', credentials: 'omit', signal });
    return true;
  } catch {
    return false;
  }
}
