import type { Clock } from '../clock.js';

/** Work that several requests share: the same key, the same result. */
export interface Flights<Value> {
  /** The pending or recent work for a key. */
  get(key: string): Promise<Value> | undefined;
  /** Starts work for a key. A failure is dropped, so that the next request tries again. */
  start(key: string, work: () => Promise<Value>): Promise<Value>;
}

interface Flight<Value> {
  readonly promise: Promise<Value>;
  /** When the result became available. */
  landedAt: number | null;
}

/** @param graceMs how long a result is kept, on the server's clock */
export function createFlights<Value>(clock: Clock, graceMs: number): Flights<Value> {
  const flights = new Map<string, Flight<Value>>();

  const forgetOld = (): void => {
    const now = clock.now();
    for (const [key, { landedAt }] of flights)
      if (landedAt !== null && Math.abs(now - landedAt) >= graceMs) flights.delete(key);
  };

  return {
    get: (key) => {
      forgetOld();
      return flights.get(key)?.promise;
    },
    start: (key, work) => {
      const flight: Flight<Value> = { promise: work(), landedAt: null };
      flights.set(key, flight);
      flight.promise.then(
        () => {
          flight.landedAt = clock.now();
        },
        () => {
          if (flights.get(key) === flight) flights.delete(key);
        },
      );
      return flight.promise;
    },
  };
}
