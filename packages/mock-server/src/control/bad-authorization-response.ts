import type { AuthorizationResponseFault } from './fault-names.js';

type Params = Readonly<Record<string, string>>;

/** The parameters of an authorization response, wrong in one way and right in all others. */
export function badAuthorizationResponse(
  params: Params,
  fault: AuthorizationResponseFault,
): Params {
  return WAYS[fault](params);
}

const without =
  (name: string) =>
  (params: Params): Params =>
    Object.fromEntries(Object.entries(params).filter(([key]) => key !== name));

const WAYS: Readonly<Record<AuthorizationResponseFault, (params: Params) => Params>> = {
  'state-missing': without('state'),
  'state-other': (params) => ({ ...params, state: 'a-state-that-nobody-sent' }),
  'iss-missing': without('iss'),
  'iss-other': (params) => ({ ...params, iss: 'https://issuer.invalid/' }),
  'code-missing': without('code'),
};
