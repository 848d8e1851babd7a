import type { Page } from '@playwright/test';
import { attackers, openAttacker } from '../support/modes/attacks.js';
import { expect, test } from '../support/modes/modes-test.js';
import type { Publisher } from '../support/modes/modes-test.js';
import { runInOneEngine } from '../support/one-engine.js';

runInOneEngine(test);

test.use({ setUp: { mode: 'sso-cookie', issuer: 'same-site' } });

test.beforeEach(({ consoleGuard }) => {
  // Each browser has its own words for each refusal.
  consoleGuard.expect(/./);
});

/** The request of a silent login, for the page's own client and for its own address. */
function authorizationUrl({ site }: Publisher, params: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams({
    client_id: site.config.clientId,
    redirect_uri: site.url,
    response_type: 'code',
    scope: 'openid',
    state: 'mine',
    nonce: 'mine',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...params,
  });
  return `${site.origins.sameSiteIssuer}/authorize?${query.toString()}`;
}

/** Frames the address, and returns what has been posted to the page by the time that it is loaded. */
function messagesFromFrame(page: Page, url: string): Promise<unknown[]> {
  return page.evaluate(async (src) => {
    const messages: unknown[] = [];
    addEventListener('message', ({ data }) => messages.push(data));
    const frame = document.createElement('iframe');
    frame.src = src;
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    document.body.append(frame);
    await loaded;
    // A message of our own comes after all that were posted before it.
    const echo = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
    postMessage('echo');
    await echo;
    return messages;
  }, url);
}

for (const attacker of attackers) {
  test.describe(`a page of a ${attacker}`, () => {
    test('hears nothing of a silent login that it frames', async ({ context, publisher }) => {
      const page = await publisher.open(context);
      await publisher.logIn(page);
      const attack = await openAttacker(context, publisher.site, attacker);
      const { clock, sessions } = publisher.site.mock.control;
      const useOfSession = (): number[] => sessions.list().map(({ lastUsedAt }) => lastUsedAt);
      const before = useOfSession();
      clock.advance({ minutes: 1 });
      const silent = { prompt: 'none', response_mode: 'web_message' };
      const url = authorizationUrl(publisher, silent);
      expect(await messagesFromFrame(attack, url)).toEqual(['echo']);
      // A sibling's frame does get its answer, which is posted to the page's origin and so to nobody.
      const isUsed = useOfSession().join() !== before.join();
      expect(isUsed).toBe(attacker === 'sibling');
    });

    test('is sent nothing at an address of its own', async ({ context, publisher }) => {
      const page = await publisher.open(context);
      await publisher.logIn(page);
      const attack = await openAttacker(context, publisher.site, attacker);
      const own = { redirect_uri: `${publisher.site.origins[attacker]}/`, prompt: 'none' };
      const url = authorizationUrl(publisher, { ...own, response_mode: 'web_message' });
      expect(await messagesFromFrame(attack, url)).toEqual(['echo']);
      await attack.goto(authorizationUrl(publisher, own));
      await expect(attack).toHaveURL((shown) => shown.hostname === 'login.publisher.test');
    });

    test('cannot show the login page in a frame', async ({ context, publisher }) => {
      const attack = await openAttacker(context, publisher.site, attacker);
      await messagesFromFrame(attack, authorizationUrl(publisher, {}));
      const button = { name: 'Continue as Ada Lovelace' };
      await expect(attack.frameLocator('iframe').getByRole('button', button)).toHaveCount(0);
      await attack.goto(authorizationUrl(publisher, {}));
      await expect(attack.getByRole('button', button)).toBeVisible();
    });
  });
}
