import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Fidelity, MockServer } from '@sesamy-kit/mock-server';
import { ManagementClient } from '@sesamy-kit/server/management';
import { afterEach, describe, expect, test } from 'vitest';
import { clientSecret, failureOf } from './client-double.js';
import { mockSesamy } from './mock.js';
import { pythonWithRequests, runPython, withoutAuthlib } from './python.js';

const directory = fileURLToPath(new URL('.', import.meta.url));
const wrongAudience = 'https://auth.sesamy.com/api/v2/';
const started: MockServer[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((mock) => mock.close()));
});

async function listening(fidelity: Fidelity = 'documented'): Promise<MockServer> {
  const mock = mockSesamy({ fidelity });
  started.push(mock);
  await mock.listen({ port: 0 });
  return mock;
}

/** What auth0-python sends for `get_token.client_credentials(…)`, to the byte; `requests` serialises JSON like that. */
const snippets: Record<string, (audience: string) => { headers: string[]; body: string }> = {
  // GetToken(domain).client_credentials(client_id, client_secret, audience), as in Sesamy's documentation.
  'auth0-python 3': (audience) => ({
    headers: [
      'User-Agent: Python/3.11.7',
      'Accept-Encoding: gzip, deflate',
      'Accept: */*',
      'Connection: keep-alive',
      'Content-Type: application/json',
      'Auth0-Client: eyJuYW1lIjogImF1dGgwLXB5dGhvbiIsICJ2ZXJzaW9uIjogIjMuMjQuMSIsICJlbnYiOiB7InB5dGhvbiI6ICIzLjExLjcifX0=',
    ],
    body: `{"client_id": "backend", "client_secret": "${clientSecret}", "audience": "${audience}", "grant_type": "client_credentials"}`,
  }),
  // GetToken(domain, client_id, client_secret).client_credentials(audience).
  'auth0-python 4': (audience) => ({
    headers: [
      'User-Agent: Python/3.11.7',
      'Accept-Encoding: gzip, deflate',
      'Accept: */*',
      'Connection: keep-alive',
      'Content-Type: application/json',
      'Auth0-Client: eyJuYW1lIjogImF1dGgwLXB5dGhvbiIsICJ2ZXJzaW9uIjogIjQuOC4wIiwgImVudiI6IHsicHl0aG9uIjogIjMuMTEuNyJ9fQ==',
    ],
    body: `{"client_id": "backend", "audience": "${audience}", "grant_type": "client_credentials", "organization": null, "client_secret": "${clientSecret}"}`,
  }),
};

/** Sends bytes over a socket; resolves with the status and the body of the response. */
function replay(
  mock: MockServer,
  headers: readonly string[],
  body: string,
): Promise<{ status: number; text: string }> {
  const { hostname, port, host } = new URL(mock.issuer);
  const head = [
    'POST /oauth/token HTTP/1.1',
    `Host: ${host}`,
    ...headers.filter((header) => !header.startsWith('Connection')),
    'Connection: close',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return new Promise((resolve, reject) => {
    let received = '';
    connect(Number(port), hostname)
      .on('data', (chunk: Buffer) => (received += chunk.toString()))
      .on('end', () => {
        const [, status = ''] = /^HTTP\/1\.1 (\d+)/.exec(received) ?? [];
        resolve({ status: Number(status), text: received.slice(received.indexOf('\r\n\r\n')) });
      })
      .on('error', reject)
      .end(`${head.join('\r\n')}\r\n\r\n${body}`);
  });
}

describe.each(Object.entries(snippets))(
  'the documented Python snippet, as %s sends it',
  (_, requestOf) => {
    test('the documented Python snippet is rejected with an error that names its audience and the right one', async () => {
      const { headers, body } = requestOf(wrongAudience);
      const { status, text } = await replay(await listening(), headers, body);
      expect(status).toBe(403);
      expect(text).toContain('access_denied');
      expect(text).toContain(wrongAudience);
      expect(text).toContain("audience of Auth0's own API");
      expect(text).toContain('Use https://api.sesamy.com.');
    });

    test('the documented Python snippet gets a token without scopes from the engine, which does not check the audience', async () => {
      const { headers, body } = requestOf(wrongAudience);
      const { status, text } = await replay(await listening('engine'), headers, body);
      expect(status).toBe(200);
      const [, payload = ''] = /"access_token":"[\w-]+\.([\w-]+)\./.exec(text) ?? [];
      expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
        aud: wrongAudience,
        scope: '',
      });
    });

    test.each<Fidelity>(['documented', 'engine'])(
      'the Python snippet gets a token with the documented audience in %s fidelity',
      async (fidelity) => {
        const { headers, body } = requestOf('https://api.sesamy.com');
        const { status, text } = await replay(await listening(fidelity), headers, body);
        expect(status).toBe(200);
        expect(text).toContain('"token_type":"Bearer"');
      },
    );
  },
);

test.each<[Fidelity, string]>([
  ['documented', 'forbidden'],
  ['engine', 'unauthorized'],
])(
  'the Management client with the snippet’s audience names it in its error, in %s fidelity (%s)',
  async (fidelity, code) => {
    const { issuer } = await listening(fidelity);
    const client = new ManagementClient({
      clientId: 'backend',
      clientSecret,
      issuer,
      apiUrl: issuer,
      audience: wrongAudience,
    });
    const error = await failureOf(client.publishers.list());
    expect(error).toMatchObject({ code });
    expect(String(error)).toContain(
      `The audience ${wrongAudience} is that of Auth0's own API: use https://api.sesamy.com.`,
    );
  },
);

const authlibClient = `
import json, os, sys
from authlib.integrations.requests_client import OAuth2Session

issuer = os.environ["SESAMY_ISSUER"]
client = OAuth2Session("backend", os.environ["SESAMY_CLIENT_SECRET"], token_endpoint_auth_method="client_secret_post")
client.fetch_token(f"{issuer}oauth/token", grant_type="client_credentials", audience="https://api.sesamy.com")
response = client.get(f"{issuer}management/v1/publishers")
response.raise_for_status()
print(json.dumps(response.json()))
`;

test.skipIf(pythonWithRequests === undefined)(
  `a Python client with Authlib gets a token and lists publishers (${withoutAuthlib}, and python3-requests)`,
  async () => {
    const mock = await listening();
    const env = { SESAMY_ISSUER: mock.issuer, SESAMY_CLIENT_SECRET: clientSecret };
    const printed = await runPython(authlibClient, { directory, env });
    expect(JSON.parse(printed)).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: expect.any(String) as string })]),
    );
    expect(mock.control.requests.count({ endpoint: 'management' })).toBe(1);
  },
);
