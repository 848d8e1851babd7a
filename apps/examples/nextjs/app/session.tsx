'use client';

import { SesamyProvider } from '@sesamy-kit/react';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';

/** The App Router does not follow `history.replaceState`, so the login returns by the router. */
export function Session({ children }: { children: ReactNode }) {
  const router = useRouter();
  return (
    <SesamyProvider
      clientId="publisher-web"
      issuer={process.env.NEXT_PUBLIC_SESAMY_ISSUER}
      navigate={(path) => router.replace(path)}
    >
      {children}
    </SesamyProvider>
  );
}
