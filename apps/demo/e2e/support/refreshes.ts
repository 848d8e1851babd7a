import { expect } from '@playwright/test';
import type { Site } from './site.js';

/** How often the mock was asked to refresh. */
export function refreshCount(site: Site): number {
  return site.mock.control.requests.count({ grant: 'refresh_token' });
}

/** Holds the mock's own record against reuse: no refresh token was spent twice, no login revoked. */
export function expectNoReuse(site: Site): void {
  for (const { id, revokedBecause, tokens } of site.mock.control.refreshTokens.list()) {
    const story = site.mock.control.refreshTokens.explain(id);
    expect(revokedBecause, story).toBeNull();
    for (const { uses } of tokens) expect(uses.length, story).toBeLessThanOrEqual(1);
  }
}

/** Has the mock take that long for a refresh, so that tabs which ask meanwhile would ask twice. */
export function answerSlowly(site: Site, delayMs: number): void {
  site.mock.control.faults.clear();
  site.mock.control.faults.add({ grant: 'refresh_token', times: 'until-cleared', delayMs });
}
