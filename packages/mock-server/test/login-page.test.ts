import { expect, test } from 'vitest';
import { CALLBACK, createWorld, ORIGIN, type World } from './support/world.js';

test('e-mail and one-time code lead to the callback with a session', async () => {
  const world = createWorld();
  const page = await openPage(world);
  const toCode = await submit(world, page, { email: 'Ada@Example.com' });
  const codePage = toCode.headers.get('location') ?? '';
  const code =
    /<output>(\d{6})<\/output>/.exec(await (await world.send(codePage)).text())?.[1] ?? '';
  const toResume = await submit(world, codePage, { code: `${code.slice(0, 3)} ${code.slice(3)}` });
  const response = await world.send(toResume.headers.get('location') ?? '');
  expect(response.headers.get('location')).toMatch(
    /^https:\/\/app\.example\.com\/callback\?code=[\w-]{32}&state=xyz$/,
  );
  expect(response.headers.get('set-cookie')).toContain('publisher-auth-token=ses_');
});

test('a wrong code shows an error and keeps the form', async () => {
  const world = createWorld();
  const toCode = await submit(world, await openPage(world), { email: 'ada@example.com' });
  const response = await submit(world, toCode.headers.get('location') ?? '', { code: '12345' });
  const html = await response.text();
  expect(response.status).toBe(422);
  expect(html).toMatch(/role="alert".*not right.*<form method="post".*name="code"/s);
});

test.each([
  ['not an address', 'Enter an e-mail address'],
  ['nobody@example.com', 'no account'],
])('the address "%s" is rejected on the page', async (email, words) => {
  const world = createWorld();
  const response = await submit(world, await openPage(world), { email });
  expect(await response.text()).toMatch(new RegExp(`role="alert"[^<]*>[^<]*${words}`));
});

test('signing up with a new address creates a user', async () => {
  const world = createWorld();
  const toCode = await submit(world, await openPage(world, { screen_hint: 'signup' }), {
    email: 'new@example.com',
  });
  const codePage = toCode.headers.get('location') ?? '';
  const code = /<output>(\d{6})/.exec(await (await world.send(codePage)).text())?.[1] ?? '';
  await submit(world, codePage, { code });
  expect(world.server.control.users.list().map(({ email }) => email)).toContain('new@example.com');
});

test('one click logs in a test user', async () => {
  const world = createWorld();
  const toResume = await submit(world, await openPage(world), { user: 'grace' });
  const response = await world.send(toResume.headers.get('location') ?? '');
  expect(response.headers.get('location')).toContain(`${CALLBACK}?code=`);
});

test('Cancel returns access_denied to the application', async () => {
  const world = createWorld();
  const response = await submit(world, await openPage(world), { action: 'cancel' });
  const { searchParams } = new URL(response.headers.get('location') ?? '');
  expect([searchParams.get('error'), searchParams.get('state')]).toEqual(['access_denied', 'xyz']);
});

test('a login can be completed once', async () => {
  const world = createWorld();
  const toResume = await submit(world, await openPage(world), { user: 'ada' });
  const resume = toResume.headers.get('location') ?? '';
  await world.send(resume);
  expect((await world.send(resume)).status).toBe(409);
});

test('an unfinished login cannot be resumed', async () => {
  const world = createWorld();
  const page = new URL(await openPage(world));
  const response = await world.send(`/authorize/resume${page.search}`);
  expect([response.status, (await world.send('/authorize/resume?state=made-up')).status]).toEqual([
    400, 403,
  ]);
});

test('login_hint prefills the address', async () => {
  const world = createWorld();
  const html = await (
    await world.send(await openPage(world, { login_hint: 'ada@example.com' }))
  ).text();
  expect(html).toContain('value="ada@example.com"');
});

test.each([
  ['sv', 'sv', 'Logga in'],
  ['de no en', 'nb', 'Logg inn'],
  ['fi-FI', 'fi', 'Kirjaudu'],
  ['xx', 'en', 'Log in'],
])('ui_locales=%s selects %s', async (uiLocales, language, words) => {
  const world = createWorld();
  const html = await (await world.send(await openPage(world, { ui_locales: uiLocales }))).text();
  expect(html).toContain(`<html lang="${language}">`);
  expect(html).toContain(words);
});

test('client input is escaped', async () => {
  const world = createWorld();
  const html = await (
    await world.send(await openPage(world, { login_hint: '"><script>alert(1)</script>' }))
  ).text();
  expect(html).not.toContain('<script>');
});

test('the page runs no script and cannot be framed', async () => {
  const world = createWorld();
  const response = await world.send(await openPage(world));
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('script-src');
});

test('a blocked user sees an error that says so', async () => {
  const world = createWorld();
  world.server.control.users.disable('alan');
  const response = await submit(world, await openPage(world), { user: 'alan' });
  expect(await response.text()).toContain('blocked');
});

test('a rejected request is shown as a page in a browser', async () => {
  const world = createWorld();
  const response = await world.authorize(
    { redirect_uri: 'https://evil.example/<b>' },
    { accept: 'text/html' },
  );
  const html = await response.text();
  expect(response.headers.get('content-type')).toContain('text/html');
  expect(html).toContain('is not registered');
  expect(html).not.toContain('<b>');
});

async function openPage(world: World, params: Record<string, string> = {}): Promise<string> {
  return (await world.authorize(params)).headers.get('location') ?? '';
}

function submit(world: World, page: string, fields: Record<string, string>): Promise<Response> {
  return world.send(page, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { origin: ORIGIN },
  });
}
