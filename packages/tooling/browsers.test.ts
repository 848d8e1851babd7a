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
  test('the end-to-end browser is the one named in the environment, if any', () => {
    const files = ['/opt/mine', '/cache/playwright/chrome', '/usr/bin/first'];
    const found = find({ PLAYWRIGHT_CHROMIUM_PATH: '/opt/mine' }, files);
    expect(found).toEqual({ source: 'variable', path: '/opt/mine' });
  });

  test('an unusable browser named in the environment is an error', () => {
    expect(() => find({ PLAYWRIGHT_CHROMIUM_PATH: '/opt/gone' }, ['/usr/bin/first'])).toThrow(
      'PLAYWRIGHT_CHROMIUM_PATH is /opt/gone, where there is no file. Correct or unset it.',
    );
  });

  test('the end-to-end browser is Playwright’s own build if that is installed', () => {
    const found = find({}, ['/cache/playwright/chrome', '/usr/bin/first']);
    expect(found).toEqual({ source: 'playwright' });
  });

  test('the end-to-end browser is otherwise the best one of the system', () => {
    const found = find({}, ['/usr/bin/second', '/usr/bin/first']);
    expect(found).toEqual({ source: 'system', path: '/usr/bin/first' });
  });

  test('there is no end-to-end browser on a machine without any', () => {
    expect(find({}, [])).toEqual({ source: 'none' });
  });

  test('an empty environment variable names no browser', () => {
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

  test('WebKitGTK is found with its driver and a display, on any architecture', () => {
    expect(findIn(programs)).toEqual({
      driver: '/usr/bin/WebKitWebDriver',
      display: '/usr/bin/Xvfb',
      miniBrowser: '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
    });
  });

  test.each(programs)('WebKitGTK is not found without %s', (missing) => {
    expect(findIn(programs.filter((path) => path !== missing))).toBeUndefined();
  });
});

describe('the Chromium without third-party cookies', () => {
  test('the Chromium without third-party cookies is Debian’s', () => {
    expect(strictChromiumPath((path) => path === '/usr/bin/chromium')).toBe('/usr/bin/chromium');
  });

  test('no other Chromium blocks third-party cookies', () => {
    expect(strictChromiumPath((path) => path !== '/usr/bin/chromium')).toBeUndefined();
  });
});
