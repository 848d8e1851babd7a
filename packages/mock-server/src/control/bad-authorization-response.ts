import type { AuthorizationResponseFault } from './fault-names.js';

type Params = Readonly<Record<string, string>>;

/** The parameters of an authorization response, with one error and everything else correct. */
export function badAuthorizationResponse(
  params: Params,
  fault: AuthorizationResponseFault,
): Params {
  return FAULTS[fault](params);
}

const without =
  (name: string) =>
  (params: Params): Params =>
    Object.fromEntries(Object.entries(params).filter(([key]) => key !== name));

const FAULTS: Readonly<Record<AuthorizationResponseFault, (params: Params) => Params>> = {
  'state-missing': without('state'),
  'state-other': (params) => ({ ...params, state: 'a-state-that-was-never-sent' }),
  'iss-missing': without('iss'),
  'iss-other': (params) => ({ ...params, iss: 'https://issuer.invalid/' }),
  'code-missing': without('code'),
};
