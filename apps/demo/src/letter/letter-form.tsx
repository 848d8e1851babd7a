import { useUpdateProfile } from '@sesamy-kit/react';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';

import { apiErrorWords } from '../account/api-error-words.js';

/** A letter to the editor, kept with the user's profile. It waits for a new login if the session has ended. */
export function LetterForm(): ReactNode {
  const [letter, setLetter] = useState('');
  const update = useUpdateProfile({ whenSignedOut: 'wait' });

  function send(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    update.mutate({ user_metadata: { letter } });
  }

  return (
    <form className="form" onSubmit={send} aria-label="Your letter">
      <div className="field">
        <label htmlFor="letter">Your letter</label>
        <textarea
          id="letter"
          rows={6}
          required
          value={letter}
          onChange={(event) => {
            setLetter(event.target.value);
          }}
        />
        <p className="field-hint">
          Let the session end meanwhile, e.g. in the mock’s dashboard: nothing of it is lost.
        </p>
      </div>
      <div className="form-end">
        <button type="submit" className="button" disabled={update.isPending}>
          {update.isPending ? 'Sending…' : 'Send'}
        </button>
        <output className="save-status">{update.isSuccess ? 'Sent.' : null}</output>
        {update.isError ? (
          <p className="save-error" role="alert">
            Not sent. {apiErrorWords(update.error)}
          </p>
        ) : null}
      </div>
    </form>
  );
}
