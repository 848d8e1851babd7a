import type { ReactNode } from 'react';

/** Props of {@link Plate}. */
export interface PlateProps {
  readonly className?: string;
  readonly children: ReactNode;
}

/** The frame all drawings share: 600 by 400, decorative, coloured by `styles/art.css`. */
export function Plate({ className, children }: PlateProps): ReactNode {
  return (
    <svg
      className={className === undefined ? 'plate' : `plate ${className}`}
      viewBox="0 0 600 400"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}
