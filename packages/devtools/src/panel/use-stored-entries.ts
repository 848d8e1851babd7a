import type { SessionInspection, StoredEntry } from '@sesamy-kit/session/devtools';
import { useCallback, useEffect, useState } from 'react';
import { usePanel } from './panel-context.js';

/** Returns what is stored, and a function that looks again. Whatever happens to the session also looks again. */
export function useStoredEntries(): readonly [readonly StoredEntry[] | null, () => void] {
  const { session, recorder } = usePanel().model;
  const [entries, setEntries] = useState<readonly StoredEntry[] | null>(null);
  const { inspection } = session;
  const update = useCallback(() => {
    void list(inspection).then(setEntries);
  }, [inspection]);
  useEffect(() => {
    update();
    return recorder.moments.subscribe(update);
  }, [update, recorder]);
  return [entries, update];
}

async function list(inspection: SessionInspection | null): Promise<readonly StoredEntry[]> {
  return inspection?.listEntries() ?? [];
}
