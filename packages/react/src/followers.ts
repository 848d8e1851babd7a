import type { Session } from '@sesamy-kit/session';

/** Effects that run while a provider of the session is mounted. */
export interface Followers {
  /** Adds a follower once for each key. It runs until the last provider of the session unmounts. */
  readonly add: (key: object, follow: () => () => void) => void;
  /** Starts the followers when a provider mounts; returns a function for its unmount. */
  readonly start: () => () => void;
}

const followers = new WeakMap<Session, Followers>();

/** Returns the followers of a session. Hooks add to them, so that the provider need not import their dependencies. */
export function followersOf(session: Session): Followers {
  const existing = followers.get(session);
  if (existing !== undefined) return existing;
  const created = createFollowers();
  followers.set(session, created);
  return created;
}

function createFollowers(): Followers {
  const follows = new Map<object, () => () => void>();
  let stops: (() => void)[] = [];
  let providers = 0;
  return {
    add(key, follow) {
      if (follows.has(key)) return;
      follows.set(key, follow);
      if (providers > 0) stops.push(follow());
    },
    start() {
      if (providers++ === 0) stops = [...follows.values()].map((follow) => follow());
      return () => {
        if (--providers > 0) return;
        for (const stop of stops) stop();
        stops = [];
      };
    },
  };
}
