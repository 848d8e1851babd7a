import { afterEach, describe, expect, test } from 'vitest';
import { createMockServer, type MockServer } from '../src/index.js';
import { createRemoteControl, type RemoteControl } from '../src/remote.js';

const open: MockServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(): Promise<{ url: string; control: RemoteControl }> {
  const server = createMockServer({
    hasControlPlane: true,
    onWarning: () => undefined,
    clients: [{ clientId: 'backend', type: 'management', clientSecret: 'hush' }],
  });
  open.push(server);
  const { url } = await server.listen();
  return { url, control: createRemoteControl(url) };
}

async function read(url: string, path: string): Promise<{ status: number; body: unknown }> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'backend',
    client_secret: 'hush',
  });
  const granted = await fetch(`${url}oauth/token`, { method: 'POST', body });
  const { access_token } = (await granted.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}` };
  const response = await fetch(`${url}management/v1/${path}`, { headers });
  return { status: response.status, body: await response.json() };
}

describe('from another process', () => {
  test('records can be added and listed from another process', async () => {
    const { url, control } = await start();
    await control.management.put('publishers', { id: 'acme', name: 'Acme' });
    expect(await control.management.list('publishers')).toHaveLength(3);
    await control.management.answerListsAs('data');
    expect((await read(url, 'publishers?limit=1')).body).toMatchObject({
      pagination: { total: 3 },
    });
  });

  test('a resource can be taken out of the plan from another process', async () => {
    const { url, control } = await start();
    await control.management.excludeFromPlan('bills');
    expect((await read(url, 'bills')).status).toBe(403);
    await control.management.excludeFromPlan();
    expect((await read(url, 'bills')).status).toBe(200);
  });

  test('a rate limit can be used up from another process', async () => {
    const { url, control } = await start();
    await control.management.exhaustRateLimit('backend');
    expect((await read(url, 'bills')).status).toBe(429);
  });

  test('a record without an id is rejected by name', async () => {
    const { control } = await start();
    await expect(control.management.put('products', { title: 'Almanac' })).rejects.toThrow(
      'A record of products needs a text named sku.',
    );
  });
});
