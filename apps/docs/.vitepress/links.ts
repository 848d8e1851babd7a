import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { docsDirectory, listDecisions } from './navigation.js';

const root = join(docsDirectory, '../..');

/** What VitePress and its front matter plugin know of the page being rendered. */
export interface Page {
  readonly relativePath: string;
  readonly frontmatter?: { readonly source?: string };
}

/**
 * Lets Markdown link as it must on a code host, by files: a link to a README goes to the page that includes it, and one to
 * any other file to the repository, or nowhere while that has no address.
 */
export function linkByFile(markdown: MarkdownRenderer, base: string): void {
  const toSite = siteLinks();
  markdown.core.ruler.before('normalize', 'list-decisions', (state) => {
    state.src = listDecisions(state.src);
  });
  markdown.core.ruler.push('link-by-file', ({ tokens, env }) => {
    const page: Page = env;
    for (const { children } of tokens) {
      let isOpen = true;
      for (const token of children ?? []) {
        const name = token.type === 'image' ? 'src' : 'href';
        const address = token.attrGet(name);
        if (address !== null) {
          const target = toSite(address, page);
          if (target !== undefined) token.attrSet(name, target);
          // VitePress leaves links to other sites on this host alone.
          if (target?.startsWith('/') && token.attrGet('target') === '_self') {
            token.attrSet(name, base + target.slice(1));
          }
          if (token.type === 'link_open') isOpen = target !== undefined;
        }
        if (!isOpen && token.type.startsWith('link_')) {
          isOpen = token.type === 'link_close';
          Object.assign(token, { type: 'text', content: '' });
        }
      }
    }
  });
}

/**
 * @returns where a link of a page leads on the site, or `undefined` for a file of the repository while that has no address
 * @throws Error when the page links to a file that does not exist
 */
export function siteLinks(): (address: string, page: Page) => string | undefined {
  const pages = pagesBySource();
  const repository = repositoryUrl();
  const hasStaticDemo = existsSync(join(root, 'apps/demo/static/build.mjs'));
  return (address, page) => {
    if (address === '/demo/' && !hasStaticDemo) return undefined;
    if (/^(?:[a-z]+:|#|\/)/.test(address)) return address;
    const [path = '', ...fragment] = address.split(/(?=#)/);
    const source = page.frontmatter?.source ?? `apps/docs/${page.relativePath}`;
    const target = join(dirname(source), path);
    const included = pages.get(target) ?? pages.get(join(target, 'README.md'));
    if (included !== undefined) return `/${included.replace('.md', '.html')}${fragment.join('')}`;
    if (target.startsWith('apps/docs/') && isFileOfSite(target)) {
      return relativeTo(page, target) + fragment.join('');
    }
    if (!existsSync(join(root, target))) {
      throw new Error(`${source} links to ${address}, which does not exist.`);
    }
    return repository && `${repository}/blob/main/${target}`;
  };
}

function isFileOfSite(target: string): boolean {
  return /\.(?:md|png|svg)$/.test(target) && existsSync(join(root, target));
}

function relativeTo(page: Page, target: string): string {
  const path = relative(dirname(page.relativePath), relative('apps/docs', target));
  return path.startsWith('.') ? path : `./${path}`;
}

/** The pages that only include a file from elsewhere, by that file. */
function pagesBySource(): ReadonlyMap<string, string> {
  const files = readdirSync(docsDirectory, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.md') && !file.includes('node_modules'),
  );
  return new Map(
    files.flatMap((file) => {
      const source = /^source: (.*)$/m.exec(readFileSync(join(docsDirectory, file), 'utf8'))?.[1];
      return source === undefined ? [] : [[source, file] as const];
    }),
  );
}

function repositoryUrl(): string | undefined {
  const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return repository?.url?.replace(/^git\+|\.git$/g, '');
}
