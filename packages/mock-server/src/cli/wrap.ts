const INDENT = '  ';

/** Breaks words into lines of at most `columns` characters; further lines are indented. */
export function wrap(words: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(word);
    else if (last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(INDENT + word.trimStart());
  }
  return lines;
}
