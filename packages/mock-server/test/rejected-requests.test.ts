import { expect, test } from 'vitest';
import { createWorld } from './support/world.js';

async function descriptionOf(response: Response): Promise<unknown> {
  const { error_description }: { error_description?: unknown } = await response.json();
  return error_description;
}

test('the error for an unknown client lists the registered clients', async () => {
  const { authorize } = createWorld({ clients: [{ clientId: 'web' }, { clientId: 'backend' }] });
  const response = await authorize({ client_id: 'wbe' });
  expect(await descriptionOf(response)).toBe(
    'Client not found: wbe. This server has web, backend. Use one of these, or add the client to the configuration.',
  );
});

test('the token endpoint describes an unknown client in the characters allowed in error_description', async () => {
  const { token } = createWorld({ clients: [{ clientId: 'web' }] });
  const response = await token({ client_id: 'a"\\å', grant_type: 'refresh_token' });
  expect(await descriptionOf(response)).toContain('Client not found: a???. This server has web.');
});

test('the error for an unregistered redirect URI names the flag that registers it', async () => {
  const { authorize } = createWorld();
  const response = await authorize({ redirect_uri: 'http://localhost:9999/' });
  expect(await descriptionOf(response)).toMatch(
    /"http:\/\/localhost:9999\/" is not registered .* --callback; registered: https:\/\/app\.example\.com/,
  );
});
