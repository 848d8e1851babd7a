import { transformSync } from '@babel/core';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './processes.mjs';

const source = join(root, 'packages/react/src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.tsx?$/.test(file),
);

/** The names of the functions that the compiler compiles. @throws for a function that it cannot compile */
function compile(file: string, code: string): readonly string[] {
  const compiled: string[] = [];
  const logger = {
    logEvent(_file: string, event: { kind: string; fnName?: string; reason?: string }) {
      if (event.kind === 'CompileSuccess') compiled.push(event.fnName ?? '');
      if (event.kind === 'CompileSkip') throw new Error(`${event.fnName} is skipped.`);
    },
  };
  transformSync(code, {
    filename: file,
    configFile: false,
    babelrc: false,
    parserOpts: { plugins: ['typescript', 'jsx'] },
    plugins: [
      [
        'babel-plugin-react-compiler',
        { target: '19', panicThreshold: 'all_errors', noEmit: false, logger },
      ],
    ],
  });
  return compiled;
}

/** Components and hooks by their names, overloads once. */
function componentsAndHooks(code: string): readonly string[] {
  const names = [...code.matchAll(/\bfunction ((?:use)?[A-Z]\w*)/g)].map(([, name = '']) => name);
  return [...new Set(names)];
}

const modules = files
  .map((file) => ({ file, code: readFileSync(join(source, file), 'utf8') }))
  .map(({ file, code }) => ({ file, code, names: componentsAndHooks(code) }))
  .filter(({ names }) => names.length > 0);

test('there are components and hooks to compile', () => {
  expect(modules.flatMap(({ names }) => names)).toEqual(
    expect.arrayContaining(['SesamyProvider', 'LoginButton', 'useSession', 'useProfile']),
  );
});

test.each(modules)(
  'React Compiler compiles all components and hooks of $file',
  ({ file, code, names }) => {
    expect(compile(file, code)).toEqual(expect.arrayContaining([...names]));
  },
);

test('a component that writes to its props would be reported', () => {
  const bad = 'export function Bad(props) { props.seen = true; return <p />; }';
  expect(() => compile('bad.tsx', bad)).toThrow('props');
});
