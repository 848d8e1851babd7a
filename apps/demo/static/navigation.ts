import { createDemoMock } from './page-mock.js';

// The page of an address of Sesamy, to which the site navigates where no worker serves it.
await createDemoMock(new URL(/* @vite-ignore */ '..', import.meta.url).href).show();
