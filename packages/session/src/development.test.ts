import { afterEach, expect, test, vi } from 'vitest';
import { warnInDevelopment } from './development.js';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('a warning is logged in development, with a link to the page on errors', () => {
  vi.stubEnv('NODE_ENV', 'development');
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  warnInDevelopment('Mind the gap.');
  expect(warn).toHaveBeenCalledExactlyOnceWith(
    'sesamy-kit: Mind the gap. See https://unpkg.com/@sesamy-kit/session/docs/errors.html#invalid_configuration',
  );
});

test('no warning is logged in production', () => {
  vi.stubEnv('NODE_ENV', 'production');
  const warn = vi.spyOn(console, 'warn');
  warnInDevelopment('Mind the gap.');
  expect(warn).not.toHaveBeenCalled();
});

test('a page without a bundler counts as production', () => {
  vi.stubGlobal('process', undefined);
  const warn = vi.spyOn(console, 'warn');
  warnInDevelopment('Mind the gap.');
  expect(warn).not.toHaveBeenCalled();
});
