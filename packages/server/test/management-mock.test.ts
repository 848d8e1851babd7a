import { inspect } from 'node:util';
import type { Fidelity } from '@sesamy-kit/mock-server';
import { ManagementClient } from '@sesamy-kit/server/management';
import { ManagementClient as Auth0ManagementClient } from 'auth0';
import { describe, expect, test, vi } from 'vitest';
import { clientSecret, failureOf } from './client-double.js';
import { clientOfMock, countsOf, fetchOf, mockSesamy } from './mock.js';

test('the documentation’s snippet lists the publishers', async () => {
  vi.stubEnv('SESAMY_CLIENT_ID', 'backend');
  vi.stubEnv('SESAMY_CLIENT_SECRET', clientSecret);
  vi.stubGlobal('fetch', fetchOf(mockSesamy({ issuer: 'https://auth.sesamy.com/' })));
  const { publishers } = await import('./documented-snippet.js');
  expect(publishers).toMatchObject([
    { id: 'publisher', name: 'The Daily Sample' },
    { id: 'evening-sample' },
  ]);
});

test('Auth0’s SDK, unmodified, gets a token and calls the mock', async () => {
  const mock = mockSesamy();
  vi.stubGlobal('fetch', fetchOf(mock));
  const auth0 = new Auth0ManagementClient({
    domain: 'auth.sesamy.com',
    clientId: 'backend',
    clientSecret,
    audience: 'https://api.sesamy.com',
  });
  const users = await auth0.users.list();
  expect(users.data).toMatchObject([{ email: 'ada@example.com' }, {}, {}]);
  const response = await auth0.fetch('https://api.sesamy.com/management/v1/publishers');
  expect(await response.json()).toHaveLength(2);
  expect(countsOf(mock).token).toBe(1);
});

test('the audience of Sesamy’s Python snippet is rejected with an explanation', async () => {
  const error = await failureOf(
    clientOfMock(mockSesamy(), { audience: 'https://auth.sesamy.com/api/v2/' }).publishers.list(),
  );
  expect(error).toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('Use https://api.sesamy.com') as string,
  });
});

describe('a client of the mock', () => {
  test('the client sends one token request for 1,000 concurrent cold calls', async () => {
    const mock = mockSesamy();
    const client = clientOfMock(mock, { maxRetries: 0, maxRetryDelayMs: 0 });
    const calls = await Promise.allSettled(
      Array.from({ length: 1000 }, () => client.publishers.list()),
    );
    expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(200);
    expect(countsOf(mock).token).toBe(1);
  });

  test('the client reads, writes and pages every kind of list', async () => {
    const mock = mockSesamy();
    const client = clientOfMock(mock);
    await client.users.create({ email: 'mary@example.com', name: 'Mary' });
    for (const form of ['bare', 'data', 'named'] as const) {
      mock.control.management.answerListsAs(form);
      await expect(client.users.listAll({ limit: 2 })).resolves.toHaveLength(4);
      await expect(client.bills.listAll({ limit: 1 })).resolves.toHaveLength(2);
    }
    await client.users.setMetadata('email|ada', 'letter', 'daily');
    expect(mock.control.users.get('ada').user_metadata).toEqual({ letter: 'daily' });
    const list = await client.accessLists.create({
      name: 'Schools',
      type: 'MANUAL',
      status: 'DRAFT',
    });
    const grant = {
      email: 'ada@example.com',
      sku: 'sid:digital',
      poId: 'po_1',
      status: 'ACTIVE',
    } as const;
    const { id } = await client.accessLists.grants.create(list.id, grant);
    await client.accessLists.grants.delete(list.id, id);
    await expect(client.accessLists.grants.list(list.id)).resolves.toEqual([]);
    await expect(client.get('/customers/email%7Cada')).resolves.toContain('<customer>');
  });

  test('the client finds the API under all of Sesamy’s host names', async () => {
    const mock = mockSesamy();
    for (const apiUrl of ['https://api.sesamy.com', 'https://api2.sesamy.com/management']) {
      await expect(clientOfMock(mock, { apiUrl }).publishers.list()).resolves.toHaveLength(2);
    }
  });

  test('the client gets a new token when the old one has expired or is rejected early', async () => {
    const mock = mockSesamy();
    const client = clientOfMock(mock);
    await client.publishers.list();
    mock.control.keys.rotate({ removeOld: true });
    await expect(client.publishers.list()).resolves.toHaveLength(2);
    expect(countsOf(mock)).toEqual({ token: 2, management: 3 });
  });

  test('the client’s error names the rejected field', async () => {
    const error = await failureOf(clientOfMock(mockSesamy()).users.create({ email: 'nobody' }));
    expect(error).toMatchObject({
      code: 'validation',
      status: 400,
      requestId: expect.stringMatching(/^req_/) as string,
      details: [{ field: 'email' }],
    });
  });

  test('the client’s error names what the plan does not include', async () => {
    const mock = mockSesamy();
    mock.control.management.excludeFromPlan('bills');
    expect(await failureOf(clientOfMock(mock).bills.list())).toMatchObject({
      code: 'forbidden',
      message: expect.stringMatching(/part of your plan.*does not include bills/) as string,
    });
  });

  test('the client retries past a planned failure', async () => {
    const mock = mockSesamy();
    mock.control.faults.add({
      endpoint: 'management',
      status: 503,
      headers: { 'retry-after': '0' },
      times: 2,
    });
    mock.control.faults.add({ endpoint: 'token', reset: true });
    await expect(clientOfMock(mock).publishers.list()).resolves.toHaveLength(2);
    expect(countsOf(mock)).toEqual({ token: 2, management: 3 });
  });

  test('the client’s error has the end of the rate limit', async () => {
    const mock = mockSesamy();
    mock.control.clock.freeze();
    mock.control.management.exhaustRateLimit('backend');
    const error = await failureOf(clientOfMock(mock, { maxRetryDelayMs: 1000 }).publishers.list());
    expect(error).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 60 });
  });
});

describe.each<Fidelity>(['documented', 'engine'])(
  'in the fidelity %s, bad credentials',
  (fidelity) => {
    test.each<[string, Record<string, string>]>([
      ['of a wrong secret', { clientSecret: 'wrong-secret-value' }],
      ['of an unknown client', { clientId: 'nobody' }],
    ])(
      'bad credentials in %s fidelity: %s are invalid_client, with advice',
      async (_, credentials) => {
        const error = await failureOf(
          clientOfMock(mockSesamy({ fidelity }), credentials).publishers.list(),
        );
        expect(error).toMatchObject({
          code: 'invalid_client',
          message: expect.stringMatching(/dashboard/) as string,
        });
        expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toMatch(
          /wrong-secret-value|s3cr3t/,
        );
      },
    );

    test('credentials in %s fidelity are rejected after a revocation and accepted after a new secret', async () => {
      const mock = mockSesamy({ fidelity });
      mock.control.clients.disable('backend');
      expect(await failureOf(clientOfMock(mock).publishers.list())).toMatchObject({
        code: 'invalid_client',
      });
      mock.control.clients.enable('backend');
      const fresh = mock.control.clients.rotateSecret('backend');
      expect(await failureOf(clientOfMock(mock).publishers.list())).toMatchObject({
        code: 'invalid_client',
      });
      await expect(
        clientOfMock(mock, { clientSecret: fresh }).publishers.list(),
      ).resolves.toHaveLength(2);
    });
  },
);

test('the client works with ports and sockets as with a handler', async () => {
  const mock = mockSesamy();
  const { url } = await mock.listen({ port: 0 });
  try {
    const client = new ManagementClient({
      clientId: 'backend',
      clientSecret,
      issuer: url,
      apiUrl: url,
    });
    await expect(client.publishers.list()).resolves.toHaveLength(2);
  } finally {
    await mock.close();
  }
});
