import type { ReactNode } from 'react';

/** Shown for the moment between the login page and the page the reader came from. */
export function ReturningReader(): ReactNode {
  return (
    <section className="returning" aria-live="polite">
      <title>Welcome back · Tidewaiter</title>
      <span className="returning-mark" aria-hidden="true" />
      <h1 className="returning-title" tabIndex={-1}>
        Finding your place
      </h1>
      <p>One moment, and you are back where you were reading.</p>
    </section>
  );
}
