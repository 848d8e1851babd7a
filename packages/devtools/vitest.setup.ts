import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

configure({
  // A guard against hangs, not a verdict on speed.
  asyncUtilTimeout: 30_000,
  // To compute whether each element is visible takes most of a test's time.
  defaultHidden: true,
});

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});
