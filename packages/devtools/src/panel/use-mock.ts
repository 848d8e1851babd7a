import { useCallback, useEffect, useState } from 'react';
import {
  findMock,
  isOnThisMachine,
  type MockControl,
  type MockView,
} from '../model/mock-control.js';
import { usePanel } from './panel-context.js';

/** How often the panel looks at the mock, which others may control as well. */
const INTERVAL_MS = 5_000;

/** A mock that this page may control. */
export interface FoundMock {
  readonly control: MockControl;
  readonly view: MockView;
  /** Looks at the mock again. */
  readonly update: () => Promise<void>;
}

/** Returns the mock that the session logs in at; `null` for none. */
export function useMock(): FoundMock | null {
  const { model, mockUrl } = usePanel();
  const { issuer } = model.session;
  const url = mockUrl ?? (isOnThisMachine(issuer) ? issuer : undefined);
  const [control, setControl] = useState<MockControl | null>(null);
  const [view, setView] = useState<MockView | null>(null);

  useEffect(() => {
    let isStopped = false;
    if (url !== undefined) {
      void findMock(url).then((found) => {
        if (!isStopped) setControl(found);
      });
    }
    return () => {
      isStopped = true;
      setControl(null);
    };
  }, [url]);

  const update = useCallback(
    // While the network is lost, what was seen last stays.
    (): Promise<void> => control?.look().then(setView, () => {}) ?? Promise.resolve(),
    [control],
  );

  useEffect(() => {
    void update();
    const timer = setInterval(() => void update(), INTERVAL_MS);
    return () => clearInterval(timer);
  }, [update]);

  return control === null || view === null ? null : { control, view, update };
}
