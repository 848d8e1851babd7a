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
  start(tool: string, args: readonly string[], env?: Record<string, string>): () => void;
  /** Runs a script of the project with Node. */
  node(file: string, args?: readonly string[]): Promise<string>;
  write(file: string, content: string): void;
}

/** The folders of `projects/` that make a project. */
const folders = {
  newest: ['shared/app', 'newest'],
  oldest: ['shared/app', 'oldest'],
  auth0: ['auth0'],
  bundlers: ['bundlers'],
  workers: ['workers'],
  native: ['native'],
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
  if (!isInstalled) await installIn(directory, packedTarballs());
  return projectIn(directory);
}

/** Installs what a project's package.json names, and `packages`, by plain npm. */
export async function installIn(
  directory: string,
  packages: readonly string[],
  env: Record<string, string> = {},
): Promise<void> {
  const args = ['install', '--no-audit', '--no-fund', '--prefer-offline', ...packages];
  await runIn(directory, 'npm', args, env);
}

/** An installed project. */
export function projectIn(directory: string): Project {
  const bin = (tool: string): string => join(directory, 'node_modules/.bin', tool);
  return {
    directory,
    run: (tool, args, env) => runIn(directory, bin(tool), args, env),
    start: (tool, args, env) => {
      const child = spawn(bin(tool), args, {
        cwd: directory,
        env: { ...cleanEnvironment(), ...env },
        stdio: 'ignore',
      });
      return () => void child.kill();
    },
    node: (file, args = []) => runIn(directory, process.execPath, [file, ...args]),
    write: (file, content) => writeFileSync(join(directory, file), content),
  };
}

/** Runs a command in a directory. @throws Error with all that it printed when it fails */
export function runIn(
  directory: string,
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<string> {
  const options = {
    cwd: directory,
    env: { ...cleanEnvironment(), ...env },
    maxBuffer: MAX_OUTPUT,
    timeout: RUN_LIMIT_MS,
  };
  return new Promise((resolve, reject) => {
    execFile(command, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout + stderr);
      else reject(new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`));
    });
  });
}

/** The tarballs of our packages, which `npm run test:foreign` has packed. */
export function packedTarballs(): readonly string[] {
  const directory = join(foreignDirectory(), 'packages');
  return readdirSync(directory).map((file) => join(directory, file));
}

/** Where `npm run test:foreign` has put the packed packages, and removes everything at its end. */
export function foreignDirectory(): string {
  const directory = process.env['FOREIGN_DIRECTORY'];
  if (directory === undefined) throw new Error('Run this by npm run test:foreign.');
  return directory;
}

/** Without variables of the workspace's tools, such as NODE_ENV=test. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_|VITEST|FORCE_COLOR|NODE_ENV|NODE_OPTIONS|TEST$|DEV$|PROD$|MODE$|BASE_URL$|SSR$)/.test(
        name,
      ),
  );
  return { ...Object.fromEntries(foreign), CI: '1', NO_COLOR: '1' };
}
