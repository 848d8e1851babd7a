import { createSesamySession } from '@sesamy-kit/react';

/** Created outside React, so that loaders can use it as well. */
export const session = createSesamySession({
  clientId: 'publisher-web',
  issuer: import.meta.env.VITE_SESAMY_ISSUER,
  apiUrl: import.meta.env.VITE_SESAMY_API_URL,
});
