import type { Endpoint, ServerContext } from '../context.js';
import { pictureOf } from '../oauth/claims.js';
import { displayName, type User } from '../users.js';
import { apiUser } from './access.js';
import { parseProfilePatch } from './profile-patch.js';

/** `GET /client/v1/profile` and `GET /profile`: the user's profile, as a bare object. */
export function getProfileEndpoint(server: ServerContext): Endpoint {
  return async (c) => {
    const user = await apiUser(server, c);
    return c.json(profileOf(user, server.issuer), 200, { 'cache-control': 'no-store' });
  };
}

/** `PATCH /client/v1/profile` and `PATCH /profile`: changes the given fields, responds with the whole. */
export function patchProfileEndpoint(server: ServerContext): Endpoint {
  return async (c) => {
    const user = await apiUser(server, c);
    const patch = parseProfilePatch(await c.req.text());
    const merged = { ...user, ...patch, updatedAt: server.clock.now() };
    const changed: User = { ...merged, name: patch.name ?? displayName(merged) ?? merged.name };
    server.state.users.set(user.id, changed);
    return c.json(profileOf(changed, server.issuer), 200, { 'cache-control': 'no-store' });
  };
}

/** The profile as it goes over the wire. */
export function profileOf(user: User, issuer: string): Record<string, unknown> {
  const {
    id,
    sub,
    createdAt,
    updatedAt,
    organizations: _,
    permissions: __,
    isBlocked: ___,
    standardClaims: ____,
    ...fields
  } = user;
  return {
    ...fields,
    userId: sub,
    sub,
    nickname: user.nickname ?? user.firstName?.toLowerCase() ?? id,
    picture: pictureOf(user, issuer),
    given_name: user.firstName,
    family_name: user.lastName,
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
  };
}
