import type { Endpoint } from '../context.js';
import { BackChannelError } from './back-channel.js';
import { clearedCookies } from './cookies.js';
import { readSite } from './site.js';
import type { TokenHandler } from './token-handler.js';
import { unavailable } from './errors.js';
import { addCookie } from '../response-cookies.js';

/** `GET /auth/userinfo`: the signed-in user; 200 without a session, too. Never readable across origins. */
export function handlerUserinfoEndpoint(handler: TokenHandler): Endpoint {
  return async (c) => {
    const site = readSite(c);
    c.header('cache-control', 'no-store');
    c.header('vary', 'Cookie');
    try {
      const session = await handler.read(c, site);
      const live = session && (await handler.resume(c, site, session));
      const isSignedIn = live !== null && live !== 'over';
      const cookies = isSignedIn ? live.cookies : clearedCookies(c, site);
      for (const cookie of cookies) addCookie(c, cookie);
      return c.json(
        isSignedIn ? { ...live.session.user, authenticated: true } : { authenticated: false },
      );
    } catch (error) {
      if (error instanceof BackChannelError) throw unavailable();
      throw error;
    }
  };
}
