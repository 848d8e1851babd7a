import type { ManagementClient } from '@sesamy-kit/server/management';
import { describe, expect, test } from 'vitest';
import { clientOf, failureOf } from './client-double.js';
import { sesamyDouble } from './sesamy-double.js';

const grant = { email: 'ada@example.com', sku: 'gold', poId: 'po_1', status: 'ACTIVE' } as const;
const list = { name: 'Partners', type: 'MANUAL', status: 'DRAFT' } as const;

describe('a typed resource', () => {
  test.each<[string, (client: ManagementClient) => Promise<unknown>, string]>([
    ['publishers.list', (c) => c.publishers.list(), 'GET /publishers'],
    [
      'publishers.create',
      (c) => c.publishers.create({ id: 'a', name: 'A', website: 'w', country: 'SE' }),
      'POST /vendors',
    ],
    [
      'users.list',
      (c) => c.users.list({ limit: 2, offset: 4, search: 'ada' }),
      'GET /users?limit=2&offset=4&search=ada',
    ],
    ['users.get', (c) => c.users.get('email|1'), 'GET /users/email%7C1'],
    ['users.create', (c) => c.users.create({ email: 'ada@example.com' }), 'POST /users'],
    ['users.update', (c) => c.users.update('1', { name: 'Ada' }), 'PATCH /users/1'],
    ['users.delete', (c) => c.users.delete('1'), 'DELETE /users/1'],
    ['users.setPassword', (c) => c.users.setPassword('1', 'pw'), 'POST /users/1/set-password'],
    [
      'users.changeLoginIdentifier',
      (c) => c.users.changeLoginIdentifier('1', 'b@example.com'),
      'POST /users/1/change-login-identifier',
    ],
    [
      'users.setMetadata',
      (c) => c.users.setMetadata('1', 'k', 'v'),
      'PUT /users/1/user_metadata/k',
    ],
    [
      'users.deleteMetadata',
      (c) => c.users.deleteMetadata('1', 'k'),
      'DELETE /users/1/user_metadata/k',
    ],
    ['products.list', (c) => c.products.list(), 'GET /products'],
    ['products.get', (c) => c.products.get('sid:1'), 'GET /products/sid%3A1'],
    ['products.create', (c) => c.products.create({ title: 'T' }), 'POST /products'],
    ['products.update', (c) => c.products.update('1', { title: 'U' }), 'PATCH /products/1'],
    [
      'products.fulfillments',
      (c) => c.products.fulfillments('1'),
      'GET /products/1/fulfillments?limit=100',
    ],
    [
      'entitlements.list',
      (c) => c.entitlements.list({ userId: '1' }),
      'GET /entitlements?userId=1',
    ],
    ['contracts.list', (c) => c.contracts.list(), 'GET /contracts'],
    ['contracts.get', (c) => c.contracts.get('1'), 'GET /contracts/1'],
    ['bills.list', (c) => c.bills.list({ status: 'PAID' }), 'GET /bills?status=PAID'],
    ['bills.listAll', (c) => c.bills.listAll(), 'GET /bills?limit=100&from=0'],
    ['bills.get', (c) => c.bills.get('1'), 'GET /bills/1'],
    [
      'transactions.list',
      (c) => c.transactions.list({ userId: '1' }),
      'GET /transactions?userId=1',
    ],
    ['paywalls.list', (c) => c.paywalls.list(), 'GET /paywalls'],
    ['accessLists.list', (c) => c.accessLists.list(), 'GET /access-lists'],
    ['accessLists.get', (c) => c.accessLists.get('src_1'), 'GET /access-lists/src_1'],
    ['accessLists.create', (c) => c.accessLists.create(list), 'POST /access-lists'],
    ['accessLists.replace', (c) => c.accessLists.replace('src_1', list), 'PUT /access-lists/src_1'],
    [
      'accessLists.update',
      (c) => c.accessLists.update('src_1', { status: 'ACTIVE' }),
      'PATCH /access-lists/src_1',
    ],
    [
      'grants.list',
      (c) => c.accessLists.grants.list('src_1'),
      'GET /access-lists/src_1/grants?limit=100',
    ],
    [
      'grants.get',
      (c) => c.accessLists.grants.get('src_1', 'g1'),
      'GET /access-lists/src_1/grants/g1',
    ],
    [
      'grants.create',
      (c) => c.accessLists.grants.create('src_1', grant),
      'POST /access-lists/src_1/grants',
    ],
    [
      'grants.update',
      (c) => c.accessLists.grants.update('src_1', 'g1', grant),
      'PUT /access-lists/src_1/grants/g1',
    ],
    [
      'grants.delete',
      (c) => c.accessLists.grants.delete('src_1', 'g1'),
      'DELETE /access-lists/src_1/grants/g1',
    ],
    ['domains.list', (c) => c.domains.list(), 'GET /domains'],
    ['domains.get', (c) => c.domains.get('a.test'), 'GET /domains/a.test'],
    [
      'domains.put',
      (c) => c.domains.put('a.test', { jwksUri: 'https://a.test/jwks' }),
      'PUT /domains/a.test',
    ],
    ['domains.delete', (c) => c.domains.delete('a.test'), 'DELETE /domains/a.test'],
  ])('the resource method %s sends the documented request', async (_, call, expected) => {
    const sesamy = sesamyDouble();
    await call(clientOf(sesamy));
    const [request] = sesamy.apiRequests;
    const path = `${request?.url.pathname}${request?.url.search}`.replace('/management/v1', '');
    expect(`${request?.method} ${path}`).toBe(expected);
  });

  test('a resource sends objects as JSON and metadata as text', async () => {
    const sesamy = sesamyDouble();
    const client = clientOf(sesamy);
    await client.accessLists.grants.create('src_1', grant);
    await client.users.setMetadata('1', 'newsletter', 'daily');
    const [created, set] = sesamy.apiRequests;
    expect(created?.headers.get('content-type')).toBe('application/json');
    expect(JSON.parse(created?.body ?? '')).toEqual({ ...grant, source: 'src_1' });
    expect(set?.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(set?.body).toBe('daily');
  });

  test('a resource rejects an id that would address something else, and sends nothing', async () => {
    const sesamy = sesamyDouble();
    expect(await failureOf(clientOf(sesamy).users.delete('..'))).toMatchObject({
      code: 'invalid_configuration',
    });
    expect(sesamy.apiRequests).toHaveLength(0);
  });
});

describe('a response', () => {
  test.each([
    ['bare', [{ id: 'acme' }]],
    ['in data', { data: [{ id: 'acme' }] }],
    ['in data with meta', { data: [{ id: 'acme' }], meta: { timestamp: 'now' } }],
    ['under its name', { publishers: [{ id: 'acme' }] }],
  ])('a response with a list %s resolves to that list', async (_, body) => {
    const client = clientOf(sesamyDouble({ api: () => ({ body }) }));
    await expect(client.publishers.list()).resolves.toEqual([{ id: 'acme' }]);
    await expect(client.publishers.listAll()).resolves.toEqual([{ id: 'acme' }]);
    await expect(client.getAll('/publishers')).resolves.toEqual([{ id: 'acme' }]);
  });

  test('a response with an object in an envelope resolves to that object', async () => {
    const client = clientOf(
      sesamyDouble({ api: () => ({ body: { data: { id: '1' }, meta: {} } }) }),
    );
    await expect(client.users.get('1')).resolves.toEqual({ id: '1' });
  });

  test('a response with a property called data among others resolves unchanged', async () => {
    const body = { id: '1', data: 'mine' };
    await expect(clientOf(sesamyDouble({ api: () => ({ body }) })).get('/x')).resolves.toEqual(
      body,
    );
  });

  test('a response without content resolves to undefined', async () => {
    const client = clientOf(sesamyDouble({ api: () => ({ status: 204 }) }));
    await expect(client.users.delete('1')).resolves.toBeUndefined();
  });

  test('an XML response resolves to its text', async () => {
    const xml = new Response('<customer/>', { headers: { 'content-type': 'application/xml' } });
    await expect(clientOf(sesamyDouble({ api: () => xml })).get('/customers/1')).resolves.toBe(
      '<customer/>',
    );
  });

  test('getAll rejects a response that is not a list', async () => {
    const client = clientOf(sesamyDouble({ api: () => ({ body: { id: '1' } }) }));
    expect(await failureOf(client.getAll('/users/1'))).toMatchObject({
      code: 'unexpected_response',
    });
  });
});

describe('a long list', () => {
  const everyone = Array.from({ length: 250 }, (_, id) => ({ id: `${id}` }));
  const slice = (url: URL, start = 'offset'): object[] => {
    const offset = Number(url.searchParams.get(start) ?? 0);
    return everyone.slice(offset, offset + Number(url.searchParams.get('limit') ?? 20));
  };

  test('getAll and listAll return the whole of a long list', async () => {
    const sesamy = sesamyDouble({ api: ({ url }) => ({ body: slice(url) }) });
    await expect(clientOf(sesamy).users.listAll()).resolves.toEqual(everyone);
    expect(sesamy.apiRequests).toHaveLength(3);
  });

  test('getAll returns the whole of a list that the server pages by from', async () => {
    const sesamy = sesamyDouble({ api: ({ url }) => ({ body: slice(url, 'from') }) });
    await expect(clientOf(sesamy).bills.listAll({ limit: 50 })).resolves.toEqual(everyone);
  });

  test('pages fetches each page of a long list when it is read', async () => {
    const sesamy = sesamyDouble({
      api: ({ url }) => ({ body: { data: slice(url), pagination: { total: 250 } } }),
    });
    for await (const { items, total } of clientOf(sesamy).users.pages({ limit: 100 })) {
      expect([items.length, total]).toEqual([100, 250]);
      if (sesamy.apiRequests.length === 2) break;
    }
    expect(sesamy.apiRequests).toHaveLength(2);
  });

  test('a long list ends where a server that does not page repeats itself', async () => {
    const sesamy = sesamyDouble({ api: () => ({ body: everyone.slice(0, 100) }) });
    await expect(clientOf(sesamy).getAll('/publishers')).resolves.toHaveLength(100);
    expect(sesamy.apiRequests).toHaveLength(2);
  });
});
