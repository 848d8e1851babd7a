import fc from 'fast-check';
import { expect, test } from 'vitest';
import { banner, type BannerFacts } from '../src/cli/banner.js';
import { createMockServer } from '../src/index.js';

const facts: BannerFacts = {
  dashboardUrl: 'http://localhost:4400/mock/',
  controlToken: null,
  caPath: null,
  notes: [],
};

test('no line of the seeded server is longer than 100 columns', () => {
  const lines = banner(createMockServer(), facts).split('\n');
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
});

test('no line is longer than 100 columns for any clients, users and notes', () => {
  const label = fc.stringMatching(/^[a-z\d]{1,12}$/);
  const configuration = fc.record({
    users: fc.uniqueArray(label, { maxLength: 40 }),
    clients: fc.uniqueArray(label, { maxLength: 40 }),
    paths: fc.array(label, { maxLength: 30 }),
    notes: fc.array(fc.array(label, { maxLength: 40 }), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(configuration, ({ users, clients, paths, notes }) => {
      const server = createMockServer({
        users: users.map((id) => ({ id })),
        clients: clients.map((clientId) => ({
          clientId,
          callbacks: paths.map((path) => `http://localhost:3000/${path}`),
        })),
      });
      const text = banner(server, { ...facts, notes: notes.map((words) => words.join(' ')) });
      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    }),
    { numRuns: 50 },
  );
});

test('of hundreds of users the banner lists ten and counts the rest', () => {
  const users = Array.from({ length: 300 }, (_, index) => ({ id: `reader-${index}` }));
  const text = banner(createMockServer({ users }), facts);
  expect(text).toContain('reader-9 <');
  expect(text).not.toContain('reader-10 <');
  expect(text).toContain('… and 290 more');
});

test('the banner explains the control token', () => {
  const text = banner(createMockServer(), { ...facts, controlToken: 'token-of-sixteen' });
  expect(text).toMatch(/Token +token-of-sixteen +\(controls it from other machines\)/);
});
