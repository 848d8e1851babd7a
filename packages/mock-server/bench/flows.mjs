// Flows (authorize with a session, then token with PKCE: two RS256 signatures) per CPU-second of the server, beside the
// least server that signs: `tsc -b packages/mock-server && node packages/mock-server/bench/flows.mjs [module…]`. A module
// exports `start()` as the files in `flows/` do, so that other servers can be measured in the same run.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPEATS = 3;
const ROUNDS = 11;
const FLOWS = 400;
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
const modules = [own('least'), own('mock'), ...process.argv.slice(2).map((path) => resolve(path))];
const servers = [];
for (const path of modules) {
  const server = await startServer(path);
  servers.push(server);
  await load(server, WARM_UP);
}

for (let repeat = 1; repeat <= REPEATS; repeat += 1) {
  const rates = servers.map(() => []);
  // Taken in turns, so that what else the machine does falls on both.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, server] of servers.entries()) rates[index].push(await measure(server));
  }
  const medians = rates.map(median);
  const texts = medians.map(
    (rate, index) =>
      `${basename(modules[index], '.mjs')} ${rate.toFixed(0)} (${(rate / medians[0]).toFixed(2)})`,
  );
  process.stdout.write(`${repeat}: flows per CPU-second: ${texts.join(', ')}\n`);
}
for (const { child } of servers) child.kill();
agent.destroy();

function own(name) {
  return fileURLToPath(new URL(`./flows/${name}.mjs`, import.meta.url));
}

async function startServer(path) {
  const child = fork(own('child'), [path]);
  const [{ issuer, cookie, tokenPath = 'oauth/token' }] = await once(child, 'message');
  return { child, cookie, authorizeUrl: `${issuer}authorize`, tokenUrl: issuer + tokenPath };
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

async function flow({ cookie, authorizeUrl, tokenUrl }) {
  const { headers } = await send(`${authorizeUrl}?${AUTHORIZE}`, { headers: { cookie } });
  const code = new URL(headers.location).searchParams.get('code');
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: 'bench',
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: VERIFIER,
  }).toString();
  const tokenResponse = await send(
    tokenUrl,
    { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    body,
  );
  if (!tokenResponse.body.includes('id_token')) throw new Error(`No tokens: ${tokenResponse.body}`);
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
