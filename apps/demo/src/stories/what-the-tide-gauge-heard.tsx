import type { ReactNode } from 'react';

/** Text of "What the tide gauge heard". */
export function Body(): ReactNode {
  return (
    <>
      <p>
        In a hut the size of a wardrobe, at the end of the inner pier at Port Ansell, a float goes
        up and down in a pipe. It has done so since 1894. A wire runs from the float to a pen, and
        the pen to a drum, and the drum turns once a day. That is the whole machine. It was built to
        answer one question, and it has been answering others ever since.
      </p>
      <p>
        Twice a day it draws the tide, a slow handwriting that anyone can read. But look at the line
        with a glass and it is never smooth. There is a tremor of a few millimetres when the morning
        ferry turns. There is a finer one, a sort of hum, whenever the swell outside is long enough
        to lift the whole basin and set it down again: eleven minutes up, eleven minutes down, like
        something asleep.
      </p>
      <h2>Thursday, a little after four</h2>
      <p>
        On a May afternoon in 1960 the hum became a shout. The pen swung a hand’s breadth and back,
        eight times, on a day without wind. The clerk on duty wrote “boys?” in the margin. It took a
        week for the newspapers to arrive with the explanation, which was an earthquake on the far
        side of another ocean. The wave had needed most of a day to come. Nobody on the pier had
        felt it but the float.
      </p>
      <p>
        The hut has a satellite link now and sends its figure every six minutes. The drum still
        turns. When I asked the harbour engineer why, she pulled the paper off, rolled it, and gave
        it to me to take home. “You cannot,” she said, “put the other one in a tube.”
      </p>
    </>
  );
}
