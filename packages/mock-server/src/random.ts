import * as base64url from 'jose/base64url';

/** The one source of randomness of a mock server: ids, codes and tokens all come from it. */
export interface Random {
  /** Returns that many bytes. */
  bytes(length: number): Uint8Array;
  /** Where a seeded source stands, for snapshots; null for real randomness. */
  save(): readonly number[] | null;
  /** Puts a seeded source back to where `save` found it. */
  restore(position: readonly number[] | null): void;
  /** Puts a seeded source back to its beginning. */
  restart(): void;
}

/** Creates the source: repeatable when a seed is given, the platform's randomness otherwise. */
export function createRandom(seed?: string | number): Random {
  return seed === undefined ? cryptoRandom() : seededRandom(String(seed));
}

/** A URL-safe random string made of that many bytes. */
export function randomToken(random: Random, byteLength: number): string {
  return base64url.encode(random.bytes(byteLength));
}

/** A random string of decimal digits, such as a one-time code. */
export function randomDigits(random: Random, length: number): string {
  return Array.from(random.bytes(length), (byte) => byte % 10).join('');
}

/** Draws from a pool: one call to the platform for many small draws. */
function cryptoRandom(): Random {
  const pool = new Uint8Array(4096);
  let used = pool.length;
  return {
    bytes: (length) => {
      if (length > pool.length) return crypto.getRandomValues(new Uint8Array(length));
      if (used + length > pool.length) {
        crypto.getRandomValues(pool);
        used = 0;
      }
      used += length;
      return pool.slice(used - length, used);
    },
    save: () => null,
    restore: () => undefined,
    restart: () => undefined,
  };
}

/** sfc32, a small generator with good spread; it is not cryptographically secure. */
function seededRandom(seed: string): Random {
  let [a, b, c, counter] = seedWords(seed);

  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 16; round += 1) next();

  const beginning = [a, b, c, counter];
  const restore = (position: readonly number[] | null): void => {
    if (position?.length !== 4) return;
    [a = 0, b = 0, c = 0, counter = 0] = position;
  };
  return {
    bytes: (length) => Uint8Array.from({ length }, () => next() >>> 24),
    save: () => [a, b, c, counter],
    restore,
    restart: () => restore(beginning),
  };
}

function seedWords(seed: string): [number, number, number, number] {
  const words: [number, number, number, number] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1];
  for (const [index, character] of [...seed].entries()) {
    const slot = index % 3;
    const mixed = Math.imul((words[slot] ?? 0) ^ (character.codePointAt(0) ?? 0), 0x85ebca6b);
    words[slot] = mixed ^ (mixed >>> 13);
  }
  return words;
}
