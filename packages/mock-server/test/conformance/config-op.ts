import { expect } from 'vitest';
import type { ConformanceModule } from './module.js';

/** `oidcc-config-certification-test-plan`. */
export const CONFIG_OP: readonly ConformanceModule[] = [
  {
    name: 'oidcc-discovery-endpoint-verification',
    behaviour: 'all that OIDC Discovery section 3 requires; what is not supported is named',
    difference: 'http on localhost, unless started with `--https`',
    run: async (rp) => {
      const response = await rp.request('/.well-known/openid-configuration');
      const metadata = (await response.json()) as Record<string, unknown>;
      expect(metadata).toMatchObject({
        issuer: 'https://token.sesamy.com/',
        scopes_supported: expect.arrayContaining(['openid']) as string[],
        response_types_supported: expect.arrayContaining(['code']) as string[],
        grant_types_supported: expect.arrayContaining(['authorization_code']) as string[],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: expect.arrayContaining(['RS256']) as string[],
        claims_supported: expect.arrayContaining(['sub', 'birthdate']) as string[],
        claims_parameter_supported: true,
        request_parameter_supported: false,
        request_uri_parameter_supported: false,
      });
      for (const name of ['authorization', 'token', 'userinfo', 'end_session', 'revocation']) {
        expect(metadata[`${name}_endpoint`]).toMatch(/^https:\/\/token\.sesamy\.com\//);
      }
      const jwks = await rp.request(String(metadata['jwks_uri']));
      const { keys } = (await jwks.json()) as { keys: Record<string, unknown>[] };
      expect(keys[0]).toMatchObject({ kty: 'RSA', use: 'sig', alg: 'RS256' });
      expect(keys[0]).not.toHaveProperty('d');
    },
  },
];
