// Flows (authorize with a session, then token with PKCE: two RS256 signatures) per CPU-second of the server, beside the
// least server that signs: `tsc -b packages/mock-server && npm run bench:flows -w packages/mock-server`.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';

const REPEATS = 3;
const ROUNDS = 11;
const FLOWS = Number(process.argv[2] ?? 600);
const WARM_UP = 4000;
const CALLERS = 16;
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const REDIRECT_URI = 'http://127.0.0.1:9/callback';
const AUTHORIZE = new URLSearchParams({
  client_id: 'bench',
  redirect_uri: REDIRECT_URI,
  response_type: 'code',
  scope: 'openid profile email',
  state: 'state',
  nonce: 'nonce',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
}).toString();

const agent = new Agent({ keepAlive: true, maxSockets: CALLERS });
const servers = [await startServer('mock'), await startServer('least')];
for (const server of servers) await load(server, WARM_UP);

for (let repeat = 1; repeat <= REPEATS; repeat += 1) {
  const rates = servers.map(() => []);
  // Taken in turns, so that what else the machine does falls on both.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, server] of servers.entries()) rates[index].push(await measure(server));
  }
  const [mock, least] = rates.map(median);
  process.stdout.write(
    `${repeat}: mock ${mock.toFixed(0)}, least ${least.toFixed(0)} flows per CPU-second; ` +
      `${(mock / least).toFixed(2)} of the least\n`,
  );
}
for (const { child } of servers) child.kill();
agent.destroy();

async function startServer(name) {
  const path = (file) => fileURLToPath(new URL(`./flows/${file}.mjs`, import.meta.url));
  const child = fork(path('child'), [path(name)]);
  const [{ issuer, cookie }] = await once(child, 'message');
  return { child, issuer, cookie };
}

async function measure(server) {
  const before = await cpuMs(server);
  await load(server, FLOWS);
  return FLOWS / (((await cpuMs(server)) - before) / 1000);
}

async function cpuMs({ child }) {
  child.send('cpu');
  const [message] = await once(child, 'message');
  return message.cpuMs;
}

async function load(server, flows) {
  let left = flows;
  const caller = async () => {
    while (left-- > 0) await flow(server);
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
}

async function flow({ issuer, cookie }) {
  const { headers } = await send(`${issuer}authorize?${AUTHORIZE}`, { headers: { cookie } });
  const code = new URL(headers.location).searchParams.get('code');
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: 'bench',
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: VERIFIER,
  }).toString();
  const answer = await send(
    `${issuer}oauth/token`,
    { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    body,
  );
  if (!answer.body.includes('id_token')) throw new Error(`No tokens: ${answer.body}`);
}

function send(url, options, body) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ headers: response.headers, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
