import { describe, expect, test } from 'vitest';
import { quantile, summarize } from './statistics.mjs';
import { markdownTable } from './table.mjs';
import { initialFiles } from './weigh.mjs';

describe('the median of a benchmark', () => {
  test('the median of an odd number of values is the middle one, in any order', () => {
    expect(quantile([30, 10, 20], 0.5)).toBe(20);
  });

  test('the median of an even number of values is halfway between the middle two', () => {
    expect(quantile([40, 10, 20, 30], 0.5)).toBe(25);
  });

  test('the median of no values throws', () => {
    expect(() => quantile([], 0.5)).toThrow('There are no values.');
  });

  test('the median is printed with rounded quartiles', () => {
    expect(summarize([10, 20.4, 30, 40, 50])).toBe('30 (20–40)');
  });
});

test('the result of a benchmark is a table in Markdown', () => {
  expect(markdownTable(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
});

test('the first load is the entry with all its static imports and nothing loaded on demand', () => {
  const manifest = {
    'index.html': {
      file: 'assets/index.js',
      isEntry: true,
      imports: ['_one.js'],
      dynamicImports: ['later.js'],
    },
    '_one.js': { file: 'assets/one.js', imports: ['_two.js'] },
    '_two.js': { file: 'assets/two.js', imports: ['_one.js'] },
    'later.js': { file: 'assets/later.js', imports: ['_one.js'] },
  };
  expect(initialFiles(manifest)).toEqual(['assets/index.js', 'assets/one.js', 'assets/two.js']);
});
