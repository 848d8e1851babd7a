import { useSession } from '@sesamy-kit/react';
import type { ReactNode } from 'react';

import type { Mode } from '../config.js';

/** Props of {@link ChosenMode}. */
export interface ChosenModeProps {
  /** Null: not known yet. */
  readonly mode: Mode | null;
}

/** The end of a sentence about `auto`: what it has chosen. */
export function ChosenMode({ mode }: ChosenModeProps): ReactNode {
  const isSignedOut = useSession(({ status }) => status === 'unauthenticated');
  if (mode === null) return isSignedOut ? '. Log in to see what it has chosen' : null;
  return (
    <>
      , which has chosen <code>{mode}</code>
    </>
  );
}
