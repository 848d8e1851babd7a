import type { ReactNode } from 'react';

import type { Config, Mode } from '../config.js';
import { ChosenMode } from './chosen-mode.js';

/** Props of {@link AutoMode}. */
export interface AutoModeProps {
  readonly config: Config;
  /** Null: not known yet. */
  readonly runningMode: Mode | null;
  /** This page on the host where the kit chooses. Null: not configured. */
  readonly url: URL | null;
}

/** How the mode `auto` chooses, and what it has chosen here. */
export function AutoMode({ config, runningMode, url }: AutoModeProps): ReactNode {
  const { authPath = '/sesamy/auth' } = config;
  return (
    <>
      <p className="modes-text">
        With <code>mode: &apos;auto&apos;</code> the kit takes the first mode that works where the
        page is, and remembers the choice for a day. A session keeps its mode.
      </p>
      <ol className="modes-order">
        <li>
          <code>token-handler</code> if a token handler responds below <code>{authPath}</code>
        </li>
        <li>
          <code>sso-cookie</code> if the login server is on the site of the page
        </li>
        <li>
          <code>refresh-token</code> anywhere else
        </li>
      </ol>
      <p className="modes-text">{choiceOf(config, runningMode, url)}</p>
    </>
  );
}

function choiceOf({ mode }: Config, runningMode: Mode | null, url: URL | null): ReactNode {
  if (mode === 'auto') {
    return (
      <strong>
        This page uses <code>auto</code>
        <ChosenMode mode={runningMode} />.
      </strong>
    );
  }
  return url === null ? 'Not set up here.' : <a href={url.href}>This page with auto</a>;
}
