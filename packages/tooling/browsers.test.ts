import { describe, expect, test } from 'vitest';
import { findBrowser } from './browsers.mjs';

const browser = {
  name: 'chromium',
  variable: 'PLAYWRIGHT_CHROMIUM_PATH',
  systemPaths: ['/usr/bin/first', '/usr/bin/second'],
  aptPackage: 'chromium',
  ownPath: () => '/cache/playwright/chrome',
} as const;

function find(env: Record<string, string>, files: readonly string[]) {
  return findBrowser(browser, env, (path) => files.includes(path));
}

describe('the browser for end-to-end tests', () => {
  test('is the one the environment names, before all others', () => {
    const files = ['/opt/mine', '/cache/playwright/chrome', '/usr/bin/first'];
    const found = find({ PLAYWRIGHT_CHROMIUM_PATH: '/opt/mine' }, files);
    expect(found).toEqual({ source: 'variable', path: '/opt/mine' });
  });

  test('is never silently another one than the environment names', () => {
    expect(() => find({ PLAYWRIGHT_CHROMIUM_PATH: '/opt/gone' }, ['/usr/bin/first'])).toThrow(
      'PLAYWRIGHT_CHROMIUM_PATH is /opt/gone, where there is no file. Correct or unset it.',
    );
  });

  test('is Playwright’s own build if that is installed', () => {
    const found = find({}, ['/cache/playwright/chrome', '/usr/bin/first']);
    expect(found).toEqual({ source: 'playwright' });
  });

  test('is else the best one the system has', () => {
    const found = find({}, ['/usr/bin/second', '/usr/bin/first']);
    expect(found).toEqual({ source: 'system', path: '/usr/bin/first' });
  });

  test('is none on a machine without any', () => {
    expect(find({}, [])).toEqual({ source: 'none' });
  });

  test('ignores an empty variable', () => {
    expect(find({ PLAYWRIGHT_CHROMIUM_PATH: '' }, [])).toEqual({ source: 'none' });
  });
});
