import { createPageMock, type PageMock } from '@sesamy-kit/mock-server/page';

/** The folder of the live examples: scripts are in a folder of it. */
const folder = new URL(/* @vite-ignore */ '..', import.meta.url).href;
const pages = ['get-started', 'profile', 'step-up'].map(
  (name) => new URL(`${name}.html`, folder).href,
);

/** Sesamy, in the pages of the live examples. */
export const mock: PageMock = createPageMock({
  issuer: new URL('sesamy/', folder).href,
  // The API of the step-up needs `acr` in access tokens.
  sendsAuthenticationClaims: true,
  clients: [
    { clientId: 'publisher-web', name: 'A live example', callbacks: pages, logoutUrls: pages },
  ],
});
