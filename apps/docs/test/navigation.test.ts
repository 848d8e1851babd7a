import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { docsDirectory, groups } from '../.vitepress/navigation.js';

test('every page of the documentation is in its navigation', () => {
  const files = readdirSync(docsDirectory, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(?!node_modules|dist|\.|api\/|index\.md).*\.md$/.test(file))
    .map((file) => file.replace('.md', ''));
  const listed = groups.flatMap(({ pages }) => pages.map(([, page]) => page));
  expect(files.filter((file) => !listed.includes(file))).toEqual([]);
});

test('the changelog has that of every published package', () => {
  const packages = join(docsDirectory, '../../packages');
  const changelogs = readdirSync(packages)
    .filter((name) => existsSync(join(packages, name, 'CHANGELOG.md')))
    .map((name) => `<!--@include: ../../packages/${name}/CHANGELOG.md-->`);
  const page = readFileSync(join(docsDirectory, 'changelog.md'), 'utf8');
  expect(changelogs.length).toBeGreaterThan(5);
  expect(changelogs.filter((include) => !page.includes(include))).toEqual([]);
});

test('no page is in the navigation twice', () => {
  const listed = groups.flatMap(({ pages }) => pages.map(([, page]) => page));
  expect(listed.filter((page, index) => listed.indexOf(page) !== index)).toEqual([]);
});
