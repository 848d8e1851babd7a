import { expect, test } from 'vitest';
import { createWorld, type World } from './support/world.js';

/** The `Set-Cookie` headers of a silent login at a host that is a separate issuer. */
async function cookiesAt(host: string, world: World): Promise<string[]> {
  const url = world.authorizeUrl({ prompt: 'none' });
  url.host = host;
  const response = await world.send(url.href, { headers: { cookie: world.cookie() } });
  return response.headers.getSetCookie();
}

test('the session cookie is set for its host only', async () => {
  const [gone, set] = await cookiesAt('login.publisher.test', createWorld());
  expect([gone, set].join()).not.toContain('Domain');
  expect(set).toContain('Max-Age=2592000; Secure; SameSite=None; Partitioned');
});

test('with the scope domain the session cookie is set and cleared for the last two labels', async () => {
  const world = createWorld({ sessionCookieScope: 'domain' });
  const cookies = await cookiesAt('login.publisher.test', world);
  const loggedOut = await world.send(
    'https://login.publisher.test/v2/logout?client_id=publisher-web',
  );
  const all = [...cookies, ...loggedOut.headers.getSetCookie()];
  expect(all).toHaveLength(4);
  expect(all.filter((each) => !/; Domain=\.publisher\.test(?:;|$)/.test(each))).toEqual([]);
});

test.each(['localhost:4400', 'login.localhost:4400', '127.0.0.1:4400', '192.168.0.7'])(
  'a host of %s gets no cookie domain',
  async (host) => {
    const world = createWorld({ sessionCookieScope: 'domain' });
    expect((await cookiesAt(host, world)).join()).not.toContain('Domain');
  },
);
