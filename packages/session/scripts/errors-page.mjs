// Puts the page on errors into the package as HTML, before it is packed: the messages of errors link to it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import MarkdownIt from 'markdown-it';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const [target = fileURLToPath(new URL('../docs/errors.html', import.meta.url))] =
  process.argv.slice(2);

const markdown = new MarkdownIt({ html: true });
markdown.core.ruler.push('headings-and-links', ({ tokens }) => {
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open')
      token.attrSet('id', slugOf(tokens[index + 1]?.content ?? ''));
    for (const child of token.children ?? []) {
      const address = child.attrGet('href');
      if (address !== null) child.attrSet('href', addressOf(address));
    }
  }
});

const text = readFileSync(join(root, 'apps/docs/errors.md'), 'utf8').replaceAll(
  /<!--[^]*?-->/g,
  '',
);
mkdirSync(dirname(target), { recursive: true });
writeFileSync(
  target,
  `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Errors of sesamy-kit</title>
<style>
:root { color-scheme: light dark }
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 48rem; margin: 0 auto; padding: 1rem }
pre, table { display: block; overflow-x: auto }
td, th { padding: 0.25rem 1rem 0.25rem 0; text-align: left; vertical-align: top }
:target, tr:has(:target) { background: Mark; color: MarkText }
</style>
<main>
${markdown.render(text)}</main>
</html>
`,
);

/**
 * @param {string} address in a page of the documentation
 * @returns {string} where the registry shows the same
 */
function addressOf(address) {
  if (/^(?:https:|#)/.test(address)) return address;
  const [, name, section] = /^packages\/([\w-]+)\.md(#.*)?$/.exec(address) ?? [];
  if (name === undefined)
    throw new Error(`apps/docs/errors.md links to ${address}, which is not published.`);
  return `https://www.npmjs.com/package/@sesamy-kit/${name}${section ?? ''}`;
}

/**
 * @param {string} heading
 * @returns {string} as the documentation's site and code hosts have it
 */
function slugOf(heading) {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}
