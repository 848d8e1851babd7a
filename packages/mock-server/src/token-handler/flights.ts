import type { Clock } from '../clock.js';

/** Work that several requests share: the same key, the same result. */
export interface Flights<Value> {
  /** The work under way or done a short while ago for a key. */
  get(key: string): Promise<Value> | undefined;
  /** Starts work for a key. What fails is forgotten, so that the next request tries again. */
  start(key: string, work: () => Promise<Value>): Promise<Value>;
  /** Forgets finished work for good. */
  forget(isOver: (value: Value) => boolean): void;
}

interface Flight<Value> {
  readonly promise: Promise<Value>;
  /** The result and when it came, once it is there. */
  landed: { readonly value: Value; readonly at: number } | null;
}

/** @param graceMs how long a result is kept, on the server's clock */
export function createFlights<Value>(clock: Clock, graceMs: number): Flights<Value> {
  const flights = new Map<string, Flight<Value>>();

  const forget = (isOver: (flight: Flight<Value>) => boolean): void => {
    for (const [key, flight] of flights) if (isOver(flight)) flights.delete(key);
  };
  const isStale = ({ landed }: Flight<Value>): boolean =>
    landed !== null && Math.abs(clock.now() - landed.at) >= graceMs;

  return {
    get: (key) => {
      forget(isStale);
      return flights.get(key)?.promise;
    },
    start: (key, work) => {
      const flight: Flight<Value> = { promise: work(), landed: null };
      flights.set(key, flight);
      flight.promise.then(
        (value) => {
          flight.landed = { value, at: clock.now() };
        },
        () => {
          if (flights.get(key) === flight) flights.delete(key);
        },
      );
      return flight.promise;
    },
    forget: (isOver) => forget(({ landed }) => landed !== null && isOver(landed.value)),
  };
}
