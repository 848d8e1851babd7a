import { faults } from './support/faults.js';
import { testInBrokenBrowsers } from './support/platform-matrix.js';

// One name of an error for each kind of failure, but every one for a missing or broken IndexedDB.
// `platform-matrix.browser.test.ts` has all names in all places.
const firstOfEachKind = faults.filter(
  ([name]) => !name.endsWith('Error') || name.endsWith('SecurityError'),
);
const withDatabases = faults.filter(
  (fault) => firstOfEachKind.includes(fault) || fault[0].startsWith('indexedDB'),
);

testInBrokenBrowsers({
  'refresh-token': withDatabases,
  'sso-cookie': firstOfEachKind,
  'token-handler': firstOfEachKind,
});
