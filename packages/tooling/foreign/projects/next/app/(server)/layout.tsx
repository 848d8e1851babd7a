import { SesamyProvider } from '@sesamy-kit/react';
import type { ReactNode } from 'react';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <SesamyProvider clientId="publisher-web">{children}</SesamyProvider>
      </body>
    </html>
  );
}
