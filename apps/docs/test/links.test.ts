import { expect, test } from 'vitest';
import { siteLinks } from '../.vitepress/links.js';

const toSite = siteLinks();
const testing = { relativePath: 'testing.md' };
const react = {
  relativePath: 'packages/react.md',
  frontmatter: { source: 'packages/react/README.md' },
};

test.each([
  ['a page beside it', testing, 'native-apps.md#expo', './native-apps.md#expo'],
  ['a README', testing, '../../packages/react/README.md#recipes', '/packages/react.html#recipes'],
  ['the folder of a README', testing, '../../packages/session', '/packages/session.html'],
  ['a page, from a README', react, '../../apps/docs/testing.md', '../testing.md'],
  ['another README, from a README', react, '../session#options', '/packages/session.html#options'],
  ['an address', react, 'https://example.com/', 'https://example.com/'],
  ['a heading', react, '#recipes', '#recipes'],
])('a link to %s leads to its page on the site', (_what, page, address, target) => {
  expect(toSite(address, page)).toBe(target);
});

test('a link to a file that does not exist fails the build and names both', () => {
  expect(() => toSite('../../packages/gone', testing)).toThrow(
    'apps/docs/testing.md links to ../../packages/gone, which does not exist.',
  );
});
