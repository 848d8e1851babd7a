import { afterEach, expect, test, vi } from 'vitest';
import { warnInDevelopment } from './development.js';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('a warning is logged in development', () => {
  vi.stubEnv('NODE_ENV', 'development');
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  warnInDevelopment('Mind the gap.');
  expect(warn).toHaveBeenCalledExactlyOnceWith('sesamy-kit: Mind the gap.');
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
