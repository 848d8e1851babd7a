import { isAuthError, useSession, useStepUp } from '@sesamy-kit/react';
import { useMutation } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';

import { apiErrorWords } from '../account/api-error-words.js';
import { isSignature } from './responses.js';

/** Props of {@link HarbourLog}. */
export interface HarbourLogProps {
  /** Where the backend is, without a slash at the end. */
  readonly url: string;
}

const time = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** A sensitive action: the backend requires a stronger login for it, and the user confirms in a window. */
export function HarbourLog({ url }: HarbourLogProps): ReactNode {
  const titleId = useId();
  const { fetchJson } = useSession();
  const { run, challenge, isLoggingIn, error, confirm, cancel } = useStepUp();
  const signing = useMutation({
    mutationFn: async () => {
      const response = await run(() => fetchJson(`${url}/api/signatures`, { method: 'POST' }));
      if (isSignature(response)) return response;
      throw new Error('The backend sent an unexpected response.');
    },
  });
  const hasFailed = signing.isError && !isDeclined(signing.error);

  return (
    <section className="desk" aria-labelledby={titleId}>
      <h3 id={titleId}>The harbour log</h3>
      <output>
        {signing.isSuccess && `Signed at ${time.format(new Date(signing.data.signedAt))}.`}
      </output>
      {hasFailed && <p role="alert">{apiErrorWords(signing.error)}</p>}
      {challenge === null ? (
        <button
          type="button"
          className="button"
          onClick={() => signing.mutate()}
          disabled={signing.isPending}
        >
          Sign the log
        </button>
      ) : (
        <fieldset disabled={isLoggingIn}>
          <legend>Only the master may sign. Confirm that it is you.</legend>
          {error !== null && <p role="alert">The window closed before you had logged in.</p>}
          <button type="button" className="button" onClick={() => void confirm()}>
            Confirm in a window
          </button>{' '}
          <button type="button" className="button" onClick={cancel}>
            Leave it unsigned
          </button>
        </fieldset>
      )}
    </section>
  );
}

function isDeclined(error: Error): boolean {
  return isAuthError(error) && error.code === 'aborted';
}
