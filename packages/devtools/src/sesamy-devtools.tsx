'use client';

import type { Session } from '@sesamy-kit/session';
import { useEffect, type ReactNode } from 'react';
import { mountSesamyDevtools } from './mount.js';
import type { DevtoolsOptions } from './options.js';
import { useDevtoolsSession } from './use-devtools-session.js';

/** Bundlers replace this expression. */
declare const process: { readonly env: { readonly NODE_ENV?: string } };

/** Props of {@link SesamyDevtools}. */
export interface SesamyDevtoolsProps extends DevtoolsOptions {
  /** Default: the session of the surrounding `SesamyProvider`. */
  readonly session?: Session | undefined;
}

/**
 * The devtools, with a button that opens them. They are loaded on demand in development; a production build renders
 * nothing, and has none of their code.
 * @throws Error outside a SesamyProvider if no session is given
 */
export const SesamyDevtools: (props: SesamyDevtoolsProps) => ReactNode =
  process.env.NODE_ENV === 'production' ? () => null : Devtools;

function Devtools({ session: given, ...options }: SesamyDevtoolsProps): ReactNode {
  const session = useDevtoolsSession(given);
  const { position, theme, isInitiallyOpen, mockUrl } = options;
  useEffect(
    () => mountSesamyDevtools(session, { position, theme, isInitiallyOpen, mockUrl }),
    [session, position, theme, isInitiallyOpen, mockUrl],
  );
  return null;
}
