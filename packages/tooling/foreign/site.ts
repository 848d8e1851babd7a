import { chromium, type Browser } from '@playwright/test';
import type { createMockServer, MockServer } from '@sesamy-kit/mock-server';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { browserPath } from '../browsers.mjs';
import type { Project } from './project.js';

/** Something that listens. */
export interface Running {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** A mock that listens. */
export interface Mock extends Running {
  readonly server: MockServer;
}

interface MockModule {
  readonly createMockServer: typeof createMockServer;
}

/** The mock that the project has installed, not the workspace's. */
export async function startMock(project: Project, callback: string): Promise<Mock> {
  const entry = join(project.directory, 'node_modules/@sesamy-kit/mock-server/dist/index.js');
  const mock: MockModule = await import(/* @vite-ignore */ entry);
  const server = mock.createMockServer({
    clients: [{ clientId: 'publisher-web', callbacks: [callback] }],
  });
  const { url } = await server.listen();
  return { url, server, close: () => server.close() };
}

/** The access token of a user who has logged in at the mock. */
export async function userToken({ url, server }: Mock, callback: string): Promise<string> {
  const query = {
    client_id: 'publisher-web',
    redirect_uri: callback,
    response_type: 'code',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  };
  const authorizationUrl = `${url}authorize?${new URLSearchParams(query).toString()}`;
  const { searchParams } = new URL(await server.control.signIn({ authorizationUrl, user: 'ada' }));
  const response = await fetch(`${url}oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'publisher-web',
      redirect_uri: callback,
      code: searchParams.get('code') ?? '',
      code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    }),
  });
  const { access_token: token }: { access_token: string } = await response.json();
  return token;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** A site of files, as a host of static files has it; with `isSpa` each address without an extension is the app. */
export async function serve(directory: string, { isSpa = false } = {}): Promise<Running> {
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    const isPage = isSpa && extname(pathname) === '';
    const file = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const path = join(directory, isPage ? 'index.html' : file);
    if (isFolder(path)) return response.writeHead(301, { location: `${pathname}/${search}` }).end();
    if (!existsSync(path)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain' });
    return createReadStream(path).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It does not listen.');
  const { port } = address;
  return {
    url: `http://localhost:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The Chromium of the end-to-end tests. */
export function launchChromium(): Promise<Browser> {
  const executablePath = browserPath('chromium');
  return chromium.launch(executablePath === undefined ? {} : { executablePath });
}

/** A port that nothing listens on, for a server that must know its address before it starts. */
export function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No port is free.'));
        else resolve(address.port);
      });
    });
  });
}
