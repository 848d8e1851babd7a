import type { ReactNode } from 'react';

/** Text of "Instructions for leaving a berth at night". */
export function Body(): ReactNode {
  return (
    <>
      <p>
        Go early, while the town is still putting itself to bed. You will want its lights behind you
        for as long as they will come.
      </p>
      <p>
        Walk the boat before you touch a line. Things move in the dark that were content all day: a
        hatch, a bucket, a dog. Say out loud what you are going to do, in order, even if you are
        alone. It is surprising how often you will not agree.
      </p>
      <p>
        Take the spring off first and the bow line last. Do not hurry the middle. Everyone who has
        ever hit a pier did it in the middle.
      </p>
      <h2>Once you are off</h2>
      <p>
        Turn out the cabin lamp. For a minute there will be nothing at all, and it will seem to you
        that you have made a mistake; then the harbour comes up out of the black like a photograph,
        the red, the green, the one white light that is somebody’s kitchen. Steer for none of them.
        Steer for the gap they make.
      </p>
      <p>
        At the pier head there is usually a man with a rod, whatever the hour. He will lift one
        hand. You lift one hand. It is the entire formality of departure, it has not changed since
        there were harbours, and it does more for you than the papers will.
      </p>
      <p>After that the swell takes hold, and you may put the kettle on.</p>
    </>
  );
}
