import type { Level } from '../catalog.js';
import type { Finding } from '../finding.js';

/** In the order of a report. */
const LEVELS: readonly Level[] = ['error', 'warning', 'info', 'ok'];

const LABELS: Readonly<Record<Level, string>> = {
  error: 'error',
  warning: 'warn ',
  info: 'info ',
  ok: 'ok   ',
};

const PLURALS: Readonly<Record<Level, string>> = {
  error: 'errors',
  warning: 'warnings',
  info: 'info',
  ok: 'ok',
};

/** @see ECMA-48 section 8.3.117 (SGR) */
const COLORS: Readonly<Record<Level, number>> = { error: 31, warning: 33, info: 36, ok: 32 };

const INDENT = ' '.repeat(7);

/** Returns a report for a terminal: the worst first, one line for what is in order, and a line that counts. */
export function formatFindings(findings: readonly Finding[], hasColors: boolean): string {
  const paint = (level: Level, text: string): string =>
    hasColors ? `\u001B[${COLORS[level]}m${text}\u001B[0m` : text;
  const sorted = LEVELS.flatMap((level) => findings.filter((found) => found.level === level));
  const paragraphs = sorted.map((found) => {
    const head = `${paint(found.level, LABELS[found.level])}  ${found.id}: ${found.seen}`;
    return found.cure === null ? head : [head, ...explanation(found)].join('\n');
  });
  const counts = LEVELS.map((level) => {
    const count = findings.filter((found) => found.level === level).length;
    return `${count} ${count === 1 ? level : PLURALS[level]}`;
  });
  return [...paragraphs, counts.join(', ')].join('\n');
}

function explanation({ means, cure, link }: Finding): readonly string[] {
  return [means, `→ ${cure ?? ''}`, link].map((line) => INDENT + line);
}
