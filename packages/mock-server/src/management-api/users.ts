import { Hono } from 'hono';
import { ApiRefusal } from '../client-api/errors.js';
import type { AppContext, AppEnv, ServerContext } from '../context.js';
import { randomToken } from '../random.js';
import { findUser } from '../state.js';
import { createUser, type User } from '../users.js';
import { invalidField, readBody } from './body.js';
import { listResponse, searched } from './lists.js';
import type { ManagementRecord } from './records.js';

const FIELDS = { name: 'text', firstName: 'text', lastName: 'text', locale: 'text' } as const;

/** `/users`: those who can log in at this server. */
export function userRoutes(server: ServerContext): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const put = (user: User): User => {
    server.state.users.set(user.id, user);
    return user;
  };
  const change = (user: User, changes: Partial<User>): User =>
    put({ ...user, ...changes, updatedAt: server.clock.now() });

  app.get('/', (c) => {
    const users = [...server.state.users.values()].map(userRecord);
    return listResponse(server, c, 'users', searched(users, c.req.query('search')));
  });
  app.post('/', async (c) => {
    const body = await readBody(c, { required: { email: 'email' }, optional: FIELDS });
    refuseTakenEmail(server, body);
    const id = `usr_${randomToken(server.random, 9)}`;
    const user = put(createUser({ ...body, id }, server.clock.now()));
    return c.json(userRecord(user), 201);
  });
  app.get('/:userId', (c) => c.json(userRecord(userOf(server, c))));
  app.patch('/:userId', async (c) => {
    const user = userOf(server, c);
    const shape = { optional: { email: 'email', ...FIELDS } } as const;
    const body = await readBody(c, shape, { isPatch: true });
    refuseTakenEmail(server, body, user);
    return c.json(userRecord(change(user, body)));
  });
  app.delete('/:userId', (c) => {
    server.state.users.delete(userOf(server, c).id);
    return c.body(null, 204);
  });
  app.post('/:userId/set-password', async (c) => {
    userOf(server, c);
    await readBody(c, { required: { password: 'text' } });
    return c.body(null, 204);
  });
  app.post('/:userId/change-login-identifier', async (c) => {
    const user = userOf(server, c);
    const body = await readBody(c, { required: { email: 'email' } });
    refuseTakenEmail(server, body, user);
    change(user, { email: String(body['email']), emailVerified: false });
    return c.body(null, 204);
  });
  app.put('/:userId/user_metadata/:key', async (c) => {
    const user = userOf(server, c);
    const value = (await c.req.text()).slice(0, 500);
    change(user, { user_metadata: { ...user.user_metadata, [c.req.param('key')]: value } });
    return c.body(null, 204);
  });
  app.delete('/:userId/user_metadata/:key', (c) => {
    const user = userOf(server, c);
    const { [c.req.param('key')]: _, ...rest } = user.user_metadata ?? {};
    change(user, { user_metadata: rest });
    return c.body(null, 204);
  });
  return app;
}

function userRecord({ sub, email, name, createdAt, updatedAt }: User): ManagementRecord {
  return {
    id: sub,
    email,
    name,
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
  };
}

function userOf(server: ServerContext, c: AppContext): User {
  const user = findUser(server.state, c.req.param('userId') ?? '');
  if (user) return user;
  throw new ApiRefusal('resource_not_found', 'There is no such user.');
}

function refuseTakenEmail(server: ServerContext, body: ManagementRecord, self?: User): void {
  const { email } = body;
  if (typeof email !== 'string') return;
  const owner = findUser(server.state, email);
  if (owner && owner.id !== self?.id) throw invalidField('email', 'belongs to another user');
}
