import { vi } from 'vitest';
import type { Network } from './network.js';
import { messagesOf } from './page-scripts.js';
import { relationOf, type Relation } from './sites.js';

/** A frame in the page. */
export interface TestFrame {
  readonly element: HTMLIFrameElement;
  readonly url: string;
  /** Posts to the page as the frame's own document does, unless told to seem another one. */
  post(data: unknown, as?: { origin?: string; source?: object | null }): void;
  /** Ends the frame's loading. */
  load(): void;
  /** Loads the server's response, and runs its scripts. */
  show(): Promise<void>;
}

/**
 * The behaviour of a frame: `load` loads the server's response and runs its scripts, `hang` never loads, `blank` loads
 * a page that posts nothing, `block` is blocked by the page's Content-Security-Policy. A function controls it.
 */
export type FrameBehaviour = 'load' | 'hang' | 'blank' | 'block' | ((frame: TestFrame) => void);

/** The frames of a page. */
export interface Frames {
  /** The URLs of the frames, oldest first. */
  readonly urls: readonly string[];
  /** How many frames are in the page. */
  count(): number;
  /** The most frames that were in the page at a time. */
  readonly peak: number;
  /** Sets the behaviour of further frames. */
  behave(behaviour: FrameBehaviour): void;
}

/** Gives the page frames that load from the network. */
export function installFrames(network: Network): Frames {
  const urls: string[] = [];
  const windows = new WeakMap<HTMLIFrameElement, object>();
  let behaviour: FrameBehaviour = 'load';
  let peak = 0;

  const count = (): number => document.querySelectorAll('iframe').length;

  function open(element: HTMLIFrameElement): void {
    const own = {};
    windows.set(element, own);
    peak = Math.max(peak, count());
    const { src: url } = element;
    if (url === '') return;
    urls.push(url);
    const isThere = (): boolean => windows.get(element) === own;
    const frame: TestFrame = {
      element,
      url,
      post(data, { origin = new URL(url).origin, source = own } = {}) {
        if (isThere()) window.dispatchEvent(messageEvent(data, origin, source));
      },
      load() {
        if (isThere()) element.dispatchEvent(new Event('load'));
      },
      // A frame that cannot be loaded shows the browser's own page.
      show: () => show(frame, network).catch(frame.load),
    };
    if (behaviour === 'load') void frame.show();
    else if (behaviour === 'blank') queueMicrotask(frame.load);
    else if (behaviour === 'block') queueMicrotask(() => block(frame));
    else if (behaviour !== 'hang') behaviour(frame);
  }

  onConnection(open, (element) => windows.delete(element));
  vi.spyOn(HTMLIFrameElement.prototype, 'contentWindow', 'get').mockImplementation(
    function contentWindow(this: HTMLIFrameElement) {
      return (windows.get(this) ?? null) as Window | null;
    },
  );
  return {
    urls,
    count,
    get peak() {
      return peak;
    },
    behave(next) {
      behaviour = next;
    },
  };
}

/** Loads the server's response, through redirects, and delivers the messages of its scripts. */
async function show(frame: TestFrame, network: Network): Promise<void> {
  const { origin } = location;
  const chain: Relation[] = [];
  let url = frame.url;
  for (;;) {
    const response = await network.send(new Request(url), 'iframe', { origin, chain });
    const next = response.headers.get('location');
    if (next === null) {
      for (const { data, targetOrigin } of messagesOf(await response.text())) {
        const as = { origin: new URL(url).origin };
        if (targetOrigin === '*' || targetOrigin === origin) frame.post(data, as);
      }
      return frame.load();
    }
    chain.push(relationOf(origin, url));
    url = new URL(next, url).href;
  }
}

/** @see Content Security Policy Level 3, sections 5.5 and 6.1.6 */
function block(frame: TestFrame): void {
  const violation = Object.assign(new Event('securitypolicyviolation', { bubbles: true }), {
    blockedURI: frame.url,
    effectiveDirective: 'frame-src',
    violatedDirective: 'frame-src',
    disposition: 'enforce',
  });
  document.dispatchEvent(violation);
  frame.load();
}

function messageEvent(data: unknown, origin: string, source: object | null): MessageEvent {
  return new MessageEvent('message', { data, origin, source: source as Window | null });
}

/** happy-dom connects an element by its own method; these frames load nothing there. */
function onConnection(
  connected: (element: HTMLIFrameElement) => void,
  disconnected: (element: HTMLIFrameElement) => void,
): void {
  replaceMethod('connectedToDocument', connected);
  replaceMethod('disconnectedFromDocument', disconnected);
}

function replaceMethod(name: string, then: (element: HTMLIFrameElement) => void): void {
  const prototype = HTMLIFrameElement.prototype;
  const symbol = Object.getOwnPropertySymbols(prototype).find(
    ({ description }) => description === name,
  );
  if (symbol === undefined) throw new Error(`happy-dom has no ${name} any more.`);
  const inherited: unknown = Reflect.get(HTMLElement.prototype, symbol);
  Object.defineProperty(prototype, symbol, {
    configurable: true,
    value(this: HTMLIFrameElement) {
      if (typeof inherited === 'function') inherited.call(this);
      then(this);
    },
  });
}
