import type { MarkdownRenderer } from 'vitepress';

/** Markdown has no table without headers: an empty one becomes a cell, which screen readers do not announce as a header. */
export function emptyHeadersAsCells(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('empty-headers', ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'th_open' || tokens[index + 1]?.content !== '') continue;
      for (const each of [token, tokens[index + 2]]) Object.assign(each ?? {}, { tag: 'td' });
    }
  });
}
