import { describe, expect, test } from 'vitest';
import { findViolations } from './boundaries.mjs';

describe('a boundary', () => {
  test.each([
    ['packages/session/src/store.ts', "import { useSession } from '@sesamy-kit/react';"],
    ['packages/session/src/store.ts', "import { useState } from 'react';"],
    ['packages/session/src/session.ts', "import { OidcClient } from 'oidc-client-ts';"],
    ['packages/session/src/flows/login.ts', "import { follow } from '../entry/follow.js';"],
    ['packages/session/src/session.ts', "const load = () => import('./oidc/login.js');"],
    ['packages/session/src/oidc/protocol.ts', "localStorage.setItem('a', 'b');"],
    ['packages/session/src/session.ts', 'await navigator.locks.request(name, task);'],
    ['packages/session/src/session.ts', 'new BroadcastChannel(name);'],
    ['packages/session/src/oidc/silent.ts', "window.open('about:blank');"],
    ['packages/session/src/store.ts', "addEventListener('online', () => wake(), { signal });"],
    ['packages/react/src/use-profile.ts', "import type { App } from '@sesamy-kit/mock-server';"],
    ['packages/react/src/login-button.tsx', "import { OidcClient } from 'oidc-client-ts';"],
    ['packages/mock-server/src/app.ts', "export * from '@sesamy-kit/session';"],
    ['packages/doctor/src/node.ts', "import { SesamyProvider } from '@sesamy-kit/react';"],
    ['packages/create/src/cli.ts', "import { useSession } from '@sesamy-kit/react';"],
    ['packages/migrate/src/cli.ts', "import { useSession } from '@sesamy-kit/react';"],
    ['packages/devtools/src/mount.ts', "import { useSession } from '@sesamy-kit/react';"],
    ['packages/devtools/src/a.ts', "import { checkDeployment } from '@sesamy-kit/doctor/node';"],
    ['packages/devtools/src/mount.ts', "const load = () => import('./panel/render-panel.js');"],
    ['apps/demo/src/main.tsx', "import { createSesamySession } from '@sesamy-kit/session';"],
    ['apps/backend/src/app.ts', "import { createMockServer } from '@sesamy-kit/mock-server';"],
  ])('a boundary keeps %s from %s', (path, source) => {
    expect(findViolations(path, source)).toHaveLength(1);
  });

  test.each([
    ['packages/session/src/oidc/protocol.ts', "import { OidcClient } from 'oidc-client-ts';"],
    ['packages/session/src/index.ts', "export { create } from './entry/create-session.js';"],
    ['packages/session/src/tokens/refresh.ts', 'await navigator.locks.request(name, task);'],
    ['packages/session/src/on-demand/popup.ts', "load(() => import('../flows/popup-chunk.js'));"],
    ['packages/session/src/storage/snapshot.ts', 'localStorage.removeItem(key);'],
    ['packages/react/src/use-session.ts', "import type { Session } from '@sesamy-kit/session';"],
    ['packages/react/src/use-session.ts', "import { useSyncExternalStore } from 'react';"],
    ['apps/demo/src/main.tsx', "import { SesamyProvider } from '@sesamy-kit/react';"],
    ['apps/demo/src/main.tsx', "import { SesamyDevtools } from '@sesamy-kit/devtools';"],
    ['packages/devtools/src/a.ts', "import { checkSetup } from '@sesamy-kit/doctor';"],
    [
      'packages/devtools/src/a.ts',
      "import { inspectSession } from '@sesamy-kit/session/devtools';",
    ],
    ['apps/backend/src/app.ts', "import { verify } from '@sesamy-kit/server/verify';"],
    ['packages/session/src/store.ts', '// Unlike localStorage, this forgets.'],
    ['packages/session/src/store.ts', "signal.addEventListener('abort', stop, { once: true });"],
    ['packages/session/src/store.ts', '/** Not a BroadcastChannel. */'],
  ])('a boundary allows %s to have %s', (path, source) => {
    expect(findViolations(path, source)).toEqual([]);
  });

  test('a boundary violation names the file, the problem and where the code belongs', () => {
    const source = "import { OidcClient } from 'oidc-client-ts';";
    expect(findViolations('packages/session/src/session.ts', source)).toEqual([
      'packages/session/src/session.ts uses oidc-client-ts, which only packages/session/src/oidc/ may.',
    ]);
  });
});
