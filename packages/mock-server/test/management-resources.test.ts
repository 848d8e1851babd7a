import { describe, expect, test } from 'vitest';
import { createManagementWorld } from './support/management.js';

const base = '/management/v1';

describe('users', () => {
  test('the list of users has everyone who can log in', async () => {
    const { read } = await createManagementWorld();
    const { body } = await read(`${base}/users`);
    expect(body).toHaveLength(3);
    expect(body).toContainEqual(
      expect.objectContaining({ id: 'email|ada', email: 'ada@example.com' }),
    );
  });

  test('users can be searched by part of name or e-mail', async () => {
    const { read } = await createManagementWorld();
    expect((await read(`${base}/users?search=HOPPER`)).body).toMatchObject([{ id: 'email|grace' }]);
  });

  test('users can be created, updated, read and deleted', async () => {
    const { read, send, server } = await createManagementWorld();
    const created = await send('POST', `${base}/users`, {
      email: 'mary@example.com',
      name: 'Mary',
    });
    expect(created).toMatchObject({ status: 201, body: { email: 'mary@example.com' } });
    const path = `${base}/users/${encodeURIComponent((created.body as { id: string }).id)}`;
    expect(await send('PATCH', path, { name: 'Mary S.' })).toMatchObject({
      status: 200,
      body: { name: 'Mary S.' },
    });
    expect(await read(path)).toMatchObject({ status: 200, body: { name: 'Mary S.' } });
    expect(server.control.users.list()).toHaveLength(4);
    expect(await read(path, { method: 'DELETE' })).toEqual({ status: 204, body: null });
    expect((await read(path)).status).toBe(404);
  });

  test('users accept a password, another login identifier and metadata', async () => {
    const { read, send, server } = await createManagementWorld();
    const path = `${base}/users/email%7Cada`;
    expect((await send('POST', `${path}/set-password`, { password: 'x' })).status).toBe(204);
    expect(
      (await send('POST', `${path}/change-login-identifier`, { email: 'a@example.com' })).status,
    ).toBe(204);
    expect(
      (await read(`${path}/user_metadata/letter`, { method: 'PUT', body: 'daily' })).status,
    ).toBe(204);
    expect(server.control.users.get('ada')).toMatchObject({
      email: 'a@example.com',
      user_metadata: { letter: 'daily' },
    });
    expect((await read(`${path}/user_metadata/letter`, { method: 'DELETE' })).status).toBe(204);
    expect(server.control.users.get('ada').user_metadata).toEqual({});
  });

  test.each<[string, unknown, string]>([
    ['without an e-mail', {}, 'email'],
    ['with an e-mail that is none', { email: 'ada' }, 'email'],
    ['with an e-mail of another', { email: 'ADA@example.com' }, 'email'],
    ['with a field that is unknown', { email: 'x@example.com', isBlocked: true }, 'isBlocked'],
    ['with a name that is no text', { email: 'x@example.com', name: 7 }, 'name'],
  ])('a user is not created %s', async (_, user, field) => {
    const { send } = await createManagementWorld();
    expect(await send('POST', `${base}/users`, user)).toMatchObject({
      status: 400,
      body: { error: { code: 'validation_error', details: { field } } },
    });
  });
});

describe('publishers', () => {
  test('publishers are created at /vendors and read under both names', async () => {
    const { read, send } = await createManagementWorld();
    const vendor = { id: 'acme', name: 'Acme', website: 'https://acme.example', country: 'SE' };
    expect((await send('POST', `${base}/vendors`, vendor)).status).toBe(201);
    expect((await send('POST', `${base}/vendors`, vendor)).status).toBe(400);
    expect((await read(`${base}/publishers`)).body).toContainEqual(
      expect.objectContaining({ id: 'acme' }),
    );
    expect((await read(`${base}/vendors`)).body).toContainEqual(
      expect.objectContaining({ id: 'acme' }),
    );
  });
});

describe('products', () => {
  test('products can be created, updated and read by sku', async () => {
    const { read, send } = await createManagementWorld();
    const { body } = await send('POST', `${base}/products`, { title: 'Almanac' });
    const { sku } = body as { sku: string };
    await send('PATCH', `${base}/products/${sku}`, { title: 'Almanac 2030' });
    expect(await read(`${base}/products/${sku}`)).toMatchObject({
      body: { sku, title: 'Almanac 2030' },
    });
    expect((await read(`${base}/products/none`)).status).toBe(404);
  });

  test('products have fulfillments', async () => {
    const { read } = await createManagementWorld();
    expect((await read(`${base}/products/sid:weekend/fulfillments`)).body).toHaveLength(1);
    expect((await read(`${base}/products/sid:digital/fulfillments`)).body).toHaveLength(0);
  });
});

describe('what is sold', () => {
  test.each([
    ['entitlements?userId=email|ada', 1],
    ['entitlements?userId=email|grace', 0],
    ['contracts?status=ACTIVE', 1],
    ['bills', 2],
    ['bills?status=PAID', 1],
    ['bills?contractId=none', 0],
    ['bills?q=bill_2', 1],
    ['transactions?userId=email|ada&type=PAYMENT', 1],
    ['paywalls', 1],
  ])('commerce records can be listed by %s', async (path, count) => {
    const { read } = await createManagementWorld();
    expect((await read(`${base}/${path}`)).body).toHaveLength(count);
  });

  test.each(['contracts/con_1', 'bills/bill_1', 'transactions/txn_1'])(
    'commerce records can be read by %s',
    async (path) => {
      const { read } = await createManagementWorld();
      expect(await read(`${base}/${path}`)).toMatchObject({
        status: 200,
        body: { id: path.split('/')[1] },
      });
    },
  );

  test('a customer is returned as XML', async () => {
    const { request } = await createManagementWorld();
    const response = await request(`${base}/customers/email%7Cada`);
    expect(response.headers.get('content-type')).toMatch(/^application\/xml/);
    expect(await response.text()).toBe(
      '<customer><id>email|ada</id><email>ada@example.com</email></customer>',
    );
  });
});

describe('access lists', () => {
  test('access lists and their grants can be created, replaced and updated', async () => {
    const { read, send } = await createManagementWorld();
    const list = { name: 'Schools', type: 'MANUAL', status: 'DRAFT' };
    const { body } = await send('POST', `${base}/access-lists`, list);
    const path = `${base}/access-lists/${(body as { id: string }).id}`;
    expect(await send('PUT', path, { ...list, name: 'All schools' })).toMatchObject({
      body: { name: 'All schools' },
    });
    expect(await send('PATCH', path, { status: 'ACTIVE' })).toMatchObject({
      body: { name: 'All schools', status: 'ACTIVE' },
    });
    const grant = { email: 'ada@example.com', sku: 'sid:digital', poId: 'po_1', status: 'ACTIVE' };
    const made = await send('POST', `${path}/grants`, grant);
    expect(made.status).toBe(201);
    const grantPath = `${path}/grants/${(made.body as { id: string }).id}`;
    expect(await send('PUT', grantPath, { status: 'INACTIVE' })).toMatchObject({
      body: { status: 'INACTIVE' },
    });
    expect((await read(`${path}/grants`)).body).toHaveLength(1);
    expect((await read(`${base}/access-lists/src_partners/grants`)).body).toHaveLength(1);
    expect((await read(grantPath, { method: 'DELETE' })).status).toBe(204);
    expect((await read(grantPath)).status).toBe(404);
  });
});

describe('domains', () => {
  test('domains can be added with one key, and deleted', async () => {
    const { read, send } = await createManagementWorld();
    const path = `${base}/domains/news.example`;
    expect((await send('PUT', path, {})).status).toBe(400);
    expect((await send('PUT', path, { jwksUri: 'https://news.example/jwks' })).status).toBe(200);
    expect((await read(path)).body).toEqual({
      domain: 'news.example',
      jwksUri: 'https://news.example/jwks',
    });
    expect((await read(path, { method: 'DELETE' })).status).toBe(204);
    expect((await read(path)).status).toBe(404);
  });
});

describe('a list', () => {
  test.each<['bare' | 'data' | 'named', unknown]>([
    ['bare', [{ id: 'email|grace' }]],
    [
      'data',
      {
        data: [{ id: 'email|grace' }],
        pagination: { total: 3, limit: 1, offset: 1, hasMore: true },
      },
    ],
    ['named', { users: [{ id: 'email|grace' }], start: 1, limit: 1, total: 3 }],
  ])('a list is returned %s, one slice at a time', async (form, expected) => {
    const { server, read } = await createManagementWorld();
    server.control.management.answerListsAs(form);
    expect((await read(`${base}/users?limit=1&offset=1`)).body).toMatchObject(expected as object);
  });

  test('a list accepts from as well as Auth0’s page', async () => {
    const { read } = await createManagementWorld();
    expect((await read(`${base}/users?limit=1&from=1`)).body).toMatchObject([
      { id: 'email|grace' },
    ]);
    expect((await read('/api/v2/users?per_page=1&page=1&include_totals=true')).body).toMatchObject({
      users: [{ id: 'email|grace' }],
      total: 3,
    });
  });

  test.each([
    'limit=0',
    'limit=101',
    'limit=ten',
    'offset=-1',
    'from=x',
    'per_page=1000',
    'status=LOST',
  ])('a list request is rejected for %s', async (query) => {
    const { read } = await createManagementWorld();
    expect(await read(`${base}/bills?${query}`)).toMatchObject({
      status: 400,
      body: { error: { code: 'validation_error', details: { field: query.split('=')[0] } } },
    });
  });
});

test('a snapshot keeps the records and a reset drops them', async () => {
  const { server, send } = await createManagementWorld();
  await send('POST', `${base}/products`, { title: 'Almanac' });
  const snapshot = server.control.snapshot();
  server.control.reset();
  expect(server.control.management.list('products')).toHaveLength(2);
  server.control.restore(snapshot);
  expect(server.control.management.list('products')).toHaveLength(3);
});
