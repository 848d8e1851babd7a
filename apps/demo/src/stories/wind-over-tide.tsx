import type { ReactNode } from 'react';

/** Text of "Wind over tide". */
export function Body(): ReactNode {
  return (
    <>
      <p>
        There is a strip of water off Stannick Head, no wider than a good field, where the map of
        the sea has an argument with the map of the air. For five hours in twelve it is flat enough
        to butter. Then the stream turns, and runs out against the wind, and the waves, which had
        been lying down, get up.
      </p>
      <p>
        They do not grow so much as crowd. A wave that runs into a current is squeezed: the same
        height, half the length, twice the slope. At Stannick the ebb reaches three knots, and three
        knots against a fresh westerly will turn a swell you could sleep on into a street of walls.
        The local name is the Stairs.
      </p>
      <h2>Twenty minutes</h2>
      <p>
        The ferry crosses it four times a day, and her master, Anders Rook, has made a study. He
        keeps a notebook with two columns, the time the table gives for the turn and the time the
        sea took it. They differ by up to twenty minutes. High pressure holds the water back; a week
        of south wind pushes it on. “The table is for the moon,” he says. “The moon does not come
        with us.”
      </p>
      <p>
        So on bad days he waits in the lee, engines turning over, a boatload of people looking at a
        perfectly good gap. He has been written to about it. Then something goes out of the noise,
        and he is through before the passengers have found their gloves. In eleven years he has
        spilled, by his own count, four cups of coffee. He remembers them singly.
      </p>
      <p>
        I asked what he listens for. He said it is not a sound. It is that the stair you were
        watching does not come down.
      </p>
    </>
  );
}
