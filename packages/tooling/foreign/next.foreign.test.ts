import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { INSTALL_LIMIT_MS, openProject, RUN_LIMIT_MS, type Project } from './project.js';

let project: Project;
beforeAll(async () => {
  project = await openProject('next');
}, INSTALL_LIMIT_MS);

test(
  'Next.js builds a server layout with SesamyProvider, and a server component uses what is no component',
  async () => {
    await project.run('next', ['build'], { NEXT_TELEMETRY_DISABLED: '1' });
    const page = join(project.directory, '.next/server/app/index.html');
    expect(readFileSync(page, 'utf8')).toMatch(/An error of ours: (?:<!-- -->)?false/);
  },
  RUN_LIMIT_MS,
);
