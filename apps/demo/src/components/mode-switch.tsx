import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { useLocation } from 'react-router';

import { configurableModes } from '../config.js';
import type { Config } from '../config.js';

/** Props of {@link ModeSwitch}. */
export interface ModeSwitchProps {
  readonly config: Config;
}

/** Shows the session mode of the page, and links to the same page in the others, if any. */
export function ModeSwitch({
  config: { mode: runningMode, siteUrls },
}: ModeSwitchProps): ReactNode {
  const { pathname } = useLocation();
  const others = configurableModes.flatMap((mode) => {
    const siteUrl = siteUrls[mode];
    return mode === runningMode || siteUrl === null ? [] : [{ mode, siteUrl }];
  });
  if (others.length === 0) return null;
  return (
    <p>
      This page uses <code>{runningMode}</code>. The same page with{' '}
      {others.map(({ mode, siteUrl }, index) => (
        <Fragment key={mode}>
          {index === 0 ? null : ' or '}
          <a href={new URL(pathname.slice(1), siteUrl).href}>{mode}</a>
        </Fragment>
      ))}
    </p>
  );
}
