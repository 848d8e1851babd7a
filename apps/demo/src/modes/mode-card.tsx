import { useId } from 'react';
import type { ReactNode } from 'react';

import { KeyChart } from './key-chart.js';
import { properties } from './mode-words.js';
import type { ModeWords } from './mode-words.js';

/** Props of {@link ModeCard}. */
export interface ModeCardProps {
  readonly words: ModeWords;
  readonly isRunning: boolean;
  /** This page on the host that runs the mode. Null: not configured. */
  readonly url: URL | null;
}

/** One session mode: its properties, and a link to it. */
export function ModeCard({
  words: { mode, name, values },
  isRunning,
  url,
}: ModeCardProps): ReactNode {
  const nameId = useId();
  return (
    <article
      className={isRunning ? 'mode mode-running' : 'mode'}
      aria-labelledby={nameId}
      aria-current={isRunning ? 'true' : undefined}
    >
      <KeyChart mode={mode} />
      <header>
        <h3 id={nameId}>{name}</h3>
        <p className="mode-id">
          <code>{mode}</code>
        </p>
        <p className="mode-way">{linkTo(mode, isRunning, url)}</p>
      </header>
      <dl>
        {properties.map((property, index) => (
          <div key={property}>
            <dt>{property}</dt>
            <dd>{values[index]}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}

function linkTo(mode: string, isRunning: boolean, url: URL | null): ReactNode {
  if (isRunning) return <strong>You are here</strong>;
  return url === null ? <span>Not set up here</span> : <a href={url.href}>This page with {mode}</a>;
}
