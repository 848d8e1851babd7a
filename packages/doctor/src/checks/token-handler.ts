import { finding, type Finding } from '../finding.js';
import {
  describeReply,
  isReply,
  parseObject,
  redirectOf,
  send,
  type Environment,
  type NoReply,
  type Reply,
} from '../http.js';
import type { Setup } from '../setup.js';

/** Checks that the token handler responds behind the app's origin, and that its logins come back there. */
export async function checkTokenHandler(
  setup: Setup,
  environment: Environment,
): Promise<readonly Finding[]> {
  return Promise.all([readHandler(setup, environment), checkLogin(setup, environment)]);
}

/** Checks that the handler's `userinfo` responds. */
export async function readHandler(
  { origin, authPath }: Setup,
  environment: Environment,
): Promise<Finding> {
  const url = `${origin}${authPath}/userinfo`;
  return judgeUserinfo(
    await send(environment, url, { headers: { accept: 'application/json' } }),
    url,
  );
}

/** Checks a response of the handler's `userinfo`. */
function judgeUserinfo(reply: Reply | NoReply, url: string): Finding {
  const seen = `${url}: ${describeReply(reply)}`;
  const isHandler = isReply(reply) && (reply.status === 401 || hasAnswer(reply));
  if (!isHandler) return finding('token-handler', 'error', `${seen}.`);
  return /no-store|private/i.test(reply.headers.get('cache-control') ?? '')
    ? finding('token-handler', 'ok', `${seen}.`)
    : finding('token-handler', 'warning', `${seen}, without \`no-store\` in Cache-Control.`);
}

function hasAnswer({ status, text }: Reply): boolean {
  return status === 200 && typeof parseObject(text)?.['authenticated'] === 'boolean';
}

async function checkLogin(setup: Setup, environment: Environment): Promise<Finding> {
  const { origin, authPath, vendorId } = setup;
  const path = `${origin}${authPath}/${encodeURIComponent(vendorId)}/login`;
  const url = `${path}?${new URLSearchParams({ returnTo: `${origin}/` })}`;
  const reply = await send(environment, url);
  const target = isReply(reply) ? redirectOf(reply, url) : null;
  const callback = target?.searchParams.get('redirect_uri') ?? '';
  if (target === null || !URL.canParse(callback)) {
    const seen = `${path} does not redirect to a login (${describeReply(reply)}).`;
    return finding('token-handler-login', 'error', seen);
  }
  const back = new URL(callback).origin;
  const seen = `${path} redirects to ${target.host}, and the login comes back to ${back}.`;
  return finding('token-handler-login', back === origin ? 'ok' : 'error', seen);
}
