// Names of the subpaths, so that importing them here links and fails with the error below.

/** @deprecated Import it from `@sesamy-kit/server/management`. */
export const ManagementClient: never = throwSubpathError();
/** @deprecated Import it from `@sesamy-kit/server/management`. */
export const ManagementError: never = throwSubpathError();
/** @deprecated Import it from `@sesamy-kit/server/management`. */
export const isManagementError: never = throwSubpathError();
/** @deprecated Import it from `@sesamy-kit/server/verify`. */
export const AccessTokenError: never = throwSubpathError();
/** @deprecated Import it from `@sesamy-kit/server/verify`. */
export const authenticate: never = throwSubpathError();
/** @deprecated Import it from `@sesamy-kit/server/verify`. */
export const bearerToken: never = throwSubpathError();
/** @deprecated Import it from `@sesamy-kit/server/verify`. */
export const createAccessTokenVerifier: never = throwSubpathError();
/** @deprecated Import it from `@sesamy-kit/server/verify`. */
export const isAccessTokenError: never = throwSubpathError();
/** @deprecated Import it from `@sesamy-kit/server/verify`. */
export const refusalOf: never = throwSubpathError();
/** @deprecated Import it from `@sesamy-kit/server/verify`. */
export const refusalResponse: never = throwSubpathError();
/** @deprecated Import it from `@sesamy-kit/server/verify/express`. */
export const accessTokenOf: never = throwSubpathError();
/** @deprecated Import it from `@sesamy-kit/server/verify/hono` or `@sesamy-kit/server/verify/express`. */
export const requireAccessToken: never = throwSubpathError();

function throwSubpathError(): never {
  throw new Error(
    '@sesamy-kit/server has no main entry. Import from one of its subpaths: @sesamy-kit/server/management (the ' +
      'Management API), @sesamy-kit/server/verify (access tokens), @sesamy-kit/server/verify/hono or ' +
      '@sesamy-kit/server/verify/express (middleware).',
  );
}
