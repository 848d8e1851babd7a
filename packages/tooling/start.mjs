import { parseArgs } from 'node:util';
import { install } from './install.mjs';
import { isPortTaken, parsePort } from './ports.mjs';
import { onInterrupt, root, run } from './processes.mjs';

const closeTimeoutMs = 3_000;

/**
 * `npm start`: installs, compiles what runs on Node, and runs the demo with its backend and the mock of Sesamy until
 * Ctrl-C. Flags: `--port`, `--mock-port` and `--backend-port`, or PORT, MOCK_PORT and BACKEND_PORT in the environment.
 *
 * @param {readonly string[]} args
 */
export async function main(args) {
  const { port, mockPort, backendPort } = readPorts(args, process.env);
  await requireFreePort(port, '--port', 'PORT');
  await requireFreePort(mockPort, '--mock-port', 'MOCK_PORT');
  await requireFreePort(backendPort, '--backend-port', 'BACKEND_PORT');
  await install();
  const servers = ['packages/mock-server', 'apps/backend'];
  const exitCode = await run(`${root}/node_modules/.bin/tsc`, ['-b', ...servers]);
  if (exitCode !== 0) throw new Error('The servers do not compile: see the errors above.');

  // The demo's module runs in this process, so that no other one is left behind.
  const { startDemo } = await import('../../apps/demo/start.mjs');
  const demo = await startDemo({ port, mockPort, backendPort });
  onInterrupt(() => {
    setTimeout(() => process.exit(0), closeTimeoutMs);
    void demo.close().finally(() => process.exit(0));
  });
  console.log(banner(demo));
}

/** @param {Awaited<ReturnType<typeof import('../../apps/demo/start.mjs').startDemo>>} demo */
function banner({ url, urls, mockUrl, backendUrl }) {
  return `
  Demo            ${url}
  Mock of Sesamy  ${mockUrl}
  Backend         ${backendUrl}

  Open the demo and click "Log in". Ctrl-C stops all three.

  The same demo with each of the three session modes:
  refresh-token   ${urls['refresh-token']}
  sso-cookie      ${urls['sso-cookie']}
  token-handler   ${urls['token-handler']}

  And where the kit chooses one of them:
  auto            ${urls.auto}
`;
}

/**
 * @param {readonly string[]} args
 * @param {Record<string, string | undefined>} env
 */
function readPorts(args, env) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: env['PORT'] ?? '5173' },
      'mock-port': { type: 'string', default: env['MOCK_PORT'] ?? '4400' },
      'backend-port': { type: 'string', default: env['BACKEND_PORT'] ?? '4500' },
    },
  });
  return {
    port: parsePort(values.port, 'The port of the demo (--port or PORT)'),
    mockPort: parsePort(values['mock-port'], 'The port of the mock (--mock-port or MOCK_PORT)'),
    backendPort: parsePort(
      values['backend-port'],
      'The port of the backend (--backend-port or BACKEND_PORT)',
    ),
  };
}

/**
 * @param {number} port
 * @param {string} flag
 * @param {string} variable
 */
async function requireFreePort(port, flag, variable) {
  if (port === 0 || !(await isPortTaken(port))) return;
  throw new Error(
    `Port ${port} is in use. Stop the program that listens there, or choose another port: ` +
      `npm start -- ${flag}=${port + 10} (or ${variable}=${port + 10} npm start).`,
  );
}
