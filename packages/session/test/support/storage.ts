import { vi } from 'vitest';

/** Denies web storage to the page, as some browsers do if cookies are blocked. */
export function denyStorage(): void {
  for (const name of ['localStorage', 'sessionStorage'] as const) {
    vi.spyOn(globalThis, name, 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
  }
}
