import { withLock } from '../../src/tokens/refresh.js';

/** Takes the lock as another tab would; returns a function that releases it. */
export async function holdLock(name: string): Promise<() => Promise<void>> {
  return new Promise((resolve) => {
    const held = withLock(
      name,
      () =>
        new Promise<void>((free) => {
          resolve(async () => {
            free();
            await held;
          });
        }),
    );
  });
}
