import type { ReactNode } from 'react';

/** Text of "The harbour that moves". */
export function Body(): ReactNode {
  return (
    <>
      <p>
        Every October, before the first northerly, Ine Haldane takes the survey boat out over Marram
        Bar with a lead line, a boy to write, and no faith at all in last year’s chart. The bar is a
        mile of sand with opinions. In the winter of the long easterlies it walked two hundred
        metres towards the lighthouse. The year after, it walked back, and took a wreck with it.
      </p>
      <p>
        There is an echo sounder aboard, a good one. She uses that too. But the sounder tells you
        how deep the water is, and the lead, armed with a thumb of tallow, brings up what the bottom
        is made of: grey sand, brown sand, shell, a little black mud that means the ebb has found a
        new way out. “The depth is the news,” she says. “The mud is the forecast.”
      </p>
      <h2>A channel on loan</h2>
      <p>
        Marram has had eleven entrances since the harbour office began to count. Nine of them are
        dry land now; one has sheep on it. The pilots speak of the present channel as other people
        speak of a lodger: civil, regular, not to be relied on past spring. When it goes they will
        lay the buoys again, a day’s work with two boats, and the harbour will open half a mile from
        where it was on Tuesday.
      </p>
      <blockquote>
        <p>The bar is a mile of sand with opinions.</p>
      </blockquote>
      <p>
        The council once had a plan to fix it: two stone arms, eight hundred metres each, and a
        dredger to keep them honest. The engineer’s model stood in the library for a year, a tray of
        real sand under a real trickle of water. Each morning the librarian found that the channel
        had moved in the night. She began to write the date beside it in pencil, and by the summer
        the plan had been withdrawn.
      </p>
      <h2>What the boy writes</h2>
      <p>
        The boy this year is called Tam and he is sixty-one. The title goes with the pencil. He
        writes the depth, the minute, the tallow. At the end of the day the figures are brought to
        one height of tide and inked on to the sheet by hand, and the sheet is pinned in the window
        of the harbour office, where the fishermen read it standing, hands in pockets, without
        expression, the way one reads a letter in front of the person who sent it.
      </p>
      <p>
        Then they go home and mark their own charts, each a little differently. Ine does not mind. A
        chart, she says, is an agreement to be careful in the same places.
      </p>
    </>
  );
}
