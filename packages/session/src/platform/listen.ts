type PageEvents = WindowEventMap & DocumentEventMap;

/** A target of events of one type. */
interface Target<Type extends keyof PageEvents> {
  addEventListener(type: Type, listener: (event: PageEvents[Type]) => void): void;
  removeEventListener(type: Type, listener: (event: PageEvents[Type]) => void): void;
}

/**
 * Adds a listener until the signal aborts. The `signal` option of `addEventListener` does the same, but test
 * environments with their own `EventTarget` may reject the platform's `AbortSignal`.
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
