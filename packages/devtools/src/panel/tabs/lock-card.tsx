import { useEffect, useState, type ReactNode } from 'react';
import { readLock, type LockView } from '../../model/locks.js';
import { Card } from '../card.js';
import { Facts } from '../facts.js';
import { usePanel } from '../panel-context.js';

/** How often the lock is looked at: a renewal takes a few hundred milliseconds. */
const INTERVAL_MS = 250;

/** Which tab renews the session. */
export function LockCard(): ReactNode {
  const key = usePanel().model.session.inspection?.key;
  const [lock, setLock] = useState<LockView>({ holder: 'unknown', waiting: 0 });

  useEffect(() => {
    if (key === undefined) return undefined;
    let isStopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      const seen = await readLock(key);
      if (isStopped) return;
      setLock((before) =>
        before.holder === seen.holder && before.waiting === seen.waiting ? before : seen,
      );
      timer = setTimeout(() => void look(), INTERVAL_MS);
    };
    void look();
    return () => {
      isStopped = true;
      clearTimeout(timer);
    };
  }, [key]);

  return (
    <Card title="Lock of the tabs">
      <Facts
        facts={[
          ['held by', lock.holder],
          ['waiting', lock.waiting],
          ['name', key ?? 'unknown'],
        ]}
      />
    </Card>
  );
}
