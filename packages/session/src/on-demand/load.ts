import { AuthError } from '../errors.js';

/*
 * This folder is the one place that loads code while the page runs. A reader who never logs in loads none of it;
 * one who is signed in loads the driver; the rest comes when a token is renewed or a login begins.
 */

/** Waits for a chunk. @throws AuthError `network` when the code cannot be had */
export function load<Chunk>(chunk: Promise<Chunk>): Promise<Chunk> {
  return chunk.catch((cause: unknown) => {
    throw new AuthError('network', 'The code did not load. Try again.', { cause });
  });
}
