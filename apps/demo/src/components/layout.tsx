import { useSession } from '@sesamy-kit/react';
import type { ReactNode } from 'react';
import { Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router';

import type { Config } from '../config.js';
import { OfflineNotice } from './offline-notice.js';
import { ReturningReader } from './returning-reader.js';
import { SiteFooter } from './site-footer.js';
import { SiteHeader } from './site-header.js';
import { useFocusOnNavigation } from './use-focus-on-navigation.js';

/** Props of {@link Layout}. */
export interface LayoutProps {
  readonly config: Config;
}

/** What every page shares: header, content, footer, and where focus goes on navigation. */
export function Layout({ config }: LayoutProps): ReactNode {
  const { search } = useLocation();
  const isInitializing = useSession((state) => state.status === 'initializing');
  const isLoading = useNavigation().state !== 'idle';
  const contentRef = useFocusOnNavigation();
  // The session removes the callback parameters from the address before the router navigates.
  const isOnItsWay = isInitializing || !isLoginCallback(window.location.search);
  const isReturningFromLogin = isLoginCallback(search) && isOnItsWay;

  return (
    <>
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <SiteHeader />
      <OfflineNotice />
      <main id="content" className="content" ref={contentRef} tabIndex={-1} aria-busy={isLoading}>
        {isReturningFromLogin ? <ReturningReader /> : <Outlet />}
      </main>
      <SiteFooter config={config} />
      <ScrollRestoration />
    </>
  );
}

/** The front page must not flash between the login page and the page where the login began. */
function isLoginCallback(search: string): boolean {
  const params = new URLSearchParams(search);
  return params.has('state') && (params.has('code') || params.has('error'));
}
