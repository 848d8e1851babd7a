import { useSession } from '@sesamy-kit/react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { statusWords } from './status-words.js';

/** For developers, folded away: the state of the session in one sentence. */
export function WhatJustHappened(): ReactNode {
  const state = useSession();
  return (
    <details className="behind">
      <summary>What just happened?</summary>
      <p>
        <code>{state.status}</code> {statusWords(state)}
      </p>
      <p>
        <Link to="/how-it-works">Where the tokens live, and what was asked of Sesamy</Link>
      </p>
    </details>
  );
}
