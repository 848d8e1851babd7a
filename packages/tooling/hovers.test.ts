import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLanguageServer } from './hovers.mjs';

const plain = 'packages/react/src/use-session.test-d.ts';
const registered = 'packages/react/test/registered/registered.test-d.tsx';

/** A hover window of common editors shows this much without scrolling. */
const LINES = 20;

let server: ReturnType<typeof startLanguageServer>;

beforeAll(() => {
  server = startLanguageServer();
});
afterAll(() => server.close());

test.each([
  [plain, 'const { user', 'const user: User | undefined'],
  [plain, 'const { user, error', 'const error: AuthError | null | undefined'],
  [plain, 'const session', 'const session: SessionView'],
  [registered, 'const { user', 'const user: Reader | undefined'],
  [registered, 'const session', 'const session: Session'],
  [registered, 'const plan', 'const plan: "free" | "plus" | undefined'],
])('in %s, hovering "%s" shows "%s"', async (file, text, expected) => {
  expect(await server.hover(file, text)).toContain(expected);
});

test.each(['useSession', 'loginWithRedirect'])('the hover of %s fits a screen', async (name) => {
  const hover = await server.hover(plain, name === 'useSession' ? '= useSession' : name);
  expect(hover).toContain(name);
  expect(hover.split('\n').length).toBeLessThanOrEqual(LINES);
});
