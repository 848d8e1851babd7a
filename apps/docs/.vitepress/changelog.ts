import type { MarkdownRenderer } from 'vitepress';

const PAGE = 'changelog.md';

/** The changelog of each package is a section of one page: its headings are a level lower there, below the page's own. */
export function changelogsAsSections(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('changelog-sections', ({ tokens, env }) => {
    if (env.relativePath !== PAGE) return;
    const [, , ...ofPackages] = tokens.filter(({ type }) => type.startsWith('heading_'));
    for (const token of ofPackages) token.tag = `h${Number(token.tag.slice(1)) + 1}`;
  });
}
