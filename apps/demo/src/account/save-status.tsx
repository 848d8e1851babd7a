import type { useUpdateProfile } from '@sesamy-kit/react';
import type { ReactNode } from 'react';

import { apiErrorWords } from './api-error-words.js';

/** Props of {@link SaveStatus}. */
export interface SaveStatusProps {
  readonly update: ReturnType<typeof useUpdateProfile>;
  /** Whether a field already shows the error. */
  readonly hasMistakes: boolean;
}

/** Announces the result of the last save, to screen readers too. */
export function SaveStatus({ update, hasMistakes }: SaveStatusProps): ReactNode {
  return (
    <>
      <output className="save-status">
        {update.isPaused ? 'You are offline. This is saved as soon as you are back.' : null}
        {update.isSuccess && !hasMistakes ? 'Saved.' : null}
      </output>
      {hasMistakes ? (
        <p className="save-error" role="alert">
          Not saved. See the {update.isError ? 'field' : 'fields'} marked above.
        </p>
      ) : null}
      {update.isError && !hasMistakes ? (
        <p className="save-error" role="alert">
          Not saved, and put back as it was. {apiErrorWords(update.error)}
        </p>
      ) : null}
    </>
  );
}
