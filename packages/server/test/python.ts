import { execFileSync, spawn } from 'node:child_process';

/** Debian's Python with its `python3-authlib`, which another one in the PATH does not see. */
export const pythonWithAuthlib: string | undefined = ['/usr/bin/python3', 'python3'].find(
  (python) => {
    try {
      execFileSync(python, ['-c', 'import authlib.jose'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  },
);

/** Why a test that needs it is skipped. */
export const withoutAuthlib = 'needs python3-authlib (Debian: apt-get install python3-authlib)';

/** Runs Python code in `directory` and resolves with what it printed. @throws Error with all that it printed when it fails */
export function runPython(
  code: string,
  {
    directory,
    input = '',
    env = {},
  }: { directory: string; input?: string; env?: Record<string, string> },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(pythonWithAuthlib ?? 'python3', ['-B', '-c', code], {
      cwd: directory,
      env: { ...process.env, ...env },
    });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(printed);
      else reject(new Error(printed));
    });
    child.stdin.end(input);
  });
}
