import { SesamyDevtools, sesamyDevtoolsPlugin } from '@sesamy-kit/devtools';
import { mountSesamyDevtools } from '@sesamy-kit/devtools/mount';
import type { Finding } from '@sesamy-kit/doctor';
import { checkDeployment } from '@sesamy-kit/doctor/node';
import { createMockServer, defineConfig } from '@sesamy-kit/mock-server';
import { startMock } from '@sesamy-kit/mock-server/browser';
import { test } from '@sesamy-kit/mock-server/playwright';
import { createRemoteControl } from '@sesamy-kit/mock-server/remote';
import { createPageMock } from '@sesamy-kit/mock-server/page';
import { serveMockInServiceWorker } from '@sesamy-kit/mock-server/service-worker';
import { sesamyMock } from '@sesamy-kit/mock-server/vite';
import * as react from '@sesamy-kit/react';
import * as management from '@sesamy-kit/server/management';
import * as verify from '@sesamy-kit/server/verify';
import { Auth0Provider } from '@sesamy-kit/react/auth0';
import { createSesamySession, type SessionState } from '@sesamy-kit/session';
import { auth0SpaJs } from '@sesamy-kit/session/migrate';

const session = createSesamySession({ clientId: 'publisher-web' });
const state: SessionState = session.getSnapshot();
if (state.status === 'authenticated') console.log(state.user.sub);
// @ts-expect-error A state has no user before a user is signed in: types that became `any` would allow it.
console.log(session.getSnapshot().user.sub);

const asFetch: typeof fetch = createMockServer(defineConfig({})).fetch;
export const level: Finding['level'] = 'ok';
export const used = [
  asFetch,
  auth0SpaJs,
  Auth0Provider,
  checkDeployment,
  SesamyDevtools,
  sesamyDevtoolsPlugin,
  mountSesamyDevtools,
  test,
  createRemoteControl,
  serveMockInServiceWorker,
  sesamyMock,
  startMock,
  createPageMock,
  management,
  react,
  verify,
];
