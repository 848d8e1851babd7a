import { vi } from 'vitest';

/** A window that the page opened. */
export interface TestPopup {
  /** The URL that the page navigated it to. */
  readonly url: Promise<string>;
  readonly isClosed: boolean;
  /** How often the page has brought it to the front. */
  readonly focusCount: number;
  /** The user's actions. */
  close(): void;
}

/** The windows that the page opens. */
export interface Popups {
  /** The page's last window. */
  last(): TestPopup;
  /** Whether the browser lets the page open windows. Default true. */
  areAllowed: boolean;
}

/** Lets the page open windows. */
export function installPopups(): Popups {
  const opened: TestPopup[] = [];
  const popups: Popups = {
    areAllowed: true,
    last() {
      const popup = opened.at(-1);
      if (popup === undefined) throw new Error('The page has opened no window.');
      return popup;
    },
  };
  vi.spyOn(window, 'open').mockImplementation(() => {
    if (!popups.areAllowed) return null;
    const { own, popup } = createPopup();
    opened.push(popup);
    return own as Window;
  });
  // In the page that a window shows.
  vi.spyOn(window, 'close').mockImplementation(() => popups.last().close());
  return popups;
}

function createPopup(): { own: object; popup: TestPopup } {
  let send: (url: string) => void = () => {};
  const url = new Promise<string>((resolve) => (send = resolve));
  let focusCount = 0;
  const own = {
    closed: false,
    focus: () => void (focusCount += 1),
    close() {
      own.closed = true;
    },
    location: {
      replace: (target: string | URL) => send(String(target)),
      assign: (target: string | URL) => send(String(target)),
    },
  };
  const popup = {
    url,
    get isClosed() {
      return own.closed;
    },
    get focusCount() {
      return focusCount;
    },
    close: () => own.close(),
  };
  return { own, popup };
}
