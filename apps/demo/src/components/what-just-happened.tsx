import { useSession } from '@sesamy-kit/react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import type { Config } from '../config.js';
import { ModeSwitch } from './mode-switch.js';
import { statusWords } from './status-words.js';

/** Props of {@link WhatJustHappened}. */
export interface WhatJustHappenedProps {
  readonly config: Config;
}

/** For developers, folded away: the state of the session in one sentence, and links to the other modes. */
export function WhatJustHappened({ config }: WhatJustHappenedProps): ReactNode {
  const state = useSession();
  return (
    <details className="behind">
      <summary>What just happened?</summary>
      <p>
        <code>{state.status}</code> {statusWords(state)}
      </p>
      <ModeSwitch config={config} />
      <p>
        <Link to="/how-it-works">Where the tokens are stored, and the requests to Sesamy</Link>
      </p>
    </details>
  );
}
