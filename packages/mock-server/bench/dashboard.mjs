// Measures the dashboard and the state file at many logins: `tsc -b packages/mock-server && node packages/mock-server/bench/dashboard.mjs [logins…]`.
import { createMockServer } from '@sesamy-kit/mock-server';

const sizes = process.argv.slice(2).map(Number);
const RUNS = 11;
const redirectUri = 'http://localhost:5173/';
const authorizationUrl = `http://localhost/authorize?${new URLSearchParams({
  client_id: 'publisher-web',
  redirect_uri: redirectUri,
  response_type: 'code',
  scope: 'openid profile email offline_access',
  state: 'state',
  nonce: 'nonce',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
})}`;

for (const logins of sizes.length > 0 ? sizes : [500, 1000, 2000, 4000, 20_000]) {
  const server = await serverAfter(logins);
  const page = await cpuMedian(async () => (await server.fetch('http://localhost/mock/')).text());
  const { total, longest } = writeState(server.control);
  process.stdout.write(
    `${String(logins).padStart(6)} logins: dashboard ${page.toFixed(1)} ms CPU; ` +
      `state ${total.toFixed(0)} ms in pieces of at most ${longest.toFixed(1)} ms\n`,
  );
  await server.close();
}

/** A server with that many logins: a real one, copied, each with a session, a family and two tokens; and a full page of requests. */
async function serverAfter(logins) {
  const server = createMockServer({ hasControlPlane: true, seed: 1 });
  await logIn(server);
  const snapshot = server.control.snapshot();
  const text = JSON.stringify(snapshot.state);
  const ids = [...new Set(text.match(/(?:ses|fam|rt)_[\w-]+/g))];
  const { sessions, families, refreshTokens } = snapshot.state;
  const login = JSON.stringify({ sessions, families, refreshTokens });
  for (let index = 1; index < logins; index += 1) {
    const copy = JSON.parse(ids.reduce((each, id) => each.replaceAll(id, `${id}${index}`), login));
    sessions.push(...copy.sessions);
    families.push(...copy.families);
    refreshTokens.push(...copy.refreshTokens);
  }
  server.control.restore(snapshot);
  for (let count = 0; count < 200; count += 1) await server.fetch(authorizationUrl);
  return server;
}

/** Logs in and refreshes once. */
async function logIn(server) {
  const callback = new URL(await server.control.signIn({ authorizationUrl, user: 'ada' }));
  const token = async (fields) => {
    const body = new URLSearchParams({ client_id: 'publisher-web', ...fields });
    return (await server.fetch('http://localhost/oauth/token', { method: 'POST', body })).json();
  };
  const { refresh_token } = await token({
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code'),
    redirect_uri: redirectUri,
    code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  });
  await token({ grant_type: 'refresh_token', refresh_token });
}

async function cpuMedian(work) {
  const times = [];
  for (let count = 0; count < RUNS; count += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return median(times);
}

/** Medians, since other programs of the machine cut in. */
function writeState(control) {
  const runs = Array.from({ length: RUNS }, () => {
    const startedAt = performance.now();
    let longest = 0;
    let pieceAt = startedAt;
    for (const _ of control.snapshotText()) {
      const now = performance.now();
      longest = Math.max(longest, now - pieceAt);
      pieceAt = now;
    }
    return { total: performance.now() - startedAt, longest };
  });
  return {
    total: median(runs.map(({ total }) => total)),
    longest: median(runs.map(({ longest }) => longest)),
  };
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
