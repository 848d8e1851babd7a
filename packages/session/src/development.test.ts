import { afterEach, expect, test, vi } from 'vitest';
import { warnInDevelopment } from './development.js';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('a developer is told', () => {
  vi.stubEnv('NODE_ENV', 'development');
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  warnInDevelopment('Mind the gap.');
  expect(warn).toHaveBeenCalledExactlyOnceWith('sesamy-kit: Mind the gap.');
});

test('a reader is not', () => {
  vi.stubEnv('NODE_ENV', 'production');
  const warn = vi.spyOn(console, 'warn');
  warnInDevelopment('Mind the gap.');
  expect(warn).not.toHaveBeenCalled();
});

test('a page that no bundler has been over is taken for a reader’s', () => {
  vi.stubGlobal('process', undefined);
  const warn = vi.spyOn(console, 'warn');
  warnInDevelopment('Mind the gap.');
  expect(warn).not.toHaveBeenCalled();
});
