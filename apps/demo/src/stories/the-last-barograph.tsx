import type { ReactNode } from 'react';

/** Text of "The last barograph in Stannick". */
export function Body(): ReactNode {
  return (
    <>
      <p>
        Odile Marsh mends barographs, which is to say that she mends clocks that are frightened of
        the weather. There were nine in Stannick when she took over the bench: one in the bank, one
        in each of the hotels, one in the window of the chandler, where people checked it on the way
        to work as others look at the price of fish. Today there is one. It is hers.
      </p>
      <p>
        It hangs on seven thin boxes of brass with the air taken out of them, stacked like coins.
        When the pressure falls they swell, all together, by less than the thickness of this page,
        and a long arm turns that into the width of a thumb. “Everything in the trade is lever,” she
        says. “You take something too small to argue with and you make it too large to ignore.”
      </p>
      <h2>The shape of the thing</h2>
      <p>
        She can tell the year from the trace. A summer line wanders. A winter line has shoulders.
        The great gale of her childhood is framed above the bench, a cliff of violet ink that goes
        down and down until, a little before three in the morning, the pen leaves the paper
        altogether and draws on the wood.
      </p>
      <blockquote>
        <p>A forecast tells you what they think. This tells you what it did.</p>
      </blockquote>
      <p>
        Does anyone still need one? She considers the question as she considers a bent arbor, from
        several sides. A telephone will give you the pressure to a tenth, she says, but only now; it
        keeps no opinion of how you got there. And it is how you got there that sinks you. A fast
        fall and a slow fall may stand at the same number, and one of them is coming for the roof.
      </p>
      <p>
        On Mondays she winds the drum and changes the paper. The old week goes into a drawer with
        the others, three thousand of them, each one a hill seen from far away.
      </p>
    </>
  );
}
