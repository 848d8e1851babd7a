import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { DevtoolsModel } from '../model/devtools-model.js';
import type { DevtoolsOptions } from '../options.js';
import { Dock } from './dock.js';
import { Panel } from './panel.js';
import { PanelContext } from './panel-context.js';
import { style } from './style.js';

/** How the panel is shown. */
export interface PanelOptions extends DevtoolsOptions {
  /** Whether it is docked to the window, with a button that opens it, or fills its element. */
  readonly isDocked: boolean;
}

/**
 * Renders the panel into a shadow root of `host`. Its style is a constructed style sheet, which a
 * Content-Security-Policy without inline styles allows.
 * @returns a function that removes it
 */
export function renderPanel(
  host: Element,
  model: DevtoolsModel,
  options: PanelOptions,
): () => void {
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  shadow.adoptedStyleSheets = [sheet];
  const container = document.createElement('div');
  const {
    position = 'bottom-right',
    theme = 'system',
    isDocked,
    isInitiallyOpen,
    mockUrl,
  } = options;
  container.className = `devtools theme-${theme} ${isDocked ? `docked ${position}` : 'embedded'}`;
  shadow.append(container);
  const root = createRoot(container);
  root.render(
    <StrictMode>
      <PanelContext.Provider value={{ model, mockUrl }}>
        {isDocked ? <Dock isInitiallyOpen={isInitiallyOpen === true} /> : <Panel />}
      </PanelContext.Provider>
    </StrictMode>,
  );
  return () => {
    container.remove();
    // A root cannot be unmounted while another one renders.
    queueMicrotask(() => root.unmount());
  };
}
