import { describe, expect, test } from 'vitest';
import { findBrowser, findWebKit, strictChromiumPath } from './browsers.mjs';

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

describe('WebKitGTK', () => {
  const programs = [
    '/usr/bin/WebKitWebDriver',
    '/usr/bin/Xvfb',
    '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
  ];
  const findIn = (files: readonly string[]) =>
    findWebKit(
      (path) => files.includes(path),
      () => ['apt', 'aarch64-linux-gnu'],
    );

  test('is there with its driver and a display, whatever the architecture', () => {
    expect(findIn(programs)).toEqual({
      driver: '/usr/bin/WebKitWebDriver',
      display: '/usr/bin/Xvfb',
      miniBrowser: '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
    });
  });

  test.each(programs)('is not there without %s', (missing) => {
    expect(findIn(programs.filter((path) => path !== missing))).toBeUndefined();
  });
});

describe('the Chromium without third-party cookies', () => {
  test('is Debian’s', () => {
    expect(strictChromiumPath((path) => path === '/usr/bin/chromium')).toBe('/usr/bin/chromium');
  });

  test('is no other', () => {
    expect(strictChromiumPath((path) => path !== '/usr/bin/chromium')).toBeUndefined();
  });
});
