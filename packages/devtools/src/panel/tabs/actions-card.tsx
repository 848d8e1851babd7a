import type { ReactNode } from 'react';
import { Card } from '../card.js';
import { usePanel, useSessionState, useSwitches } from '../panel-context.js';
import { useAction } from '../use-action.js';

/** What can be done to the session. */
export function ActionsCard(): ReactNode {
  const { model } = usePanel();
  const { inspection } = model.session;
  const { isOffline, isStepUpDue } = useSwitches();
  const { status } = useSessionState();
  const [run, outcome] = useAction();
  const isSignedIn = status === 'authenticated';

  if (inspection === null) {
    return (
      <Card title="Actions">
        <p className="quiet">This session is a test double, or of another version of the kit.</p>
      </Card>
    );
  }
  const canHoldToken = isSignedIn && !inspection.isHandled;
  return (
    <Card title="Actions">
      <div className="buttons">
        <button
          type="button"
          disabled={!canHoldToken}
          onClick={() => run('Expire access token', inspection.expireAccessToken)}
        >
          Expire access token
        </button>
        <button
          type="button"
          disabled={!isSignedIn}
          onClick={() => run('Renew', model.session.renew)}
        >
          Renew
        </button>
        <button type="button" aria-pressed={isOffline} onClick={() => model.setOffline(!isOffline)}>
          {isOffline ? 'Network is lost' : 'Lose the network'}
        </button>
        <button
          type="button"
          aria-pressed={isStepUpDue}
          disabled={!isSignedIn}
          onClick={() => model.setStepUp(!isStepUpDue)}
        >
          {isStepUpDue ? 'Next call needs a step-up' : 'Require a step-up'}
        </button>
        <button
          type="button"
          disabled={!isSignedIn}
          onClick={() => run('End session elsewhere', inspection.endElsewhere)}
        >
          End session elsewhere
        </button>
      </div>
      <output className="outcome">{outcome}</output>
    </Card>
  );
}
