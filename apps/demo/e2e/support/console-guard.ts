import type { BrowserContext } from '@playwright/test';

/** The console output of a test's pages, and the unexpected errors. */
export interface ConsoleGuard {
  /** Everything written to the console, uncaught errors included. */
  readonly messages: string[];
  /** Ignores errors that a test provokes. */
  expect(pattern: RegExp): void;
  /** Errors that no test expected. */
  unexpected(): string[];
}

/** Listens to every page of a context. */
export function watchConsole(context: BrowserContext): ConsoleGuard {
  const messages: string[] = [];
  const errors: string[] = [];
  const expected: RegExp[] = [];
  context.on('console', (message) => {
    const text = message.text();
    messages.push(text);
    // The place is not the message: Firefox names the page's address, whatever that is at the time.
    if (message.type() === 'error') errors.push(`${text} (${message.location().url})`);
  });
  context.on('weberror', (webError) => {
    messages.push(webError.error().message);
    errors.push(webError.error().message);
  });
  return {
    messages,
    expect: (pattern) => {
      expected.push(pattern);
    },
    unexpected: () => errors.filter((error) => !expected.some((pattern) => pattern.test(error))),
  };
}
