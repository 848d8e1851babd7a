import { useIdleLogout } from '@sesamy-kit/react';
import { useState } from 'react';
import type { ReactNode } from 'react';

const afterSeconds = 120;
const warnSeconds = 60;

/** An idle logout that the reader turns on. It lasts as long as this page is open. */
export function IdleLogoutSwitch(): ReactNode {
  const [isOn, setIsOn] = useState(false);
  return (
    <>
      <p>
        <code>useIdleLogout</code> logs out a user who is not active in any tab, here after two
        minutes, with a countdown for the second one. Only a captain asleep at the wheel will see
        it.
      </p>
      <label className="engine-switch">
        <input type="checkbox" checked={isOn} onChange={({ target }) => setIsOn(target.checked)} />
        Log out when idle
      </label>
      {isOn && <IdleState />}
    </>
  );
}

function IdleState(): ReactNode {
  const idle = useIdleLogout({ afterSeconds, warnSeconds });
  return (
    <p>
      Idle logout: <code>{idle.status}</code>
      {idle.status === 'warning' &&
        `, ${String(idle.secondsLeft)} s left. Move the pointer or press a key to stay.`}
    </p>
  );
}
