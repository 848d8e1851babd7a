import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { useLocation } from 'react-router';

/**
 * Moves focus to the heading of a page when the reader arrives on it from another one,
 * so that the keyboard starts there and a screen reader announces it.
 *
 * @returns A ref for the element that holds the page.
 */
export function useFocusOnNavigation(): RefObject<HTMLElement | null> {
  const { pathname } = useLocation();
  const contentRef = useRef<HTMLElement>(null);
  const previousRef = useRef(pathname);

  useEffect(() => {
    if (previousRef.current === pathname) return;
    previousRef.current = pathname;
    const heading = contentRef.current?.querySelector<HTMLElement>('h1');
    (heading ?? contentRef.current)?.focus({ preventScroll: true });
  }, [pathname]);

  return contentRef;
}
