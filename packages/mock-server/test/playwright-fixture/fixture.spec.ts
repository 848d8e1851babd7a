import { expect } from '@playwright/test';
import { test as base } from '@sesamy-kit/mock-server/playwright';

const APP = 'https://app.example.com/';

/** An application with production addresses: logs in immediately and greets the user by name. */
const APP_PAGE = `<!doctype html><title>App</title><p id="hello"></p><script type="module">
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const code = new URLSearchParams(location.search).get('code');
  if (!code) {
    location.href = 'https://token.sesamy.com/authorize?' + new URLSearchParams({
      client_id: 'publisher-web', redirect_uri: '${APP}', response_type: 'code', state: 's',
      scope: 'openid profile offline_access', code_challenge_method: 'S256',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    });
  } else {
    const token = (body) => fetch('https://token.sesamy.com/oauth/token', { method: 'POST', body: new URLSearchParams({ client_id: 'publisher-web', ...body }) }).then((response) => response.json());
    const first = await token({ grant_type: 'authorization_code', code, redirect_uri: '${APP}', code_verifier: verifier });
    const second = await token({ grant_type: 'refresh_token', refresh_token: first.refresh_token });
    const profile = await fetch('https://api.sesamy.com/client/v1/profile', { headers: { authorization: 'Bearer ' + second.access_token } }).then((response) => response.json(), () => ({ firstName: 'network error' }));
    document.querySelector('#hello').textContent = 'Hello ' + profile.firstName;
  }
</script>`;

const test = base.extend({
  context: async ({ context }, provide) => {
    await context.route(APP + '**', (route) =>
      route.fulfill({ contentType: 'text/html', body: APP_PAGE }),
    );
    await provide(context);
  },
});

test.use({ sesamyOptions: { clients: [{ clientId: 'publisher-web', callbacks: [APP] }] } });

for (const user of ['ada', 'grace', 'alan']) {
  test(`${user} is signed in without the page, in a separate login`, async ({
    page,
    signIn,
    sesamy,
  }) => {
    await signIn(user);
    await page.goto(APP);
    const { firstName } = sesamy.control.users.get(user);
    await expect(page.locator('#hello')).toHaveText(`Hello ${firstName}`);
    expect(sesamy.control.refreshTokens.list()).toHaveLength(1);
  });
}

test('the login page works too', async ({ page }) => {
  await page.goto(APP);
  await page.getByRole('button', { name: 'Continue as Grace Hopper' }).click();
  await expect(page.locator('#hello')).toHaveText('Hello Grace');
});

test('an application behind a token handler is signed in by cookies', async ({ page, sesamy }) => {
  const site = 'https://members.example.com';
  sesamy.control.clients.update('publisher-web', {
    callbacks: [`${site}/sesamy/auth/publisher-web/callback`],
    logoutUrls: [`${site}/`],
  });
  await page.route(`${site}/`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Members</title>' }),
  );
  await page.goto(`${site}/sesamy/auth/publisher-web/login?returnTo=/`);
  await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
  await expect(page).toHaveTitle('Members');
  const send = async (): Promise<unknown> =>
    page.evaluate(async () => {
      const responses = ['/sesamy/auth/userinfo', '/sesamy/api/client/v1/profile'].map(
        async (path) => (await fetch(path)).json() as Promise<Record<string, unknown>>,
      );
      const [user, profile] = await Promise.all(responses);
      return [user?.['authenticated'], profile?.['firstName']];
    });
  expect(await send()).toEqual([true, 'Ada']);
  await page.evaluate(() => location.assign('/sesamy/auth/logout?returnTo=/'));
  await expect.poll(async () => send().catch(() => null)).toEqual([false, undefined]);
  await expect(page).toHaveTitle('Members');
});

test('a planned fault reaches the application', async ({ page, signIn, sesamy }) => {
  await signIn();
  sesamy.control.faults.add({ endpoint: 'profile', reset: true });
  await page.goto(APP);
  await expect(page.locator('#hello')).toHaveText('Hello network error');
});
