import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../processes.mjs';

/** A TypeScript or JavaScript block of a paper, with the HTML comments right before it. */
export interface CodeBlock {
  /** Such as `packages/react/README.md:12`. */
  readonly name: string;
  readonly language: 'ts' | 'tsx' | 'js';
  readonly code: string;
  /** `<!-- given: … -->`: what the block assumes, such as the session of an earlier block. */
  readonly given: string;
  /** `<!-- file: NAME -->`: the block is a whole file. */
  readonly file: string | undefined;
  /** `<!-- program: NAME -->`: a test runs it. */
  readonly program: string | undefined;
  /** `<!-- project: NAME -->`: the project that has what the block imports. Default `newest`. */
  readonly project: string;
}

/** What `tsc` compiles a block with. */
export const compilerArgs: readonly string[] = [
  '--noEmit --strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --skipLibCheck --allowJs',
  '--target es2022 --lib es2022,dom,dom.iterable --jsx react-jsx --types node,vite/client',
  '--module esnext --moduleResolution bundler --moduleDetection force --pretty false',
].flatMap((line) => line.split(' '));

/** Every README, and all of apps/docs. */
export const papers: readonly string[] = [
  'README.md',
  ...['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group))
      .map((name) => `${group}/${name}/README.md`)
      .filter((path) => existsSync(join(root, path))),
  ),
  ...pagesIn('apps/docs'),
];

/** The Markdown files of a folder, without what tools leave there. */
function pagesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      return /^(?:node_modules|dist|api|\..*)$/.test(entry.name) ? [] : pagesIn(path);
    }
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const BLOCK = /((?:<!--[^]*?-->\s*)*)^```(ts|tsx|js)\n([^]*?)^```$/gm;

/** The blocks of a paper in their order. */
export function codeBlocks(paper: string): readonly CodeBlock[] {
  const text = readFileSync(join(root, paper), 'utf8');
  return [...text.matchAll(BLOCK)].map((match) => {
    const [block, comments = '', language = '', code = ''] = match;
    const start = match.index + block.length - code.length;
    return {
      name: `${paper}:${text.slice(0, start).split('\n').length}`,
      language: language === 'js' || language === 'ts' ? language : 'tsx',
      code,
      given: noted(comments, 'given') ?? '',
      file: noted(comments, 'file'),
      program: noted(comments, 'program'),
      project: noted(comments, 'project') ?? 'newest',
    };
  });
}

function noted(comments: string, label: string): string | undefined {
  return new RegExp(`<!-- ${label}:([^]*?)-->`).exec(comments)?.[1]?.trim();
}

/** All blocks of all papers. */
export const allBlocks: readonly CodeBlock[] = papers.flatMap(codeBlocks);

/** The file or program of that name. @throws Error when no paper has it */
export function namedBlock(name: string): CodeBlock {
  const block = allBlocks.find(({ file, program }) => file === name || program === name);
  if (block === undefined) throw new Error(`No paper has a file or program called ${name}.`);
  return block;
}
