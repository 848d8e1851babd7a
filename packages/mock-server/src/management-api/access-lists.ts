import { Hono } from 'hono';
import type { AppContext, AppEnv, ServerContext } from '../context.js';
import { randomToken } from '../random.js';
import { type BodyShape, readBody } from './body.js';
import { one } from './collections.js';
import { listResponse } from './lists.js';
import { type ManagementRecord, putRecord, recordsOf, removeRecord } from './records.js';
import { ApiRefusal } from '../client-api/errors.js';

const LIST_SHAPE: BodyShape = {
  required: {
    name: 'text',
    type: [
      'CSV_FILE_OLD',
      'CSV_FILE',
      'CSV_TRANSACTIONS',
      'CLAIMED',
      'MANUAL',
      'HOOK',
      'BASIC_API',
    ],
    status: ['DRAFT', 'ACTIVE', 'CANCELED'],
  },
  optional: { id: 'text', description: 'text', excludeFromStats: 'boolean' },
};

const GRANT_SHAPE: BodyShape = {
  required: {
    email: 'email',
    sku: 'text',
    poId: 'text',
    status: ['ACTIVE', 'INACTIVE', 'CANCELED'],
  },
  optional: {
    source: 'text',
    userId: 'text',
    publisherUserId: 'text',
    startsAt: 'text',
    endsAt: 'text',
    firstName: 'text',
    lastName: 'text',
    phone: 'text',
    publisherPurchaseId: 'text',
    notes: 'text',
    deliveryAddress: 'any',
    billingAddress: 'any',
    extraFields: 'any',
    excludeFromStats: 'boolean',
  },
};

/** `/access-lists` and the grants of each. */
export function accessListRoutes(server: ServerContext): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const listOf = (c: AppContext): ManagementRecord =>
    one(server, 'access-lists', c.req.param('listId') ?? '');
  const putList = (c: AppContext, record: ManagementRecord, status: 200 | 201 = 200): Response => {
    putRecord(server.state.management, 'access-lists', record);
    return c.json(record, status);
  };

  app.get('/', (c) =>
    listResponse(server, c, 'accessLists', recordsOf(server.state.management, 'access-lists')),
  );
  app.post('/', async (c) => {
    const body = await readBody(c, LIST_SHAPE);
    return putList(c, { ...body, id: `src_${randomToken(server.random, 9)}` }, 201);
  });
  app.get('/:listId', (c) => c.json(listOf(c)));
  app.put('/:listId', async (c) => {
    const { id } = listOf(c);
    return putList(c, { ...(await readBody(c, LIST_SHAPE)), id });
  });
  app.patch('/:listId', async (c) => {
    const before = listOf(c);
    const body = await readBody(c, LIST_SHAPE, { isPatch: true });
    return putList(c, { ...before, ...body, id: before['id'] });
  });
  app.route('/:listId/grants', grantRoutes(server, listOf));
  return app;
}

function grantRoutes(
  server: ServerContext,
  listOf: (c: AppContext) => ManagementRecord,
): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const grantsOf = (c: AppContext): ManagementRecord[] => {
    const { id } = listOf(c);
    return recordsOf(server.state.management, 'grants').filter((grant) => grant['source'] === id);
  };
  const grantOf = (c: AppContext): ManagementRecord => {
    const grant = grantsOf(c).find(({ id }) => id === c.req.param('grantId'));
    if (grant) return grant;
    throw new ApiRefusal('resource_not_found', 'There is no such grant in this list.');
  };

  app.get('/', (c) => listResponse(server, c, 'grants', grantsOf(c)));
  app.post('/', async (c) => {
    const { id: source } = listOf(c);
    const body = await readBody(c, GRANT_SHAPE);
    const grant = { ...body, source, id: `grant_${randomToken(server.random, 9)}` };
    putRecord(server.state.management, 'grants', grant);
    return c.json(grant, 201);
  });
  app.get('/:grantId', (c) => c.json(grantOf(c)));
  app.put('/:grantId', async (c) => {
    const before = grantOf(c);
    const body = await readBody(c, GRANT_SHAPE, { isPatch: true });
    const grant = { ...before, ...body, id: before['id'], source: before['source'] };
    putRecord(server.state.management, 'grants', grant);
    return c.json(grant);
  });
  app.delete('/:grantId', (c) => {
    removeRecord(server.state.management, 'grants', String(grantOf(c)['id']));
    return c.body(null, 204);
  });
  return app;
}
