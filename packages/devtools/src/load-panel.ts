import type { Session } from '@sesamy-kit/session';
import { createDevtoolsModel } from './model/devtools-model.js';
import { keepModel } from './model/kept-model.js';
import type { PanelOptions } from './panel/render-panel.js';

/** Bundlers replace this expression, and drop what follows it in a production build. */
declare const process: { readonly env: { readonly NODE_ENV?: string } };

/**
 * Loads the panel and renders it into an element, in a shadow root. Does nothing in a production build.
 * @returns a function that removes it, whether it is loaded yet or not
 */
export function loadPanel(host: Element, session: Session, options: PanelOptions): () => void {
  if (process.env.NODE_ENV === 'production') return () => {};
  // At once, so that it records what happens while the panel loads. A window of other devtools closes its panels.
  const model = options.isDocked ? createDevtoolsModel(session) : keepModel(session);
  let isStopped = false;
  let stop: (() => void) | undefined;
  import('./panel/render-panel.js').then(
    ({ renderPanel }) => {
      if (!isStopped) stop = renderPanel(host, model, options);
    },
    (error: unknown) => reportError(error),
  );
  return () => {
    isStopped = true;
    model.stop();
    stop?.();
  };
}
