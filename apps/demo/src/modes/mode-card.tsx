import { useId } from 'react';
import type { ReactNode } from 'react';

import { KeyChart } from './key-chart.js';
import { questions } from './mode-words.js';
import type { ModeWords } from './mode-words.js';

/** Props of {@link ModeCard}. */
export interface ModeCardProps {
  readonly words: ModeWords;
  readonly isRunning: boolean;
  /** This page on the host that runs the mode. Null: there is none we know of. */
  readonly url: URL | null;
}

/** One way to keep a session: what it means, and the way to it. */
export function ModeCard({
  words: { mode, name, answers },
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
        <p className="mode-way">{wayTo(mode, isRunning, url)}</p>
      </header>
      <dl>
        {questions.map((question, index) => (
          <div key={question}>
            <dt>{question}</dt>
            <dd>{answers[index]}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}

function wayTo(mode: string, isRunning: boolean, url: URL | null): ReactNode {
  if (isRunning) return <strong>You are here</strong>;
  return url === null ? <span>Not set up here</span> : <a href={url.href}>This page with {mode}</a>;
}
