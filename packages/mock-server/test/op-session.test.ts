import { expect, test } from 'vitest';
import { createWorld, type World } from './support/world.js';

/** The `Set-Cookie` headers of a silent login at a host that is an issuer of its own. */
async function cookiesAt(host: string, world: World): Promise<string[]> {
  const url = world.authorizeUrl({ prompt: 'none' });
  url.host = host;
  const answer = await world.ask(url.href, { headers: { cookie: world.cookie() } });
  return answer.headers.getSetCookie();
}

test('the session cookie belongs to its host alone', async () => {
  const [gone, set] = await cookiesAt('login.publisher.test', createWorld());
  expect([gone, set].join()).not.toContain('Domain');
  expect(set).toContain('Max-Age=2592000; Secure; SameSite=None; Partitioned');
});

test('with the scope domain it belongs to the last two labels, and goes from there as well', async () => {
  const world = createWorld({ sessionCookieScope: 'domain' });
  const cookies = await cookiesAt('login.publisher.test', world);
  const loggedOut = await world.ask(
    'https://login.publisher.test/v2/logout?client_id=publisher-web',
  );
  const all = [...cookies, ...loggedOut.headers.getSetCookie()];
  expect(all).toHaveLength(4);
  expect(all.filter((each) => !/; Domain=\.publisher\.test(?:;|$)/.test(each))).toEqual([]);
});

test.each(['localhost:4400', 'login.localhost:4400', '127.0.0.1:4400', '192.168.0.7'])(
  'at %s there is no domain to belong to',
  async (host) => {
    const world = createWorld({ sessionCookieScope: 'domain' });
    expect((await cookiesAt(host, world)).join()).not.toContain('Domain');
  },
);
