import type { ReactNode } from 'react';

/** Props of {@link TextSkeleton}. */
export interface TextSkeletonProps {
  /** What is being waited for, for those who cannot see the lines. */
  readonly label: string;
  /** Number of lines. Default: 8. */
  readonly lines?: number;
}

/** Lines in the place of a text that is on its way. */
export function TextSkeleton({ label, lines = 8 }: TextSkeletonProps): ReactNode {
  return (
    <output className="skeleton">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="skeleton-line" aria-hidden="true" />
      ))}
    </output>
  );
}
