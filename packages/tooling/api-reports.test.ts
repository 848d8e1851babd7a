import { readdirSync, existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { apiReports, recordedReport } from './api-reports.mjs';
import { publishedPackages } from './packed-packages.mjs';
import { root } from './processes.mjs';

const packages = publishedPackages();
const reports = apiReports(packages);

test.each(reports)(
  'the API of $entry is the one in $path; "npm run api" records a change that is meant',
  ({ path, content }) => {
    expect(recordedReport(path)).toBe(content);
  },
);

test('no API report is left of an entry point that is gone', () => {
  const recorded = packages.flatMap(({ directory }) => {
    const folder = join(directory, 'api');
    return existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
  });
  const expected = reports.map(({ path }) => path);
  expect(recorded.map((path) => relative(root, path)).toSorted()).toEqual(expected.toSorted());
});
