import { beforeAll, describe, expect, test } from 'vitest';
import { allBlocks, compilerArgs, papers, type CodeBlock } from './code-blocks.js';
import { INSTALL_LIMIT_MS, openProject, RUN_LIMIT_MS, type Project } from './project.js';

/** The test of another project compiles its blocks. */
const blocks = allBlocks.filter(({ project }) => project === 'newest');

let project: Project;
/** The compiler's output for each block. */
let problems: Map<CodeBlock, string>;

beforeAll(async () => {
  project = await openProject('newest');
}, INSTALL_LIMIT_MS);

beforeAll(async () => {
  const files = blocks.map((block, index) => {
    const file = `block-${index}.${block.language}`;
    project.write(file, `${block.given}\n${block.code}`);
    return file;
  });
  // What a block declares of a package, such as the type of its users, must not reach other blocks.
  const isAlone = (_file: string, index: number): boolean =>
    blocks[index]?.code.includes('declare module') === true;
  const together = files.filter((file, index) => !isAlone(file, index));
  const runs = [together, ...files.filter(isAlone).map((file) => [file])];
  const printed = await Promise.all(
    runs.map((run) => project.run('tsc', [...compilerArgs, ...run]).catch(String)),
  );
  const lines = printed.join('\n').split('\n');
  problems = new Map(
    blocks.map((block, index) => [
      block,
      lines.filter((line) => line.startsWith(`block-${index}.`)).join('\n'),
    ]),
  );
}, RUN_LIMIT_MS);

test('every README and all of apps/docs are read', () => {
  expect(papers.length).toBeGreaterThan(15);
  expect(blocks.length).toBeGreaterThan(20);
});

describe('against the packed types compiles', () => {
  test.each(blocks)('$name compiles against the packed types', (block) => {
    expect(problems.get(block)).toBe('');
  });
});

test('a block with a wrong option would not compile', async () => {
  project.write(
    'wrong.ts',
    "import { createSesamySession } from '@sesamy-kit/session'; createSesamySession({ client: 'a' });",
  );
  await expect(project.run('tsc', [...compilerArgs, 'wrong.ts'])).rejects.toThrow('wrong.ts(1,');
});
