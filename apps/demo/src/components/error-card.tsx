import type { ReactNode } from 'react';

/** Props of {@link ErrorCard}. */
export interface ErrorCardProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly onRetry: () => void;
  /** True while the retry is under way. Default: false. */
  readonly isRetrying?: boolean;
}

/** A failed request: what, why, and a retry button. */
export function ErrorCard({
  title,
  children,
  onRetry,
  isRetrying = false,
}: ErrorCardProps): ReactNode {
  return (
    <section className="door" role="alert">
      <p className="door-title">{title}</p>
      <p>{children}</p>
      <p className="door-ways">
        <button
          type="button"
          className="button"
          onClick={onRetry}
          disabled={isRetrying}
          aria-busy={isRetrying}
        >
          {isRetrying ? 'Trying…' : 'Try again'}
        </button>
      </p>
    </section>
  );
}
