import {
  Auth0Provider as Provider,
  type Auth0ProviderWithConfigOptions,
} from '@sesamy-kit/react/auth0';
import { auth0SpaJs } from '@sesamy-kit/session/migrate';
import type { ReactNode } from 'react';

// In the place of auth0-react, as the alias of an app that has moved.
export * from '@sesamy-kit/react/auth0';

const takeOver = [auth0SpaJs()];

export function Auth0Provider(props: Auth0ProviderWithConfigOptions): ReactNode {
  return <Provider {...props} takeOver={takeOver} />;
}
