import { Hono } from 'hono';
import { ApiRefusal } from '../client-api/errors.js';
import type { AppEnv, ServerContext } from '../context.js';
import { accessListRoutes } from './access-lists.js';
import {
  billRoutes,
  customerEndpoint,
  productRoutes,
  publisherRoutes,
  readOnlyRoutes,
} from './collections.js';
import { domainRoutes } from './domains.js';
import { managementGuard } from './guard.js';
import { userRoutes } from './users.js';

/** Where the Management API is: Sesamy's documentation, its shipping clients, and Auth0's SDKs. */
export const MANAGEMENT_PREFIXES = ['/management/v1', '/management', '/api/v2'] as const;

/** The Management API, the same below each of its prefixes. */
export function managementApi(server: ServerContext): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(managementGuard(server));
  app.route('/publishers', publisherRoutes(server, 'publishers'));
  app.route('/vendors', publisherRoutes(server, 'vendors'));
  app.route('/users', userRoutes(server));
  app.route('/products', productRoutes(server));
  app.route('/bills', billRoutes(server));
  app.route('/entitlements', readOnlyRoutes(server, 'entitlements', ['userId', 'type', 'sku']));
  app.route('/contracts', readOnlyRoutes(server, 'contracts', ['userId', 'status']));
  app.route('/transactions', readOnlyRoutes(server, 'transactions', ['userId', 'type', 'status']));
  app.route('/paywalls', readOnlyRoutes(server, 'paywalls', []));
  app.route('/access-lists', accessListRoutes(server));
  app.route('/domains', domainRoutes(server));
  app.get('/customers/:id', customerEndpoint(server));
  app.all('*', () => {
    throw new ApiRefusal('resource_not_found', 'There is no such resource in the Management API.');
  });
  return app;
}
