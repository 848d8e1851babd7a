import type { MockServer } from '@sesamy-kit/mock-server';

/** The access token of a user of `publisher-web`, as the page would send it. */
export async function userToken(
  mock: MockServer,
  user: string,
  params: Readonly<Record<string, string>> = {},
): Promise<string> {
  const authorizationUrl = new URL('authorize', mock.issuer);
  authorizationUrl.search = new URLSearchParams({
    client_id: 'publisher-web',
    redirect_uri: 'https://app.example.com/',
    response_type: 'code',
    scope: 'openid profile email',
    state: 'state',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...params,
  }).toString();
  const callback = new URL(await mock.control.signIn({ authorizationUrl, user }));
  const request = new Request(new URL('oauth/token', mock.issuer), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'publisher-web',
      redirect_uri: 'https://app.example.com/',
      code: callback.searchParams.get('code') ?? '',
      code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    }),
  });
  const { access_token } = (await (await mock.fetch(request)).json()) as { access_token: string };
  return access_token;
}
