import type { ReactNode } from 'react';

/** Shown between the login page and the page where the login began. */
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
