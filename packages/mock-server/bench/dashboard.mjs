// Measures the dashboard and the state file at many logins: `tsc -b packages/mock-server && node packages/mock-server/bench/dashboard.mjs [logins…]`.
import { createMockServer } from '@sesamy-kit/mock-server';

const sizes = process.argv.slice(2).map(Number);
const RUNS = 11;

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

/** A server with that many logins, each with a session, a family, two tokens and entries in the request log. */
async function serverAfter(logins) {
  const server = createMockServer({ hasControlPlane: true, seed: 1 });
  const snapshot = server.control.snapshot();
  const { now, state } = snapshot;
  for (let index = 0; index < logins; index += 1) {
    const session = { id: `ses_${index}`, userId: 'ada', createdAt: now, lastUsedAt: now };
    const [first, second] = [`rt_a${index}`, `rt_b${index}`];
    const token = { familyId: `fam_${index}`, issuedAt: now, spentAt: null, uses: [] };
    state.sessions.push([
      session.id,
      {
        ...session,
        authenticatedAt: now,
        clientIds: ['publisher-web'],
        endedAt: null,
        endedBecause: null,
      },
    ]);
    state.families.push([
      token.familyId,
      {
        id: token.familyId,
        clientId: 'publisher-web',
        userId: 'ada',
        sessionId: session.id,
        scope: 'openid profile email offline_access',
        audience: 'https://api.sesamy.com',
        organization: null,
        issuer: 'https://token.sesamy.com/',
        authenticatedAt: now,
        createdAt: now,
        lastUsedAt: now,
        revokedAt: null,
        revokedBecause: null,
      },
    ]);
    state.refreshTokens.push([first, { ...token, id: first, token: `${first}.x`, parentId: null }]);
    state.refreshTokens.push([
      second,
      { ...token, id: second, token: `${second}.x`, parentId: first },
    ]);
  }
  server.control.restore(snapshot);
  for (let count = 0; count < 200; count += 1) {
    await server.fetch(
      'http://localhost/authorize?client_id=publisher-web&response_type=code&scope=openid&state=x&nonce=y',
    );
  }
  return server;
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
