import { SesamyProvider } from '@sesamy-kit/react';
import type { ReactNode } from 'react';

// A server component: no function can be passed to the provider.
export default function Layout({ children }: { children: ReactNode }) {
  return <SesamyProvider clientId="publisher-web">{children}</SesamyProvider>;
}
