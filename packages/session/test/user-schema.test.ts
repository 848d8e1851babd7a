import { type } from 'arktype';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { SessionOptions } from '../src/index.js';
import { rejectionOf } from './browser.js';
import { openApp, stateOf, type TestApp } from './support/app.js';
import { everythingStored, TOKEN } from './support/evidence.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { ssoCookie } from './support/modes/sso-cookie.js';
import { tokenHandler } from './support/modes/token-handler.js';

type UserSchema = NonNullable<SessionOptions['userSchema']>;

/** Schemas of the same users, by several libraries. */
const schemas: readonly [library: string, good: UserSchema, bad: UserSchema][] = [
  [
    'zod',
    z.object({ sub: z.string(), given_name: z.string() }),
    z.object({ sub: z.string(), email: z.literal('nobody@example.com') }),
  ],
  [
    'valibot',
    v.object({ sub: v.string(), given_name: v.string() }),
    v.object({ sub: v.string(), email: v.literal('nobody@example.com') }),
  ],
  [
    'arktype',
    type({ sub: 'string', given_name: 'string' }),
    type({ sub: 'string', email: "'nobody@example.com'" }),
  ],
];

let app: TestApp;

afterEach(() => {
  vi.useRealTimers();
});

describe.each(schemas)('a userSchema of %s', (_library, good, bad) => {
  beforeEach(() => {
    app = openApp(refreshToken);
  });

  test('a user who matches is signed in', async () => {
    const page = await app.logIn({ options: { userSchema: good } });
    expect(page.getSnapshot()).toMatchObject({
      status: 'authenticated',
      user: { sub: 'email|ada', given_name: 'Ada' },
    });
  });

  test('a user who does not match is rejected by the name of the claim, never its value', async () => {
    const page = await app.logIn({ options: { userSchema: bad } });
    const { status, error } = page.getSnapshot();
    expect(status).toBe('unauthenticated');
    expect(error).toMatchObject({ code: 'claims_rejected', claims: ['email'] });
    expect(error?.message).toContain('"email"');
    expect(`${error?.message}${JSON.stringify(error)}`).not.toContain('ada@');
  });
});

describe.each([
  ['refresh-token', refreshToken],
  ['sso-cookie', ssoCookie],
  ['token-handler', tokenHandler],
])('a userSchema in the mode %s', (_name, mode) => {
  const strict = z.object({ sub: z.string(), plan: z.string() });

  beforeEach(() => {
    app = openApp(mode);
  });

  test('the user is what the schema returns, at login, in the first render of a reload and after the start', async () => {
    const userSchema = z
      .object({ sub: z.string(), given_name: z.string() })
      .transform(({ sub, given_name: name }) => ({ sub, shortName: name }));
    const options = { userSchema };
    const expected = { sub: 'email|ada', shortName: 'Ada' };
    const page = await app.logIn({ options });
    expect(page.getSnapshot().user).toEqual(expected);
    const reloaded = app.createPage(options);
    expect(reloaded.getSnapshot().user).toEqual(expected);
    await reloaded.start();
    expect(reloaded.getSnapshot().user).toEqual(expected);
  });

  test('an unchanged user is the same reference after a renewal', async () => {
    const userSchema = z.object({ sub: z.string() });
    const page = await app.logIn({ options: { userSchema } });
    const before = page.getSnapshot();
    app.pass(4000);
    await app.callApi(page);
    expect(page.getSnapshot()).toBe(before);
  });

  test('a login with claims that do not match fails by popup as well', async () => {
    const page = app.createPage({ userSchema: strict });
    const failing = rejectionOf(page.loginWithPopup());
    await app.browser.go(await app.browser.popups.last().url, { user: 'ada' });
    await app.createPage({ userSchema: strict }).start();
    expect(await failing).toMatchObject({ code: 'claims_rejected', claims: ['plan'] });
  });

  test('a stored user who does not match the schema of a new deploy is not rendered, and says why', async () => {
    await app.logIn();
    const page = app.createPage({ userSchema: strict });
    expect(page.getSnapshot()).toEqual({ status: 'initializing' });
    await page.start();
    expect(page.getSnapshot()).toMatchObject({
      status: 'unauthenticated',
      error: { code: 'claims_rejected', claims: ['plan'] },
    });
  });

  test('another user whose claims do not match ends the session of the user before, and no request is sent for them', async () => {
    const userSchema = z.object({ sub: z.string(), given_name: z.literal('Ada') });
    const page = await app.logIn({ options: { userSchema } });
    const ended = stateOf(page, ({ status }) => status === 'unauthenticated');
    // A tab with an older version of the app.
    await app.logIn({ user: 'grace', prompt: 'login' });
    expect(await ended).toMatchObject({
      reason: 'logged-out-elsewhere',
      error: { code: 'claims_rejected', claims: ['given_name'] },
    });
    const before = app.browser.requests.length;
    expect(await rejectionOf(app.callApi(page))).toMatchObject({ code: 'login_required' });
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({
      code: expect.stringMatching(/^(login_required|invalid_configuration)$/),
    });
    expect(await page.info()).toBeNull();
    expect(app.browser.requests.slice(before)).toEqual([]);
  });

  test('a user whose claims match again after a renewal is signed in', async () => {
    const userSchema = z.object({ sub: z.string(), given_name: z.literal('Augusta') });
    await app.logIn();
    const rejected = app.createPage({ userSchema });
    await rejected.start();
    expect(rejected.getSnapshot().error).toMatchObject({ code: 'claims_rejected' });
    app.server.control.users.update('ada', { firstName: 'Augusta' });
    app.pass(4000);
    await rejected.renew();
    expect(rejected.getSnapshot()).toMatchObject({
      status: 'authenticated',
      user: { given_name: 'Augusta' },
      error: null,
    });
    expect(await app.callApi(rejected)).toBe(200);
  });

  test('an asynchronous schema is invalid_configuration', async () => {
    const userSchema = z.object({ sub: z.string() }).refine(async () => true);
    const page = await app.logIn({ options: { userSchema } });
    expect(page.getSnapshot().error).toMatchObject({
      code: 'invalid_configuration',
      message: expect.stringContaining('userSchema'),
    });
  });
});

describe('a userSchema where tokens are in the browser', () => {
  beforeEach(() => {
    app = openApp(refreshToken);
  });

  test('a login with claims that do not match stores no token', async () => {
    await app.logIn({
      options: { userSchema: z.object({ sub: z.string(), plan: z.string() }) },
    });
    expect(await everythingStored()).not.toMatch(TOKEN);
  });

  test('a renewal with claims that do not match keeps the user and the session, and sets the error', async () => {
    const userSchema = z.object({ sub: z.string(), given_name: z.literal('Ada') });
    const page = await app.logIn({ options: { userSchema } });
    app.server.control.users.update('ada', { firstName: 'Augusta' });
    const failed = stateOf(page, ({ error }) => Boolean(error));
    await page.renew();
    expect(await failed).toMatchObject({
      status: 'authenticated',
      user: { given_name: 'Ada' },
      error: { code: 'claims_rejected', claims: ['given_name'] },
    });
    expect(await app.callApi(page)).toBe(200);
  });

  test('a schema whose output has no sub is claims_rejected', async () => {
    const withoutSub = z.custom<{ sub: string }>().transform(() => JSON.parse('{}'));
    const page = await app.logIn({ options: { userSchema: withoutSub } });
    expect(page.getSnapshot().error).toMatchObject({ code: 'claims_rejected', claims: ['sub'] });
  });

  test.each([['a string'], [{}], [() => true]])(
    'the option userSchema refuses %j, which is no schema',
    (value) => {
      const options: Partial<SessionOptions> = Object.fromEntries([['userSchema', value]]);
      expect(() => app.createPage(options)).toThrow(
        expect.objectContaining({ code: 'invalid_configuration' }),
      );
    },
  );
});
