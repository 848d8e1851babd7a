// What people look for here, so that the import links and the error below is what they see.

/** @deprecated Import it from `@sesamy-kit/server/management`. */
export const ManagementClient: never = refuse();
/** @deprecated Import it from `@sesamy-kit/server/management`. */
export const ManagementError: never = refuse();
/** @deprecated Import it from `@sesamy-kit/server/management`. */
export const isManagementError: never = refuse();
/** @deprecated Import it from `@sesamy-kit/server/verify`. */
export const AccessTokenError: never = refuse();
/** @deprecated Import it from `@sesamy-kit/server/verify`. */
export const authenticate: never = refuse();
/** @deprecated Import it from `@sesamy-kit/server/verify`. */
export const bearerToken: never = refuse();
/** @deprecated Import it from `@sesamy-kit/server/verify`. */
export const createAccessTokenVerifier: never = refuse();
/** @deprecated Import it from `@sesamy-kit/server/verify`. */
export const isAccessTokenError: never = refuse();
/** @deprecated Import it from `@sesamy-kit/server/verify`. */
export const refusalOf: never = refuse();
/** @deprecated Import it from `@sesamy-kit/server/verify`. */
export const refusalResponse: never = refuse();
/** @deprecated Import it from `@sesamy-kit/server/verify/express`. */
export const accessTokenOf: never = refuse();
/** @deprecated Import it from `@sesamy-kit/server/verify/hono` or `@sesamy-kit/server/verify/express`. */
export const requireAccessToken: never = refuse();

function refuse(): never {
  throw new Error(
    '@sesamy-kit/server has no main entry. Import from one of its subpaths: @sesamy-kit/server/management (the ' +
      'Management API), @sesamy-kit/server/verify (access tokens), @sesamy-kit/server/verify/hono or ' +
      '@sesamy-kit/server/verify/express (middleware).',
  );
}
