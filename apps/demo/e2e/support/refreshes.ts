import { expect } from '@playwright/test';
import type { Site } from './site.js';

/** The number of refresh requests to the mock. */
export function refreshCount(site: Site): number {
  return site.mock.control.requests.count({ grant: 'refresh_token' });
}

/** Expects no reuse in the mock's record: no refresh token was spent twice, no login revoked. */
export function expectNoReuse(site: Site): void {
  for (const { id, revokedBecause, tokens } of site.mock.control.refreshTokens.list()) {
    const story = site.mock.control.refreshTokens.explain(id);
    expect(revokedBecause, story).toBeNull();
    for (const { uses } of tokens) expect(uses.length, story).toBeLessThanOrEqual(1);
  }
}

/** Delays the mock's refresh responses, so that concurrent requests of tabs overlap. */
export function delayRefreshes(site: Site, delayMs: number): void {
  site.mock.control.faults.clear();
  site.mock.control.faults.add({ grant: 'refresh_token', times: 'until-cleared', delayMs });
}
