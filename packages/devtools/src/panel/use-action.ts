import { isAuthError } from '@sesamy-kit/session';
import { useState } from 'react';
import { usePanel } from './panel-context.js';

/** Runs an action of the developer. */
export type RunAction = (title: string, action: () => Promise<void> | void) => void;

/** Returns a function that runs an action and notes it on the time line, and how the last one went, in words. */
export function useAction(): readonly [run: RunAction, outcome: string] {
  const { recorder } = usePanel().model;
  const [outcome, setOutcome] = useState('');

  const run: RunAction = (title, action) => {
    setOutcome(`${title} …`);
    const end = (detail: string, tone: 'good' | 'bad'): void => {
      recorder.note(title, detail, tone);
      setOutcome(`${title}: ${detail}.`);
    };
    Promise.resolve()
      .then(action)
      .then(
        () => end('done', 'good'),
        (error: unknown) => end(isAuthError(error) ? error.code : 'failed', 'bad'),
      );
  };
  return [run, outcome];
}
