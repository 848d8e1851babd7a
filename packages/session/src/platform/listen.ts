type PageEvents = WindowEventMap & DocumentEventMap;

/** Something that an event of one type happens to. */
interface Target<Type extends keyof PageEvents> {
  addEventListener(type: Type, listener: (event: PageEvents[Type]) => void): void;
  removeEventListener(type: Type, listener: (event: PageEvents[Type]) => void): void;
}

/**
 * Adds a listener, which the signal's abort removes. The `signal` option of `addEventListener` does the same, but test
 * environments refuse it: their `EventTarget` is their own, and their `AbortSignal` may be the platform's.
 */
export function listen<Type extends keyof PageEvents>(
  target: Target<NoInfer<Type>>,
  type: Type,
  listener: (event: PageEvents[Type]) => void,
  signal: AbortSignal,
): void {
  target.addEventListener(type, listener);
  signal.addEventListener('abort', () => target.removeEventListener(type, listener));
}
