import { beforeAll, describe, expect, test } from 'vitest';
import { INSTALL_LIMIT_MS, openProject, RUN_LIMIT_MS, type Project } from './project.js';

const RESOLUTIONS = [
  ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler']],
  ['nodenext', ['--module', 'nodenext', '--moduleResolution', 'nodenext']],
] as const;

const STRICT = [
  '--noEmit',
  '--strict',
  '--exactOptionalPropertyTypes',
  '--noUncheckedIndexedAccess',
];
const LANGUAGE = ['--target', 'es2022', '--lib', 'es2022,dom,dom.iterable', '--jsx', 'react-jsx'];

describe.each([
  ['7', 'newest'],
  ['5.4', 'oldest'],
] as const)('TypeScript %s', (version, name) => {
  let project: Project;
  beforeAll(async () => {
    project = await openProject(name);
  }, INSTALL_LIMIT_MS);

  test.each(RESOLUTIONS)(
    'TypeScript %s accepts every entry point with moduleResolution %s, with skipLibCheck off',
    async (_name, resolution) => {
      expect(await project.run('tsc', ['--version'])).toContain(`Version ${version}.`);
      const files = ['entries.ts', 'main.tsx', 'vite-env.d.ts'];
      const args = [
        ...STRICT,
        ...LANGUAGE,
        ...resolution,
        '--skipLibCheck',
        'false',
        '--pretty',
        'false',
        ...files,
      ];
      expect(problems(await project.run('tsc', args).catch(String))).toEqual([]);
    },
    RUN_LIMIT_MS,
  );
});

/** Of the compiler's errors those that are not another library's: hono's declarations need TypeScript 5.7. */
function problems(printed: string): readonly string[] {
  const errors = printed.split('\n').filter((line) => line.includes('error TS'));
  return errors.filter((line) => !/^node_modules\/(?!@sesamy-kit\/)/.test(line));
}
