// The least that signs: one file on node:http that checks PKCE, keeps codes and signs two RS256 tokens. Checks nothing else.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer } from 'node:http';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const header = encode({ alg: 'RS256', typ: 'JWT', kid: 'key' });
const codes = new Map();

// The claims of the mock's tokens, so that both sign the same.
const ACCESS_TOKEN = {
  aud: 'https://api.sesamy.com',
  scope: 'openid profile email',
  tenant_id: 'publisher',
  vendor_id: 'publisher',
  azp: 'bench',
  email: 'ada@example.com',
  email_verified: true,
  permissions: ['publishers:read'],
};
const ADA = {
  name: 'Ada Lovelace',
  given_name: 'Ada',
  family_name: 'Lovelace',
  nickname: 'ada',
  picture: 'http://127.0.0.1/avatars/ada.svg',
  locale: 'en-GB',
  updated_at: 1705311000,
  email: 'ada@example.com',
  email_verified: true,
};

/** Starts the server; returns its issuer and the cookie of a browser that is signed in. */
export async function start() {
  const server = createServer(respond);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { issuer: `http://127.0.0.1:${server.address().port}/`, cookie: 'session=1' };
}

function respond(request, response) {
  const url = new URL(request.url, `http://${request.headers.host}`);
  if (url.pathname === '/authorize') {
    authorize(url, response);
    return;
  }
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => token(new URLSearchParams(body), `${url.origin}/`, response));
}

function authorize({ searchParams }, response) {
  const code = randomBytes(24).toString('base64url');
  codes.set(code, {
    challenge: searchParams.get('code_challenge'),
    nonce: searchParams.get('nonce'),
    clientId: searchParams.get('client_id'),
  });
  const location = new URL(searchParams.get('redirect_uri'));
  location.searchParams.set('code', code);
  location.searchParams.set('state', searchParams.get('state'));
  response.writeHead(302, { location: location.href }).end();
}

function token(params, iss, response) {
  const code = codes.get(params.get('code'));
  codes.delete(params.get('code'));
  const challenge = createHash('sha256').update(params.get('code_verifier')).digest('base64url');
  if (code?.challenge !== challenge) {
    response
      .writeHead(400, { 'content-type': 'application/json' })
      .end('{"error":"invalid_grant"}');
    return;
  }
  const iat = Math.floor(Date.now() / 1000);
  const common = { iss, sub: 'email|ada', sid: 'session', iat, exp: iat + 3600 };
  const body = {
    access_token: jwt({ ...common, ...ACCESS_TOKEN }),
    id_token: jwt({ ...common, aud: code.clientId, nonce: code.nonce, auth_time: iat, ...ADA }),
    token_type: 'Bearer',
    expires_in: 3600,
  };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function jwt(claims) {
  const input = `${header}.${encode(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
}

function encode(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
