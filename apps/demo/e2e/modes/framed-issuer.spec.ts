import type { Page } from '@playwright/test';
import { attackers, openAttacker } from '../support/modes/attacks.js';
import { expect, test } from '../support/modes/modes-test.js';
import type { Publisher } from '../support/modes/modes-test.js';
import { runInOneEngine } from '../support/one-engine.js';

runInOneEngine(test);

test.use({ setUp: { mode: 'sso-cookie', issuer: 'same-site' } });

test.beforeEach(({ consoleGuard }) => {
  // Each browser words its errors differently.
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

/** Frames the address, and returns the messages posted to the page until it is loaded. */
function messagesFromFrame(page: Page, url: string): Promise<unknown[]> {
  return page.evaluate(async (src) => {
    const messages: unknown[] = [];
    addEventListener('message', ({ data }) => messages.push(data));
    const frame = document.createElement('iframe');
    frame.src = src;
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    document.body.append(frame);
    await loaded;
    // This message arrives after all that were posted before it.
    const echo = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
    postMessage('echo');
    await echo;
    return messages;
  }, url);
}

for (const attacker of attackers) {
  test.describe(`a page of a ${attacker}`, () => {
    test('an attacker who frames a silent login receives no message', async ({
      context,
      publisher,
    }) => {
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
      // A sibling's frame gets its response, which is posted to the page's origin and so not delivered.
      const isUsed = useOfSession().join() !== before.join();
      expect(isUsed).toBe(attacker === 'sibling');
    });

    test('a silent login with an attacker’s redirect URI sends nothing', async ({
      context,
      publisher,
    }) => {
      const page = await publisher.open(context);
      await publisher.logIn(page);
      const attack = await openAttacker(context, publisher.site, attacker);
      const own = { redirect_uri: `${publisher.site.origins[attacker]}/`, prompt: 'none' };
      const url = authorizationUrl(publisher, { ...own, response_mode: 'web_message' });
      expect(await messagesFromFrame(attack, url)).toEqual(['echo']);
      await attack.goto(authorizationUrl(publisher, own));
      await expect(attack).toHaveURL((shown) => shown.hostname === 'login.publisher.test');
    });

    test('an attacker cannot frame the login page', async ({ context, publisher }) => {
      const attack = await openAttacker(context, publisher.site, attacker);
      await messagesFromFrame(attack, authorizationUrl(publisher, {}));
      const button = { name: 'Continue as Ada Lovelace' };
      await expect(attack.frameLocator('iframe').getByRole('button', button)).toHaveCount(0);
      await attack.goto(authorizationUrl(publisher, {}));
      await expect(attack.getByRole('button', button)).toBeVisible();
    });
  });
}
