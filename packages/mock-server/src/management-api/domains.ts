import { Hono } from 'hono';
import type { AppEnv, ServerContext } from '../context.js';
import { invalidField, readBody } from './body.js';
import { one } from './collections.js';
import { listResponse } from './lists.js';
import { putRecord, recordsOf, removeRecord } from './records.js';

/** `/domains`: the publisher's domains with their signing keys. */
export function domainRoutes(server: ServerContext): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/', (c) =>
    listResponse(server, c, 'domains', recordsOf(server.state.management, 'domains')),
  );
  app.get('/:domain', (c) => c.json(one(server, 'domains', c.req.param('domain'))));
  app.put('/:domain', async (c) => {
    const key = await readBody(c, { optional: { signingKeyPem: 'text', jwksUri: 'text' } });
    if (Object.keys(key).length !== 1) {
      throw invalidField('jwksUri', 'must be given, or signingKeyPem, but not both');
    }
    const domain = { domain: c.req.param('domain'), ...key };
    putRecord(server.state.management, 'domains', domain);
    return c.json(domain);
  });
  app.delete('/:domain', (c) => {
    const { domain } = one(server, 'domains', c.req.param('domain'));
    removeRecord(server.state.management, 'domains', String(domain));
    return c.body(null, 204);
  });
  return app;
}
