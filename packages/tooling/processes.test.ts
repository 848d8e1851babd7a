import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { run } from './processes.mjs';

const runsForever = `process.stdout.write(process.pid + '\\n'); setInterval(() => {}, 1000);`;
const modulePath = new URL('./processes.mjs', import.meta.url).href;
const script = `
  import { run } from '${modulePath}';
  await run(process.execPath, ['--eval', ${JSON.stringify(runsForever)}]);
  console.log('went on');
`;

/** Starts a process that runs a program; `programPid` is the pid of the program. */
async function start(command: string, args: readonly string[], env = {}) {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const programPid = Number((await lines.next()).value);
  onTestFinished(() => {
    for (const pid of [child.pid, programPid])
      if (pid && isAlive(pid)) process.kill(pid, 'SIGKILL');
  });
  return { child, lines, programPid };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function exitCodeOf(child: ChildProcess): Promise<number> {
  const [exitCode] = await once(child, 'exit');
  return exitCode;
}

const nodeArgs = ['--input-type=module', '--eval', script];
const nodeCommand = `'${process.execPath}' --input-type=module --eval "$SCRIPT"`;

describe('a program that a script runs', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('a program run by a script ends with the script on %s', async (signal, expected) => {
    const { child, lines, programPid } = await start(process.execPath, nodeArgs);
    child.kill(signal);
    expect(await exitCodeOf(child)).toBe(expected);
    expect(isAlive(programPid)).toBe(false);
    expect((await lines.next()).done).toBe(true);
  });

  test('a program run by a script ends when the shell of npm dies', async () => {
    const { child, programPid } = await start('sh', ['-c', `${nodeCommand}; true`], {
      SCRIPT: script,
    });
    child.kill('SIGKILL');
    await expect.poll(() => isAlive(programPid), { timeout: 60_000 }).toBe(false);
  });

  test.runIf(process.platform === 'linux')(
    'a program run by a script ends when npm dies and its shell does not',
    async () => {
      const shell = `sh -c '${nodeCommand.replaceAll("'", '')}; true'; true`;
      const env = { SCRIPT: script, npm_lifecycle_event: 'start' };
      const { child, programPid } = await start('sh', ['-c', shell], env);
      child.kill('SIGKILL');
      await expect.poll(() => isAlive(programPid), { timeout: 60_000 }).toBe(false);
    },
  );

  test.each([0, 3])('a program run by a script resolves to its exit code, %i', async (exitCode) => {
    expect(await run(process.execPath, ['--eval', `process.exit(${exitCode})`])).toBe(exitCode);
  });

  test('a program that does not exist rejects', async () => {
    await expect(run('no-such-program', [])).rejects.toThrow('ENOENT');
  });
});
