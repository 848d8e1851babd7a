import { existsSync } from 'node:fs';
import { type Browser, chromium } from '@playwright/test';

const CANDIDATES = [
  process.env['PLAYWRIGHT_CHROMIUM_PATH'],
  chromium.executablePath(),
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
];

/** A Chromium of this machine; undefined where there is none, and browser tests are skipped. */
export const chromiumPath: string | undefined = CANDIDATES.find((path) => path && existsSync(path));

/** Starts Chromium without a window. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ ...(chromiumPath && { executablePath: chromiumPath }) });
}
