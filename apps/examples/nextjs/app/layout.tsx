import type { Metadata } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { LoginStatus } from './login-status';
import { Session } from './session';
import './style.css';

export const metadata: Metadata = { title: 'The Harbour Post' };

/** Rendered on the server; the session and what shows it are islands in it. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Session>
          <header>
            <nav>
              <Link href="/">Front page</Link>
              <Link href="/account">Account</Link>
            </nav>
            <LoginStatus />
          </header>
          <main>{children}</main>
        </Session>
      </body>
    </html>
  );
}
