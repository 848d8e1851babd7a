import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkLinks } from '../.vitepress/check-links.js';

/** Checks a site of one page beside `other.html`, which has the heading `here`. */
function check(html: string): void {
  const directory = mkdtempSync(join(tmpdir(), 'links-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  writeFileSync(join(directory, 'index.html'), html);
  writeFileSync(join(directory, 'other.html'), '<h2 id="here">Here</h2>');
  checkLinks(directory, '/base/');
}

test.each([
  '<a href="/base/other.html#here">',
  '<a class="link" href="other.html">',
  '<a href="#top"><p id="top">',
  '<a href="https://example.com/">',
  '<a href="/base/demo/">',
])('the check of the built pages accepts %s', (html) => {
  check(html);
});

test.each(['/demo/', '/base/gone.html', '/base/other.html#gone', '#gone', './gone.png'])(
  'the check of the built pages refuses a link to %s and names it',
  (href) => {
    expect(() => check(`<a href="${href}">`)).toThrow(`/index.html links to ${href}`);
  },
);
