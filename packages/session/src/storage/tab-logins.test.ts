import { beforeEach, expect, test } from 'vitest';
import { clearTab, updateTab } from './tab-entry.js';
import { readTabLogins } from './tab-logins.js';

beforeEach(() => sessionStorage.clear());

test('a stored login survives the reload', () => {
  const reloadedFor = { loginHint: 'ada@example.com', maxAgeSeconds: 60, isAutomatic: true };
  updateTab('a', { reloadedAt: 1, reloadedFor });
  expect(readTabLogins('a')).toMatchObject({ reloadedAt: 1, reloadedFor });
});

test.each([null, 7, 'login', [], { loginHint: {} }, { prompt: null }])(
  'an invalid stored login is ignored: %j',
  (reloadedFor) => {
    sessionStorage.setItem('a/tab', JSON.stringify({ reloadedFor }));
    expect(readTabLogins('a').reloadedFor).toBeUndefined();
  },
);

test("a logout removes the tab's logins, and no other session's", () => {
  updateTab('a', { pendingId: 'one' });
  updateTab('b', { pendingId: 'two' });
  sessionStorage.setItem('a/logins', '{}');
  clearTab('a');
  expect(Object.keys(sessionStorage)).toEqual(['b/tab']);
});
