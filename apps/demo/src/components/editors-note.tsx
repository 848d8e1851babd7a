import type { ReactNode } from 'react';

/** A few words from the loft, under the almanac. */
export function EditorsNote(): ReactNode {
  return (
    <section className="editors-note" aria-labelledby="editors-note-title">
      <h2 id="editors-note-title">From the loft</h2>
      <p>
        We go to press on the turn of the tide, which this quarter was ten to four in the morning.
        Forgive us the commas.
      </p>
    </section>
  );
}
