import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SiteData } from 'vitepress';
import { siteLinks } from './links.js';
import { docsDirectory, groups, listDecisions } from './navigation.js';

const INCLUDE = /^<!--@include: (.*)-->$/gm;

/**
 * Writes each page as Markdown beside its HTML, all of them as `llms-full.txt`, and their list as `llms.txt`.
 *
 * @see https://llmstxt.org
 */
export async function writeTexts(directory: string, site: SiteData): Promise<void> {
  const head = `# ${site.title}\n\n> ${site.description}\n`;
  const sections: string[] = [];
  const texts: string[] = [];
  for (const { text: title, pages } of groups) {
    const links: string[] = [];
    for (const [name, page] of pages) {
      const text = await readPage(page, site.base);
      const summary = firstSentence(text);
      links.push(`- [${name}](${site.base}${page}.md)${summary && `: ${summary}`}`);
      const target = join(directory, `${page}.md`);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
      texts.push(text);
    }
    sections.push(`## ${title}\n\n${links.join('\n')}\n`);
  }
  await writeFile(join(directory, 'llms.txt'), [head, ...sections].join('\n'));
  await writeFile(join(directory, 'llms-full.txt'), [head, ...texts].join('\n'));
}

/** Of the paragraph right below the title, without links; empty if there is none. */
function firstSentence(text: string): string {
  const [, paragraph = ''] = /^# .*\n\n([\w`@[].*)$/m.exec(text) ?? [];
  const [sentence = ''] = /^.*?\.(?= |$)/.exec(paragraph) ?? [];
  return sentence.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
}

const toSite = siteLinks();

/** The text of a page with what it includes, without comments, and with links to the other texts. */
async function readPage(page: string, base: string): Promise<string> {
  const file = join(docsDirectory, `${page}.md`);
  const raw = await readFile(file, 'utf8');
  const source = /^source: (.*)$/m.exec(raw)?.[1];
  const text = raw.replaceAll(INCLUDE, (_comment, path: string) =>
    readFileSync(join(dirname(file), path), 'utf8'),
  );
  const at = {
    relativePath: `${page}.md`,
    frontmatter: source === undefined ? {} : { source },
  };
  return listDecisions(text)
    .replace(/^---\n[^]*?\n---\n+/, '')
    .replaceAll(/<!--[^]*?-->\n*/g, '')
    .replaceAll(/^<LiveExample [^>]*>\n+/gm, '')
    .replaceAll(/\[([^\]]*)\]\(([^)\s]+)\)/g, (_link, name: string, address: string) => {
      const target = toSite(address, at);
      if (target === undefined) return name;
      const rooted = target.startsWith('/') ? base + target.slice(1) : target;
      return `[${name}](${rooted.replace(/^(?![a-z]+:)(.*)\.html/, '$1.md')})`;
    });
}
