import type { Session } from '@sesamy-kit/session';
import { loadPanel } from './load-panel.js';
import type { DevtoolsOptions } from './options.js';

/** Bundlers replace this expression. */
declare const process: { readonly env: { readonly NODE_ENV?: string } };

export type { DevtoolsOptions, DevtoolsPosition, DevtoolsTheme } from './options.js';

/**
 * Adds the devtools to the page, without a framework of yours; they render with React, which a development build loads
 * on demand. Does nothing in a production build.
 * @returns a function that removes them
 */
export function mountSesamyDevtools(session: Session, options: DevtoolsOptions = {}): () => void {
  if (process.env.NODE_ENV === 'production') return () => {};
  const host = document.createElement('div');
  host.dataset['sesamyDevtools'] = '';
  document.body.append(host);
  const stop = loadPanel(host, session, { ...options, isDocked: true });
  return () => {
    stop();
    host.remove();
  };
}
