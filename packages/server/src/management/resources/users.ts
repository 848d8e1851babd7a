import type { CallOptions, ManagementApi } from '../api.js';
import { pathOf } from '../path.js';
import { listResource } from './list.js';
import type { ListResource } from './list.js';

/** A user with an account. */
export interface User {
  id: string;
  email?: string;
  name?: string;
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601. */
  updatedAt: string;
}

/** Filters for users. */
export type UserQuery = { limit?: number; offset?: number; search?: string };

/** The properties of a user. */
export interface UserChange {
  email?: string;
  name?: string;
  [property: string]: unknown;
}

/** The users of the publisher. */
export interface UsersResource extends ListResource<User, UserQuery> {
  get(userId: string, options?: CallOptions): Promise<User>;
  create(user: UserChange & { email: string }, options?: CallOptions): Promise<User>;
  update(userId: string, change: UserChange, options?: CallOptions): Promise<User>;
  delete(userId: string, options?: CallOptions): Promise<void>;
  setPassword(userId: string, password: string, options?: CallOptions): Promise<void>;
  changeLoginIdentifier(userId: string, email: string, options?: CallOptions): Promise<void>;
  setMetadata(userId: string, key: string, value: string, options?: CallOptions): Promise<void>;
  deleteMetadata(userId: string, key: string, options?: CallOptions): Promise<void>;
}

/** `/users` and its subresources. */
export function users(api: ManagementApi): UsersResource {
  return {
    ...listResource<User, UserQuery>(api, '/users'),
    get: async (userId, options) => api.get(pathOf`/users/${userId}`, options),
    create: (user, options) => api.post('/users', user, options),
    update: async (userId, change, options) => api.patch(pathOf`/users/${userId}`, change, options),
    delete: async (userId, options) => api.delete(pathOf`/users/${userId}`, options),
    setPassword: async (userId, password, options) =>
      api.post(pathOf`/users/${userId}/set-password`, { password }, options),
    changeLoginIdentifier: async (userId, email, options) =>
      api.post(pathOf`/users/${userId}/change-login-identifier`, { email }, options),
    setMetadata: async (userId, key, value, options) =>
      api.put(pathOf`/users/${userId}/user_metadata/${key}`, value, options),
    deleteMetadata: async (userId, key, options) =>
      api.delete(pathOf`/users/${userId}/user_metadata/${key}`, options),
  };
}
