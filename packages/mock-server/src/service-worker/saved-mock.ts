import type { FaultOptions, PlannedFault } from '../control/faults.js';
import type { MockCore } from '../mock-core.js';
import { applySeeds, type Seeds, seedsOf } from '../seeds.js';
import type { CookieJar, JarCookie } from './cookie-jar.js';

/** What survives the end of a service worker, as plain data. */
export interface SavedMock {
  readonly savedAt: number;
  /** The users and clients of the options then, to tell their changes from those of readers. */
  readonly seeds: Seeds;
  readonly snapshot: unknown;
  readonly faults: readonly FaultOptions[];
  readonly cookies: readonly JarCookie[];
}

/** Copies users, sessions, tokens, keys, clock, planned faults and cookies. The request log is left out. */
export function saveMock({ server, control }: MockCore, jar: CookieJar): SavedMock {
  return {
    savedAt: Date.now(),
    seeds: seedsOf(server.options),
    snapshot: control.snapshot(),
    faults: control.faults.list().flatMap(faultOptions),
    cookies: jar.save(),
  };
}

/**
 * Puts back what was saved. Users and clients that have changed in the options since are applied over it, and the
 * clock has gone on meanwhile, unless it was frozen.
 * @throws Error for what another version of this package has saved
 */
export function restoreMock({ server, control }: MockCore, jar: CookieJar, saved: SavedMock): void {
  control.restore(saved.snapshot);
  applySeeds(server.state, saved.seeds, seedsOf(server.options));
  if (!control.clock.isFrozen())
    control.clock.advance({ milliseconds: Date.now() - saved.savedAt });
  control.faults.clear();
  for (const fault of saved.faults) control.faults.add(fault);
  jar.restore(saved.cookies);
}

/** The options that plan a fault again, if it has hits to come. */
function faultOptions({ scope, effect, remaining }: PlannedFault): FaultOptions[] {
  if (remaining === 0) return [];
  return [{ ...scope, ...effect, times: remaining ?? 'until-cleared' }];
}
