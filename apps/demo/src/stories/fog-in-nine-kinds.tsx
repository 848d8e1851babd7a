import type { ReactNode } from 'react';

/** Text of "Fog, in nine kinds". */
export function Body(): ReactNode {
  return (
    <>
      <p>
        The keeper’s log at Hope Roads has a column for fog and, until 1961, no agreed way to fill
        it in. So the keepers made their own. I have read all forty volumes, in a cold room, with
        gloves on, and I can report that between them they knew nine kinds.
      </p>
      <p>
        <em>Breath</em> lies on the water at dawn and is gone by breakfast. <em>Wool</em> comes in
        from the sea with an edge to it, so that a man may stand with one boot in each.{' '}
        <em>Smoke</em> rises off the harbour in hard frost and reaches the knee. <em>Haar</em> is
        the neighbours’ word, borrowed and never returned.
      </p>
      <p>
        <em>Milk</em> is white in all directions including down. <em>Slate</em> is the same at
        night. <em>Curtain</em> stands off the point all day in sunshine and does nothing, and is
        logged with some resentment. <em>Drip</em> is less a fog than a decision by the air to
        become rain without the trouble of falling.
      </p>
      <h2>The ninth</h2>
      <p>
        The ninth has no name. It appears four times in ninety years, always in the same way: a dash
        in the fog column, the hour, and then, where the keeper should have put the visibility, the
        single word <em>heard</em>.
      </p>
      <p>
        I asked the last man who kept that light what it meant. He thought for a while. Some fogs,
        he said, you see. Some you only notice because the gulls have stopped. You go out on the
        gallery and the horn sounds and it comes back to you from close by, as it would from a wall,
        and you know that it is right up against the glass.
      </p>
    </>
  );
}
