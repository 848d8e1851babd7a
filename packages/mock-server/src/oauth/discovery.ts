import type { Endpoint, ServerContext } from '../context.js';
import { STANDARD_CLAIMS } from './claims.js';

/** Claims of ID tokens that are not about the user. */
const TOKEN_CLAIMS = ['sub', 'iss', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'acr', 'sid'];

/** `GET /.well-known/openid-configuration` (OIDC Discovery section 3, RFC 8414 section 2). */
export function discoveryEndpoint(server: ServerContext): Endpoint {
  return (c) => {
    const issuer = server.issuerFor(c.req.url);
    const isEngine = server.options.fidelity === 'engine';
    return c.json(
      {
        issuer: c.get('fault')?.effect.discoveryIssuer ?? issuer,
        authorization_endpoint: `${issuer}authorize`,
        token_endpoint: `${issuer}oauth/token`,
        userinfo_endpoint: `${issuer}userinfo`,
        jwks_uri: `${issuer}.well-known/jwks.json`,
        revocation_endpoint: `${issuer}oauth/revoke`,
        end_session_endpoint: `${issuer}oidc/logout`,
        scopes_supported: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'],
        response_types_supported: ['code'],
        response_modes_supported: ['query', 'fragment', 'form_post'],
        grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: [
          'none',
          'client_secret_basic',
          'client_secret_post',
          ...(isEngine ? ['client_secret_jwt', 'private_key_jwt'] : []),
        ],
        code_challenge_methods_supported: isEngine ? ['S256', 'plain'] : ['S256'],
        claims_supported: [...TOKEN_CLAIMS, ...STANDARD_CLAIMS],
        claims_parameter_supported: true,
        request_parameter_supported: false,
        // Without this, clients may take it for true (OIDC Discovery section 3).
        request_uri_parameter_supported: false,
        ui_locales_supported: ['en', 'it', 'nb', 'sv', 'pl', 'cs', 'fi', 'da'],
        ...(server.options.sendsIssParameter && {
          authorization_response_iss_parameter_supported: true,
        }),
      },
      200,
      { 'cache-control': WELL_KNOWN_CACHE },
    );
  };
}

/** `GET /.well-known/jwks.json` (RFC 7517 section 5). */
export function jwksEndpoint(server: ServerContext): Endpoint {
  return (c) => c.json(server.keys.jwks(), 200, { 'cache-control': WELL_KNOWN_CACHE });
}

const WELL_KNOWN_CACHE = 'public, max-age=300, stale-while-revalidate=600, stale-if-error=86400';
