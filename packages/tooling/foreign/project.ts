import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Only against a hang: an install from a cold cache on a busy machine takes minutes. */
export const INSTALL_LIMIT_MS = 900_000;
export const RUN_LIMIT_MS = 600_000;

const MAX_OUTPUT = 64 * 1024 * 1024;

/** A small project outside the workspace, with our packages as a user gets them. */
export interface Project {
  readonly directory: string;
  /** Runs an installed tool. @throws Error with all that it printed when it fails */
  run(tool: string, args: readonly string[], env?: Record<string, string>): Promise<string>;
  /** Starts an installed tool that keeps running; returns a function that ends it. */
  start(tool: string, args: readonly string[]): () => void;
  /** Runs a script of the project with Node. */
  node(file: string, args?: readonly string[]): Promise<string>;
  write(file: string, content: string): void;
}

/** The folders of `projects/` that make a project. */
const folders = {
  newest: ['shared/app', 'newest'],
  oldest: ['shared/app', 'oldest'],
  bundlers: ['bundlers'],
  next: ['next'],
  storybook: ['storybook'],
  workers: ['workers'],
} as const;

/**
 * Copies folders of `projects/` out of the workspace and installs them as one project, with our packed packages, by plain
 * npm. Test files share the installation.
 */
export async function openProject(name: keyof typeof folders): Promise<Project> {
  const directory = join(foreignDirectory(), name);
  const isInstalled = existsSync(directory);
  for (const folder of folders[name]) {
    cpSync(join(import.meta.dirname, 'projects', folder), directory, { recursive: true });
  }
  const run = (
    command: string,
    args: readonly string[],
    env: Record<string, string> = {},
  ): Promise<string> =>
    new Promise((resolve, reject) => {
      const options = {
        cwd: directory,
        env: { ...cleanEnvironment(), ...env },
        maxBuffer: MAX_OUTPUT,
        timeout: RUN_LIMIT_MS,
      };
      execFile(command, [...args], options, (error, stdout, stderr) => {
        if (error === null) resolve(stdout + stderr);
        else reject(new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`));
      });
    });
  if (!isInstalled) {
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs()]);
  }
  return {
    directory,
    run: (tool, args, env) => run(join(directory, 'node_modules/.bin', tool), args, env),
    start: (tool, args) => {
      const child = spawn(join(directory, 'node_modules/.bin', tool), args, {
        cwd: directory,
        env: cleanEnvironment(),
        stdio: 'ignore',
      });
      return () => void child.kill();
    },
    node: (file, args = []) => run(process.execPath, [file, ...args]),
    write: (file, content) => writeFileSync(join(directory, file), content),
  };
}

function tarballs(): readonly string[] {
  const directory = join(foreignDirectory(), 'packages');
  return readdirSync(directory).map((file) => join(directory, file));
}

/** Where `npm run test:foreign` has put the packed packages, and removes everything at its end. */
function foreignDirectory(): string {
  const directory = process.env['FOREIGN_DIRECTORY'];
  if (directory === undefined) throw new Error('Run this by npm run test:foreign.');
  return directory;
}

/** Without variables of the workspace's tools, such as NODE_ENV=test. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_|VITEST|FORCE_COLOR|NODE_ENV|NODE_OPTIONS|TEST$|DEV$|PROD$|MODE$|BASE_URL$|SSR$)/.test(
        name,
      ),
  );
  return { ...Object.fromEntries(foreign), CI: '1', NO_COLOR: '1' };
}
