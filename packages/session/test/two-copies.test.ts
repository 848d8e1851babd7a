import { expect, test } from 'vitest';
import { openApp, stateOf } from './support/app.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { ssoCookie } from './support/modes/sso-cookie.js';
import { tokenHandler } from './support/modes/token-handler.js';

// With `refresh-token` in memory each copy has a session of its own: tokens are shared with no other script of the page.
test.each([
  ['refresh-token', 'local', refreshToken],
  ['sso-cookie', 'local', ssoCookie],
  ['sso-cookie', 'memory', ssoCookie],
  ['token-handler', 'local', tokenHandler],
  ['token-handler', 'memory', tokenHandler],
] as const)(
  'two copies of the kit on one page need one login, in the mode %s with storage %s',
  async (_mode, storage, setUp) => {
    const app = openApp(setUp);
    const open = () => app.createPage({ storage });
    open()
      .loginWithRedirect()
      .catch(() => {});
    await app.browser.go(await app.browser.nextNavigation(), { user: 'ada' });
    const copies = [open(), open()];
    const signedIn = copies.map((copy) =>
      stateOf(copy, ({ status }) => status === 'authenticated'),
    );
    await Promise.all(copies.map((copy) => copy.start()));
    await Promise.all(signedIn);
    for (const copy of copies) expect(await app.callApi(copy)).toBe(200);
    expect(location.assign).toHaveBeenCalledOnce();
    expect(location.replace).not.toHaveBeenCalled();
  },
);
