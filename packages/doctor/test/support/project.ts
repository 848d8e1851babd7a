import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Makes an app's directory with these packages in `node_modules`, by path and version; returns its path. */
export function createProject(packages: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'doctor-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  for (const [path, version] of Object.entries(packages)) {
    const target = join(directory, 'node_modules', path);
    mkdirSync(target, { recursive: true });
    const name = path.split('node_modules/').at(-1);
    const isBinding = name === '@sesamy-kit/react';
    const peerDependencies = { react: '^18.2.0 || ^19.0.0', '@tanstack/react-query': '^5.90.0' };
    const manifest = { name, version, ...(isBinding && { peerDependencies }) };
    writeFileSync(join(target, 'package.json'), JSON.stringify(manifest));
  }
  return directory;
}

/** What a healthy app has installed. */
export const INSTALLED: Readonly<Record<string, string>> = {
  '@sesamy-kit/react': '0.1.0',
  '@sesamy-kit/session': '0.1.0',
  '@tanstack/react-query': '5.108.0',
  react: '19.3.1',
};
