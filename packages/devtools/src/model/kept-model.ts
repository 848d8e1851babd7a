import type { Session } from '@sesamy-kit/session';
import { createDevtoolsModel, type DevtoolsModel } from './devtools-model.js';

const models = new WeakMap<Session, DevtoolsModel>();

/**
 * Returns the session's model, which from the first call on records as long as the page lives. Its `stop` only undoes
 * what is simulated.
 */
export function keepModel(session: Session): DevtoolsModel {
  const known = models.get(session);
  if (known !== undefined) return known;
  const model = createDevtoolsModel(session);
  const kept: DevtoolsModel = {
    ...model,
    stop() {
      if (model.readSwitches().isOffline) model.setOffline(false);
      model.setStepUp(false);
    },
  };
  models.set(session, kept);
  return kept;
}
