import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Built by others and put beside the pages. */
const ELSEWHERE = /^\/(?:demo|live)\//;

/**
 * Follows every link of the built pages to its file and heading.
 *
 * @param directory of the built site
 * @param base path of the site on its host, with both slashes
 * @throws Error with each link that leads nowhere
 */
export function checkLinks(directory: string, base: string): void {
  const pages = new Map(
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.html'))
      .map((file): [string, string] => [`/${file}`, readFileSync(join(directory, file), 'utf8')]),
  );
  const broken = [...pages].flatMap(([page, html]) =>
    findAll(html, /<a\b[^>]*?\shref="([^"]+)"/g)
      .filter((href) => !/^[a-z]+:/.test(href))
      .filter((href) => !leadsSomewhere(href, page))
      .map((href) => `${page} links to ${href}`),
  );
  if (broken.length > 0) throw new Error(`Links that lead nowhere:\n${broken.join('\n')}`);

  function leadsSomewhere(href: string, from: string): boolean {
    if (href.startsWith('/') && !href.startsWith(base)) return false;
    const [path = '', fragment] = href.replace(base, '/').split('#');
    const absolute = path.startsWith('/') ? path : join(dirname(from), path);
    if (ELSEWHERE.test(absolute)) return true;
    const target = path === '' ? from : absolute.replace(/\/$/, '/index.html');
    const html = pages.get(target);
    if (html === undefined) return existsSync(join(directory, target));
    return fragment === undefined || fragment === '' || hasId(html, decodeURIComponent(fragment));
  }
}

function hasId(html: string, id: string): boolean {
  return html.includes(` id="${id}"`);
}

function findAll(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap(([, found]) => found ?? []);
}
