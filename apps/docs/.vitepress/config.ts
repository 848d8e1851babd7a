import { defineConfig } from 'vitepress';
import { changelogsAsSections } from './changelog.js';
import { checkLinks } from './check-links.js';
import { linkByFile } from './links.js';
import { writeTexts } from './llms.js';
import { groups } from './navigation.js';
import { emptyHeadersAsCells } from './tables.js';

const base = process.env['DOCS_BASE'] ?? '/';

export default defineConfig({
  base,
  title: 'sesamy-kit',
  description: 'Login with Sesamy for React single-page apps, and a local mock of Sesamy.',
  lang: 'en',
  outDir: 'dist',
  cacheDir: 'node_modules/.cache/vitepress',
  lastUpdated: false,
  vite: { publicDir: 'images' },
  markdown: {
    anchor: { slugify: slugOf },
    config: (markdown) => {
      linkByFile(markdown, base);
      emptyHeadersAsCells(markdown);
      changelogsAsSections(markdown);
    },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  async buildEnd({ outDir, site }) {
    await writeTexts(outDir, site);
    checkLinks(outDir, site.base);
  },
  themeConfig: {
    nav: [
      { text: 'Get started', link: '/get-started' },
      { text: 'Errors', link: '/errors' },
      { text: 'Packages', link: '/packages/react' },
      { text: 'API', link: '/api/' },
    ],
    outline: [2, 3],
    search: { provider: 'local' },
    sidebar: groups
      .filter(({ listedOn }) => listedOn === undefined)
      .map(({ text, pages }) => ({
        text,
        items: pages.map(([name, page]) => ({ text: name, link: `/${page}` })),
      })),
  },
});

/** As code hosts do it, so that one link to a heading works in both. */
function slugOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}
