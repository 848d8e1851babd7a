import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from 'prettier';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runCli } from '../src/cli.js';
import { sources } from '../src/index.js';

const PAGE =
  "import { useAuth0 } from '@auth0/auth0-react';\nexport const Page = () => {\n  const { user } = useAuth0();\n  return user;\n};\n";

let app: string;
let printed: string[];

beforeEach(() => {
  app = mkdtempSync(join(tmpdir(), 'migrate-'));
  printed = [];
  for (const stream of ['log', 'error'] as const) {
    vi.spyOn(console, stream).mockImplementation((line: string) => void printed.push(line));
  }
});

afterEach(() => {
  rmSync(app, { recursive: true });
  process.exitCode = undefined;
});

const write = (file: string, code: string): void => {
  mkdirSync(join(app, file, '..'), { recursive: true });
  writeFileSync(join(app, file), code);
};
const linkPrettier = (): void => {
  mkdirSync(join(app, 'node_modules'));
  symlinkSync(
    join(import.meta.dirname, '../node_modules/prettier'),
    join(app, 'node_modules/prettier'),
  );
};
const read = (file: string): string => readFileSync(join(app, file), 'utf8');

describe('sesamy-migrate', () => {
  test('the command changes the files of the directory and sets no exit code when all is done', async () => {
    write('src/page.tsx', PAGE);
    write('node_modules/other/page.js', PAGE);
    await runCli(['auth0-react'], app);
    expect(read('src/page.tsx')).toContain('useSession');
    expect(read('node_modules/other/page.js')).toBe(PAGE);
    expect(process.exitCode).toBeUndefined();
    expect(printed.at(-1)).toBe('\n1 file changed, 0 places left to do by hand.');
  });

  test('the command lists what is left by file, line and column, with exit code 1', async () => {
    write('src/page.tsx', `${PAGE}export const useLogin = useAuth0;\n`);
    await runCli(['auth0-react', 'src'], app);
    expect(printed.join('\n')).toMatch(/^src\/page\.tsx:6:25: /m);
    expect(process.exitCode).toBe(1);
  });

  test('the command lists a file that cannot be parsed, and migrates the others', async () => {
    write('broken.ts', "import { useAuth0 } from '@auth0/auth0-react'; const = ;");
    write('page.tsx', PAGE);
    await runCli(['auth0-react'], app);
    expect(printed.join('\n')).toContain('broken.ts:1:1: Cannot be parsed');
    expect(read('page.tsx')).toContain('useSession');
    expect(process.exitCode).toBe(1);
  });

  test('with --dry the command changes nothing', async () => {
    write('page.tsx', PAGE);
    await runCli(['auth0-react', '--dry'], app);
    expect(read('page.tsx')).toBe(PAGE);
    expect(printed).toContain('would change page.tsx');
  });

  test('the command formats with the Prettier of the project', async () => {
    write('package.json', '{}');
    write('.prettierrc', '{ "singleQuote": false, "tabWidth": 4 }');
    linkPrettier();
    write('page.tsx', PAGE);
    await runCli(['auth0-react'], app);
    expect(read('page.tsx')).toContain('    const { user } = useSession();');
    expect(read('page.tsx')).toContain('from "@sesamy-kit/react";');
  });

  test.each(sources)(
    'the app with %s is formatted, what is left has its file and line, and a second run changes nothing',
    async (from) => {
      write('package.json', '{}');
      linkPrettier();
      cpSync(join(import.meta.dirname, 'fixtures', from, 'before'), join(app, 'src'), {
        recursive: true,
      });
      await runCli([from, 'src'], app);
      const changed = printed.flatMap((line) => /^changed (.*)$/.exec(line)?.[1] ?? []);
      expect(changed.length).toBeGreaterThan(2);
      for (const file of changed) expect(await check(read(file), { filepath: file })).toBe(true);
      const left = printed.filter((line) => /^src\/[\w-]+\.[jt]sx?:\d+:\d+: ./.test(line));
      expect(left.length).toBeGreaterThan(1);
      expect(printed.at(-1)).toContain(
        `${changed.length} files changed, ${left.length} places left`,
      );
      await runCli([from, 'src'], app);
      expect(printed.at(-1)).toContain('\n0 files changed');
    },
  );

  test.each([[[]], [['okta']], [['auth0-react', '--unknown']]])(
    'a mistake on the command line %j is exit code 2',
    async (args) => {
      await runCli(args, app);
      expect(process.exitCode).toBe(2);
    },
  );
});
