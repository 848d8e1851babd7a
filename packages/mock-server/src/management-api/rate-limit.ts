/** How many calls an application has left. */
export interface RateWindow {
  /** Epoch milliseconds. */
  readonly endsAt: number;
  readonly left: number;
}

/** The result of counting a call. */
export interface RateDecision extends RateWindow {
  readonly isAllowed: boolean;
}

/** Calls per minute. */
export const RATE_LIMIT = 100;
const BURST = 200;
const WINDOW_MS = 60_000;

/**
 * Counts a call. Each minute adds 100 calls; what is left over is kept, up to the burst of 200,
 * which is also what an application starts with.
 */
export function countCall(window: RateWindow | undefined, now: number): RateDecision {
  const { endsAt, left } = currentWindow(window ?? { endsAt: now + WINDOW_MS, left: BURST }, now);
  return left > 0
    ? { endsAt, left: left - 1, isAllowed: true }
    : { endsAt, left: 0, isAllowed: false };
}

/** The headers of every response; `X-RateLimit-Reset` is in unix seconds. */
export function rateHeaders({ endsAt, left }: RateWindow): Record<string, string> {
  return {
    'x-ratelimit-limit': String(RATE_LIMIT),
    'x-ratelimit-remaining': String(left),
    'x-ratelimit-reset': String(Math.ceil(endsAt / 1000)),
  };
}

/** The response to a call beyond the limit. */
export function rateLimitedResponse(window: RateWindow, now: number, requestId: string): Response {
  const seconds = Math.max(1, Math.ceil((window.endsAt - now) / 1000));
  return Response.json(
    {
      error: {
        code: 'rate_limit_exceeded',
        message: `The Management API allows ${RATE_LIMIT} calls per minute.`,
        retry_after: seconds,
        request_id: requestId,
      },
    },
    { status: 429, headers: { ...rateHeaders(window), 'retry-after': String(seconds) } },
  );
}

function currentWindow(window: RateWindow, now: number): RateWindow {
  if (now < window.endsAt) return window;
  const windows = Math.floor((now - window.endsAt) / WINDOW_MS) + 1;
  return {
    endsAt: window.endsAt + windows * WINDOW_MS,
    left: Math.min(BURST, window.left + windows * RATE_LIMIT),
  };
}
