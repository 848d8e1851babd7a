import type { SessionMode } from '@sesamy-kit/session';
import { isSameSite } from './checks/origin.js';
import { readHandler } from './checks/token-handler.js';
import { finding, type Finding } from './finding.js';
import type { Environment } from './http.js';
import { resolveSetup, type SetupOptions } from './setup.js';

/** A mode, and the finding that says that it was chosen. */
export interface ChosenMode {
  readonly mode: SessionMode;
  readonly findings: readonly Finding[];
}

/** Chooses the mode as the kit does with `auto`, if the set-up has that. */
export async function chooseMode(
  options: SetupOptions,
  environment: Environment,
): Promise<ChosenMode> {
  const { mode = 'refresh-token' } = options;
  if (mode !== 'auto') return { mode, findings: [] };
  const setup = resolveSetup(options, 'token-handler');
  const handler = await readHandler(setup, environment);
  if (handler.level !== 'error') return chosen('token-handler', handler.seen);
  const isNear = isSameSite(setup.origin, setup.issuer);
  const site = `${setup.issuer} is on ${isNear ? 'the' : 'another'} site`;
  return chosen(isNear ? 'sso-cookie' : 'refresh-token', `no token handler, and ${site}.`);
}

function chosen(mode: SessionMode, reason: string): ChosenMode {
  return { mode, findings: [finding('mode', 'ok', `${mode}: ${reason}`)] };
}
