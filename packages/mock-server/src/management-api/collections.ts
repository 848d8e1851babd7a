import { Hono } from 'hono';
import { ApiRefusal } from '../client-api/errors.js';
import type { AppContext, AppEnv, ServerContext } from '../context.js';
import { randomToken } from '../random.js';
import { invalidField, readBody } from './body.js';
import { filtered, listResponse, searched } from './lists.js';
import { readWord } from './query.js';
import {
  type CollectionName,
  findRecord,
  idFieldOf,
  type ManagementRecord,
  putRecord,
  recordsOf,
} from './records.js';

const BILL_STATUSES = [
  'DRAFT',
  'PENDING',
  'PAID',
  'RETRYING',
  'OVERDUE',
  'CANCELED',
  'EXPIRED',
  'DELETED',
  'VOIDED',
];
const PRODUCT_FIELDS = {
  sku: 'text',
  productType: 'text',
  cover: 'text',
  language: 'text',
  publisherContentId: 'text',
} as const;

/** `/publishers` and `/vendors`: two names of one collection; made at the second. */
export function publisherRoutes(server: ServerContext, name: string): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/', (c) => listResponse(server, c, name, all(server, 'publishers')));
  if (name !== 'vendors') return app;
  return app.post('/', async (c) => {
    const shape = {
      required: { id: 'text', name: 'text', website: 'text', country: 'text' },
    } as const;
    const { id, name, website, country } = await readBody(c, shape);
    if (findRecord(server.state.management, 'publishers', String(id))) {
      throw invalidField('id', 'is taken');
    }
    putRecord(server.state.management, 'publishers', { id, name, website, country });
    return c.json({ id, name }, 201);
  });
}

/** `/products` and their fulfillments. */
export function productRoutes(server: ServerContext): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const now = (): string => new Date(server.clock.now()).toISOString();
  app.get('/', (c) => {
    const found = searched(all(server, 'products'), c.req.query('search'));
    return listResponse(server, c, 'products', found);
  });
  app.post('/', async (c) => {
    const body = await readBody(c, { required: { title: 'text' }, optional: PRODUCT_FIELDS });
    const given = body['sku'];
    const sku = typeof given === 'string' ? given : `sid:${randomToken(server.random, 15)}`;
    if (findRecord(server.state.management, 'products', sku)) throw invalidField('sku', 'is taken');
    const defaults = { productType: 'article', cover: '', language: 'en' };
    const product = { ...defaults, ...body, sku, createdAt: now(), updatedAt: now() };
    putRecord(server.state.management, 'products', product);
    return c.json(product, 201);
  });
  app.get('/:sku', (c) => c.json(one(server, 'products', c.req.param('sku'))));
  app.patch('/:sku', async (c) => {
    const before = one(server, 'products', c.req.param('sku'));
    const shape = { optional: { title: 'text', ...PRODUCT_FIELDS } } as const;
    const body = await readBody(c, shape, { isPatch: true });
    const product = { ...before, ...body, sku: before['sku'], updatedAt: now() };
    putRecord(server.state.management, 'products', product);
    return c.json(product);
  });
  app.get('/:sku/fulfillments', (c) => {
    const { sku } = one(server, 'products', c.req.param('sku'));
    const found = all(server, 'fulfillments').filter((fulfillment) => fulfillment['sku'] === sku);
    return listResponse(server, c, 'fulfillments', found);
  });
  return app;
}

/** `/bills`, the one list with `q`, `from` and a closed set of statuses. */
export function billRoutes(server: ServerContext): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/', (c) => {
    readWord(c, 'status', BILL_STATUSES);
    const found = filtered(c, all(server, 'bills'), ['status', 'contractId']);
    return listResponse(server, c, 'bills', searched(found, c.req.query('q')));
  });
  app.get('/:id', (c) => c.json(one(server, 'bills', c.req.param('id'))));
  return app;
}

/** A collection that can only be read, filtered by a few of its fields. */
export function readOnlyRoutes(
  server: ServerContext,
  collection: CollectionName,
  parameters: readonly string[],
): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/', (c) => {
    const found = filtered(c, all(server, collection), parameters);
    return listResponse(server, c, collection, found);
  });
  app.get('/:id', (c) => c.json(one(server, collection, c.req.param('id'))));
  return app;
}

/** `/customers/{id}`: a user as XML, the only response that is not JSON. */
export function customerEndpoint(server: ServerContext): (c: AppContext) => Response {
  return (c) => {
    const id = c.req.param('id') ?? '';
    const user = [...server.state.users.values()].find(({ sub }) => sub === id);
    if (!user) throw notFound();
    const xml = `<customer><id>${escapeXml(user.sub)}</id><email>${escapeXml(user.email)}</email></customer>`;
    return c.body(xml, 200, { 'content-type': 'application/xml; charset=utf-8' });
  };
}

/** A record by its id. @throws ApiRefusal `resource_not_found` */
export function one(
  server: ServerContext,
  collection: CollectionName,
  id: string,
): ManagementRecord {
  const record = findRecord(server.state.management, collection, id);
  if (record) return record;
  throw notFound(idFieldOf(collection));
}

function all(server: ServerContext, collection: CollectionName): readonly ManagementRecord[] {
  return recordsOf(server.state.management, collection);
}

function notFound(field = 'id'): ApiRefusal {
  return new ApiRefusal('resource_not_found', `There is nothing with this ${field}.`);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
