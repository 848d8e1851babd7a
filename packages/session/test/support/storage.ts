import { vi } from 'vitest';

/** The browser lets the page have no web storage, as some do where cookies are blocked. */
export function denyStorage(): void {
  for (const name of ['localStorage', 'sessionStorage'] as const) {
    vi.spyOn(globalThis, name, 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
  }
}
