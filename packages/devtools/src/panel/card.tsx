import { useId, type ReactNode } from 'react';

interface CardProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Next to the title. */
  readonly aside?: ReactNode;
}

/** A part of a view. */
export function Card({ title, children, aside }: CardProps): ReactNode {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
