// Measures this package beside jose and auth0 in one run: `tsc -b packages/server && node packages/server/bench/bench.mjs`.
import { ManagementClient } from '@sesamy-kit/server/management';
import { createAccessTokenVerifier } from '@sesamy-kit/server/verify';
import { ManagementClient as Auth0Client } from 'auth0';
import {
  createRemoteJWKSet,
  customFetch,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
} from 'jose';

const issuer = 'https://token.sesamy.com/';
const audience = 'https://api.sesamy.com';
const credentials = {
  domain: 'token.sesamy.com',
  clientId: 'bench',
  clientSecret: 'hush',
  audience,
};

report('verification', await verification());
report('cached calls', await cachedCalls());
report('1,000 concurrent cold calls', await coldCalls());
report('storm: 1,000 concurrent calls on a limit of 200 per second', await storm());

async function verification() {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keys = {
    keys: [{ ...(await exportJWK(publicKey)), kid: 'key', alg: 'RS256', use: 'sig' }],
  };
  const fetch = async () => Response.json(keys);
  const token = await new SignJWT({
    scope: 'openid profile email',
    vendor_id: 'bench',
    tenant_id: 'bench',
    sid: 'session',
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'key' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject('email|ada')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey);
  const keySet = createRemoteJWKSet(new URL('.well-known/jwks.json', issuer), {
    [customFetch]: fetch,
  });
  const checks = { issuer, audience, algorithms: ['RS256'] };
  const verifier = createAccessTokenVerifier({ issuer, audience, publisherId: 'bench', fetch });
  const { rates, ratio } = await compare(50, 300, [
    () => jwtVerify(token, keySet, checks),
    () => verifier.verify(token, { scopes: ['email'] }),
  ]);
  return { 'jose per second': rates[0], 'ours per second': rates[1], ratio };
}

async function cachedCalls() {
  const fetch = sesamy().fetch;
  const mine = new ManagementClient({ ...credentials, fetch });
  const auth0 = new Auth0Client({ ...credentials, fetch });
  const { rates, ratio } = await compare(50, 300, [
    async () => (await auth0.fetch('https://api.sesamy.com/management/v1/publishers')).json(),
    () => mine.get('/publishers'),
  ]);
  return { 'auth0 per second': rates[0], 'ours per second': rates[1], ratio };
}

async function coldCalls() {
  const count = async (makeCall) => {
    const server = sesamy();
    const call = makeCall(server.fetch);
    await Promise.all(Array.from({ length: 1000 }, call));
    return server.counts.token;
  };
  return {
    'auth0 token requests': await count((fetch) => auth0Call(fetch)),
    'ours token requests': await count((fetch) => ourCall(fetch)),
  };
}

async function storm() {
  const count = async (makeCall) => {
    const server = sesamy({ perSecond: 200 });
    const call = makeCall(server.fetch);
    const startedAt = performance.now();
    const results = await Promise.allSettled(Array.from({ length: 1000 }, call));
    const succeeded = results.filter(({ status }) => status === 'fulfilled').length;
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    return `${server.counts.api} requests, ${succeeded} of 1000 calls succeeded, ${seconds} s`;
  };
  return {
    auth0: await count((fetch) => auth0Call(fetch)),
    ours: await count((fetch) => ourCall(fetch)),
  };
}

function ourCall(fetch) {
  const client = new ManagementClient({ ...credentials, fetch });
  return () => client.get('/publishers');
}

function auth0Call(fetch) {
  const client = new Auth0Client({ ...credentials, fetch });
  return async () => {
    const response = await client.fetch('https://api.sesamy.com/management/v1/publishers');
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  };
}

/** Responds immediately; with `perSecond` limits the calls per second, as Sesamy does per minute. */
function sesamy({ perSecond = Infinity } = {}) {
  const counts = { token: 0, api: 0 };
  let window = 0;
  let used = 0;
  const fetch = async (url) => {
    if (new URL(url.url ?? url).pathname === '/oauth/token') {
      counts.token += 1;
      return Response.json({ access_token: 'token', token_type: 'Bearer', expires_in: 86_400 });
    }
    counts.api += 1;
    const now = Math.floor(Date.now() / 1000);
    if (now !== window) [window, used] = [now, 0];
    used += 1;
    if (used <= perSecond) return Response.json([]);
    const body = { error: { code: 'rate_limit_exceeded', message: 'Slow down.', retry_after: 1 } };
    return Response.json(body, { status: 429, headers: { 'retry-after': '1' } });
  };
  return { fetch, counts };
}

/**
 * Calls per second of two contenders who take turns, each round in the other order, and the median of the rounds'
 * ratios, which a busy machine disturbs least.
 */
async function compare(calls, rounds, contenders) {
  const rates = [[], []];
  for (let round = 0; round <= rounds; round += 1) {
    const turns = round % 2 === 0 ? [0, 1] : [1, 0];
    for (const index of turns) {
      const startedAt = performance.now();
      for (let call = 0; call < calls; call += 1) await contenders[index]();
      const rate = (calls / (performance.now() - startedAt)) * 1000;
      // The first round warms up.
      if (round > 0) rates[index].push(rate);
    }
  }
  const ratios = rates[0].map((first, round) => rates[1][round] / first);
  return { rates: rates.map((each) => Math.round(median(each))), ratio: median(ratios).toFixed(3) };
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function report(what, numbers) {
  const lines = Object.entries(numbers).map(([name, value]) => `  ${name}: ${value}\n`);
  process.stdout.write(`${what}\n${lines.join('')}`);
}
