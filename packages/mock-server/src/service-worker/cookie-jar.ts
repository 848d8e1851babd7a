/** A cookie of the jar. */
export interface JarCookie {
  readonly name: string;
  readonly value: string;
  /** In epoch milliseconds of the real time; null lasts until it is replaced. */
  readonly expiresAt: number | null;
  /** Whether scripts of pages may read it. */
  readonly isReadable: boolean;
}

/**
 * The cookies that the mock has set in this browser. A service worker can neither set cookies with a response nor
 * read those of a request, so it keeps them itself. The mock sets cookies for all of its paths only, and its pages are
 * of one origin: names suffice.
 */
export interface CookieJar {
  /** The value of the `Cookie` header; empty without cookies. */
  header(): string;
  /** Takes a value of `Set-Cookie`. */
  set(value: string): void;
  /** The cookies that pages may read, as values of `document.cookie`. */
  readable(): readonly string[];
  save(): readonly JarCookie[];
  restore(cookies: readonly JarCookie[]): void;
}

/** Creates an empty jar. @see RFC 6265 section 5.3 */
export function createCookieJar(now: () => number = Date.now): CookieJar {
  const cookies = new Map<string, JarCookie>();
  const isOver = ({ expiresAt }: JarCookie): boolean => expiresAt !== null && expiresAt <= now();
  const live = (): JarCookie[] => [...cookies.values()].filter((cookie) => !isOver(cookie));
  return {
    header: () =>
      live()
        .map(({ name, value }) => `${name}=${value}`)
        .join('; '),
    set: (text) => {
      const cookie = parseCookie(text, now());
      if (isOver(cookie)) cookies.delete(cookie.name);
      else cookies.set(cookie.name, cookie);
    },
    readable: () => live().flatMap(asPageCookie),
    save: live,
    restore: (saved) => {
      cookies.clear();
      for (const cookie of saved) cookies.set(cookie.name, cookie);
    },
  };
}

function parseCookie(text: string, now: number): JarCookie {
  const [pair = '', ...attributes] = text.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  const maxAge = attributes.flatMap((each) => /^max-age=(-?\d+)$/i.exec(each)?.[1] ?? []).at(-1);
  return {
    name: pair.slice(0, at),
    value: pair.slice(at + 1),
    expiresAt: maxAge === undefined ? null : now + Number(maxAge) * 1000,
    isReadable: !attributes.some((each) => /^httponly$/i.test(each)),
  };
}

function asPageCookie({ name, value, expiresAt, isReadable }: JarCookie): string[] {
  if (!isReadable) return [];
  const expires = expiresAt === null ? '' : `; Expires=${new Date(expiresAt).toUTCString()}`;
  return [`${name}=${value}; Path=/; SameSite=Lax${expires}`];
}
