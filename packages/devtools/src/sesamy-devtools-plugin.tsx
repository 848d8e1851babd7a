'use client';

import type { Session } from '@sesamy-kit/session';
import { useEffect, useRef, type JSX, type ReactNode } from 'react';
import { loadPanel } from './load-panel.js';
import { useDevtoolsSession } from './use-devtools-session.js';

/** Options of {@link sesamyDevtoolsPlugin}. */
export interface SesamyDevtoolsPluginOptions {
  /** Default: the session of the `SesamyProvider` around `TanStackDevtools`. */
  readonly session?: Session | undefined;
  /** See the option of `SesamyDevtools`. */
  readonly mockUrl?: string | undefined;
}

/** A plugin of `@tanstack/react-devtools`. */
export interface SesamyDevtoolsPlugin {
  readonly id: string;
  readonly name: string;
  readonly render: (
    element: HTMLElement,
    props: { readonly theme: 'light' | 'dark' },
  ) => JSX.Element;
}

/** Creates a plugin for `<TanStackDevtools plugins={[…]}>`, with the panel in one of its tabs. */
export function sesamyDevtoolsPlugin(
  options: SesamyDevtoolsPluginOptions = {},
): SesamyDevtoolsPlugin {
  return {
    id: 'sesamy',
    name: 'Sesamy',
    render: (_element, { theme }) => <PluginPanel {...options} theme={theme} />,
  };
}

function PluginPanel({
  session: given,
  mockUrl,
  theme,
}: SesamyDevtoolsPluginOptions & { readonly theme: 'light' | 'dark' }): ReactNode {
  const session = useDevtoolsSession(given);
  const hostRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const host = hostRef.current;
    return host === null
      ? undefined
      : loadPanel(host, session, { theme, mockUrl, isDocked: false });
  }, [session, theme, mockUrl]);
  return <div ref={hostRef} />;
}
