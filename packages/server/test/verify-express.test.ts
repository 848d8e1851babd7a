import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAccessTokenVerifier } from '@sesamy-kit/server/verify';
import type { AccessTokenVerifier } from '@sesamy-kit/server/verify';
import { accessTokenOf, requireAccessToken } from '@sesamy-kit/server/verify/express';
import type { NodeMiddleware } from '@sesamy-kit/server/verify/express';
import express5 from 'express';
import express4 from 'express4';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { issuer, tokenIssuer } from './token-issuer.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A server with `first`, our middleware and `handler`, in that order. `onError` is the end of `next(error)`. */
type Build = (
  parts: { guard: NodeMiddleware; first?: Handler; handler?: Handler },
  onError: (error: unknown) => void,
) => RequestListener;

const ok: Handler = (_, response) => void response.end('let in');

const withExpress =
  (express: typeof express5): Build =>
  ({ guard, first, handler = ok }, onError) => {
    const app = express();
    app.use((request, response, next) => {
      first?.(request, response);
      next();
    });
    app.use(guard);
    app.get('/', (request, response) => void handler(request, response));
    app.use(((error, _request, response, next) => {
      onError(error);
      if (response.headersSent) next(error);
      else response.status(500).end('error handler');
    }) satisfies express5.ErrorRequestHandler);
    return app;
  };

const bare: Build =
  ({ guard, first, handler = ok }, onError) =>
  (request, response) => {
    first?.(request, response);
    void guard(request, response, (error?: unknown) => {
      if (error === undefined) return handler(request, response);
      onError(error);
      response.statusCode = 500;
      return response.end('error handler');
    });
  };

const bareWithoutErrors: Build =
  ({ guard, first, handler = ok }) =>
  (request, response) => {
    first?.(request, response);
    void guard(request, response, () => handler(request, response));
  };

let servers: Server[];
let unhandled: unknown[];
let errors: unknown[];

const remember = (reason: unknown): void => void unhandled.push(reason);

beforeEach(() => {
  servers = [];
  unhandled = [];
  errors = [];
  process.on('unhandledRejection', remember);
});

afterEach(async () => {
  // Rejections are reported after the microtasks of the turn in which they happened.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', remember);
  for (const server of servers) server.close();
  expect(unhandled).toEqual([]);
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/`;
}

const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });

/** An issuer whose keys arrive when the test releases them. */
function slowIssuer(keys: () => Response): {
  fetch: typeof globalThis.fetch;
  pending: Promise<void>;
  respond: () => void;
} {
  let respond = (): void => undefined;
  let onRequest = (): void => undefined;
  const pending = new Promise<void>((resolve) => (onRequest = resolve));
  const response = new Promise<Response>((resolve) => (respond = () => resolve(keys())));
  return {
    fetch: () => {
      onRequest();
      return response;
    },
    pending,
    respond: () => respond(),
  };
}

describe.each<[string, Build]>([
  ['Express 4', withExpress(express4)],
  ['Express 5', withExpress(express5)],
  ['node:http', bare],
  ['node:http without error handling', bareWithoutErrors],
])('middleware behind %s', (name, build) => {
  const build2 = (parts: Parameters<Build>[0]): RequestListener =>
    build(parts, (error) => void errors.push(error));

  test.each<[string, boolean]>([
    ['a good token', true],
    ['a made-up token', false],
  ])('a response sent by a time-out is not touched, with %s', async (_, isGood) => {
    const sesamy = await tokenIssuer();
    const slow = slowIssuer(() => Response.json({ keys: [sesamy.publicKey()] }));
    const verifier = createAccessTokenVerifier({
      publisherId: 'tidewaiter',
      issuer,
      fetch: slow.fetch,
    });
    let done = (): void => undefined;
    const guarded = new Promise<void>((resolve) => (done = resolve));
    const guard = requireAccessToken(verifier);
    let letIn = 0;
    const url = await listen(
      build2({
        first: (_request, response) => {
          void slow.pending.then(() => response.writeHead(503).end('time-out'));
        },
        guard: (...args) => guard(...args).finally(done),
        handler: (request, response) => {
          letIn += 1;
          return ok(request, response);
        },
      }),
    );
    const token = isGood ? await sesamy.issue() : await sesamy.issue({}, { kid: 'made-up' });
    const response = await fetch(url, bearer(token));
    expect(response.status).toBe(503);
    expect(await response.text()).toBe('time-out');
    slow.respond();
    await guarded;
    expect(letIn).toBe(0);
    expect(errors).toEqual([]);
  });

  test('a connection closed by the caller is not touched', async () => {
    const sesamy = await tokenIssuer();
    const slow = slowIssuer(() => new Response('down', { status: 500 }));
    const verifier = createAccessTokenVerifier({
      publisherId: 'tidewaiter',
      issuer,
      fetch: slow.fetch,
    });
    let done = (): void => undefined;
    const guarded = new Promise<void>((resolve) => (done = resolve));
    let closed = Promise.resolve();
    const guard = requireAccessToken(verifier);
    const url = await listen(
      build2({
        first: (_request, response) => {
          closed = new Promise((resolve) => response.once('close', () => resolve()));
        },
        guard: (...args) => guard(...args).finally(done),
      }),
    );
    const call = httpRequest(url, {
      headers: { authorization: `Bearer ${await sesamy.issue()}` },
    });
    call.on('error', () => undefined).end();
    await slow.pending;
    call.destroy();
    await closed;
    slow.respond();
    await guarded;
    expect(errors).toEqual([]);
  });

  test('an error that is not about the request goes to next(error), and the request is not accepted', async () => {
    const broken: AccessTokenVerifier = {
      verify: () => Promise.reject(new RangeError('a bug')),
    };
    let letIn = 0;
    const url = await listen(
      build2({ guard: requireAccessToken(broken), handler: () => (letIn += 1) }),
    );
    const response = await fetch(url, bearer('a.b.c'));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('a bug');
    expect(letIn).toBe(0);
    if (name !== 'node:http without error handling') {
      expect(errors).toEqual([expect.objectContaining({ message: 'a bug' })]);
    }
  });

  test('a requirement whose claim the token lacks is a server error, not a login challenge', async () => {
    const sesamy = await tokenIssuer();
    const verifier = createAccessTokenVerifier({
      publisherId: 'tidewaiter',
      issuer,
      fetch: sesamy.fetch,
    });
    const url = await listen(
      build2({ guard: requireAccessToken(verifier, { maxAgeSeconds: 60 }) }),
    );
    const response = await fetch(url, bearer(await sesamy.issue()));
    expect(response.status).toBe(500);
    expect(response.headers.get('www-authenticate')).toBeNull();
  });

  test('a handler that throws does not crash the process', async () => {
    const sesamy = await tokenIssuer();
    const verifier = createAccessTokenVerifier({
      publisherId: 'tidewaiter',
      issuer,
      fetch: sesamy.fetch,
    });
    const url = await listen(
      build2({
        guard: requireAccessToken(verifier),
        handler: () => {
          throw new RangeError('a bug of the handler');
        },
      }),
    );
    expect((await fetch(url, bearer(await sesamy.issue()))).status).toBe(500);
  });

  test('a handler that throws after it has begun to write leaves no response open', async () => {
    const sesamy = await tokenIssuer();
    const verifier = createAccessTokenVerifier({
      publisherId: 'tidewaiter',
      issuer,
      fetch: sesamy.fetch,
    });
    const url = await listen(
      build2({
        guard: requireAccessToken(verifier),
        handler: (_, response) => {
          response.write('the first half');
          throw new RangeError('a bug of the handler');
        },
      }),
    );
    // The connection may be cut before the first half is received.
    const reading = fetch(url, bearer(await sesamy.issue())).then((response) => response.text());
    await expect(reading).rejects.toThrow(TypeError);
  });

  test('accessTokenOf returns the typed claims to the handler', async () => {
    const sesamy = await tokenIssuer();
    const verifier = createAccessTokenVerifier({
      publisherId: 'tidewaiter',
      issuer,
      fetch: sesamy.fetch,
    });
    const url = await listen(
      build2({
        guard: requireAccessToken(verifier),
        handler: (request, response) => response.end(accessTokenOf(request).subject),
      }),
    );
    expect(await (await fetch(url, bearer(await sesamy.issue()))).text()).toBe('email|ada');
  });
});

test('an unusable response does not crash the process', async () => {
  const guard = requireAccessToken(createAccessTokenVerifier({ publisherId: 'p' }));
  const unusable = {
    statusCode: 200,
    headersSent: false,
    writableEnded: false,
    destroyed: false,
    setHeader: () => {
      throw new Error('ERR_HTTP_HEADERS_SENT');
    },
    end: () => expect.unreachable(),
  };
  const next = (error?: unknown): void => {
    errors.push(error);
    throw new Error('the error handler fails as well');
  };
  await guard({ headers: {} }, unusable, next);
  expect(errors).toEqual([expect.objectContaining({ message: 'ERR_HTTP_HEADERS_SENT' })]);
});
