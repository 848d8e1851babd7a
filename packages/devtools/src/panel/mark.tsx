import type { ReactNode } from 'react';

/** The sign of the devtools: a key. */
export function Mark(): ReactNode {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <circle cx="8" cy="12" r="4.25" />
      <path d="M12.25 12H21m-3.5 0v3.5M14.75 12v2.25" />
    </svg>
  );
}
