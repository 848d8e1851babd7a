import type { Session } from '@sesamy-kit/session';

/** Effects that run while a provider of the session is mounted. */
interface Followers {
  readonly follows: Map<object, () => () => void>;
  /** Stop the effects that are running. */
  stops: (() => void)[];
  /** How many providers are mounted. */
  providers: number;
}

const followers = new WeakMap<Session, Followers>();

/** Returns the followers of a session. Hooks add to them, so that the provider need not import their dependencies. */
function followersOf(session: Session): Followers {
  const found = followers.get(session) ?? { follows: new Map(), stops: [], providers: 0 };
  followers.set(session, found);
  return found;
}

/** Adds a follower once for each key. It runs until the last provider of the session unmounts. */
export function addFollower(session: Session, key: object, follow: () => () => void): void {
  const { follows, stops, providers } = followersOf(session);
  if (follows.has(key)) return;
  follows.set(key, follow);
  if (providers > 0) stops.push(follow());
}

/** Starts the followers when a provider mounts; returns a function for its unmount. */
export function startFollowers(session: Session): () => void {
  const found = followersOf(session);
  if (found.providers++ === 0) found.stops = [...found.follows.values()].map((follow) => follow());
  return () => {
    if (--found.providers === 0) for (const stop of found.stops) stop();
  };
}
