import { execFileSync, spawn } from 'node:child_process';

/** Debian's Python with its `python3-authlib`, which another one in the PATH does not see. */
export const pythonWithAuthlib: string | undefined = pythonWith('authlib.jose');

/** The same with `python3-requests`. */
export const pythonWithRequests: string | undefined = pythonWith(
  'authlib.integrations.requests_client',
);

/** Why a test that needs it is skipped. */
export const withoutAuthlib = 'needs python3-authlib (Debian: apt-get install python3-authlib)';

/**
 * Runs Python code in `directory`; resolves with what it printed.
 *
 * @throws Error with all that it printed when it fails.
 */
export function runPython(
  code: string,
  {
    directory,
    input = '',
    env = {},
  }: { directory: string; input?: string; env?: Record<string, string> },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(pythonWithRequests ?? pythonWithAuthlib ?? 'python3', ['-B', '-c', code], {
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

function pythonWith(module: string): string | undefined {
  return ['/usr/bin/python3', 'python3'].find((python) => {
    try {
      execFileSync(python, ['-c', `import ${module}`], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}
