import { useId, useState, type ReactNode } from 'react';
import { offeredFaults } from '../../model/mock-faults.js';
import { Card } from '../card.js';
import { usePanel, useSessionState } from '../panel-context.js';
import { formatLead } from '../time.js';
import { useAction } from '../use-action.js';
import { useMock, type FoundMock } from '../use-mock.js';

/** What can be done to the mock of Sesamy, if the session logs in at one. */
export function MockCard(): ReactNode {
  const mock = useMock();
  return mock === null ? null : <FoundMockCard mock={mock} />;
}

function FoundMockCard({ mock }: { readonly mock: FoundMock }): ReactNode {
  const { control, view, update } = mock;
  const [run, outcome] = useAction();
  const { user } = useSessionState();
  const known = view.users.find(({ sub }) => sub === user?.sub);

  const runAtMock = (title: string, action: () => Promise<void>): void =>
    run(title, async () => {
      await action();
      await update();
    });

  return (
    <Card
      title="Mock of Sesamy"
      aside={
        <a href={control.dashboardUrl} target="_blank" rel="noreferrer">
          Dashboard
        </a>
      }
    >
      <SwitchUser mock={mock} run={run} current={known?.id} />
      <div className="row">
        <span className="label">
          Clock <b>{formatLead(view.aheadMs)}</b>
        </span>
        <span className="buttons">
          {CLOCK_STEPS.map(([label, step]) => (
            <button
              key={label}
              type="button"
              aria-label={`Advance the mock's clock by ${label}`}
              onClick={() =>
                runAtMock(`Advance clock by ${label}`, () => control.advanceClock(step))
              }
            >
              +{label}
            </button>
          ))}
          <button
            type="button"
            aria-label="Reset the mock's clock"
            onClick={() => runAtMock('Reset clock', control.resetClock)}
          >
            Reset
          </button>
        </span>
      </div>
      <PlanFault
        faultsLeft={view.faultsLeft}
        onPlan={(index) => {
          const offered = offeredFaults[index];
          if (offered === undefined) return;
          runAtMock(`Plan fault: ${offered.label}`, () => control.addFault(offered.fault));
        }}
        onClear={() => runAtMock('Clear faults', control.clearFaults)}
      />
      <div className="buttons">
        <button
          type="button"
          disabled={known === undefined}
          onClick={() =>
            run('End session at Sesamy', async () => {
              if (known !== undefined) await control.endSessions(known.id);
            })
          }
        >
          End session at Sesamy
        </button>
      </div>
      <output className="outcome">{outcome}</output>
    </Card>
  );
}

const CLOCK_STEPS = [
  ['5 min', { minutes: 5 }],
  ['1 h', { hours: 1 }],
  ['1 d', { days: 1 }],
] as const;

interface SwitchUserProps {
  readonly mock: FoundMock;
  readonly run: ReturnType<typeof useAction>[0];
  readonly current: string | undefined;
}

/** Logs another user in: at once with refresh tokens, else by the login page, which has the browser's cookie. */
function SwitchUser({ mock: { control, view }, run, current }: SwitchUserProps): ReactNode {
  const { session } = usePanel().model;
  const id = useId();
  const others = view.users.filter((user) => user.id !== current);
  const [chosen, setChosen] = useState('');
  const selected = others.find((user) => user.id === chosen) ?? others[0];

  if (session.inspection?.canSignInByCode !== true) {
    return (
      <div className="buttons">
        <button
          type="button"
          onClick={() => run('Switch user', () => session.loginWithRedirect({ prompt: 'login' }))}
        >
          Log in as another user
        </button>
      </div>
    );
  }
  const switchTo = async (userId: string): Promise<void> => {
    await session.loginWithRedirect({
      openUrl: async (url) => location.assign(await control.signIn(url, userId)),
    });
  };
  return (
    <div className="row">
      <label className="label" htmlFor={id}>
        User
      </label>
      <span className="buttons">
        <select
          id={id}
          value={selected?.id ?? ''}
          onChange={({ target }) => setChosen(target.value)}
        >
          {others.map((user) => (
            <option key={user.id} value={user.id}>
              {user.name}
            </option>
          ))}
        </select>
        <button
          type="button"
          disabled={selected === undefined}
          onClick={() => {
            if (selected !== undefined) run('Switch user', () => switchTo(selected.id));
          }}
        >
          Switch
        </button>
      </span>
    </div>
  );
}

interface PlanFaultProps {
  readonly faultsLeft: number;
  readonly onPlan: (index: number) => void;
  readonly onClear: () => void;
}

function PlanFault({ faultsLeft, onPlan, onClear }: PlanFaultProps): ReactNode {
  const id = useId();
  const [index, setIndex] = useState(0);
  return (
    <div className="row">
      <label className="label" htmlFor={id}>
        Fault once
      </label>
      <span className="buttons">
        <select id={id} value={index} onChange={({ target }) => setIndex(Number(target.value))}>
          {offeredFaults.map(({ label }, position) => (
            <option key={label} value={position}>
              {label}
            </option>
          ))}
        </select>
        <button type="button" onClick={() => onPlan(index)}>
          Plan
        </button>
        {faultsLeft > 0 && (
          <button type="button" onClick={onClear}>
            Clear {faultsLeft}
          </button>
        )}
      </span>
    </div>
  );
}
