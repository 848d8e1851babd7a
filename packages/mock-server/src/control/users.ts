import { checkUserNames } from '../check-option-names.js';
import { ControlError } from './control-error.js';
import type { ServerContext } from '../context.js';
import { createUser, displayName, type User, type UserOptions } from '../users.js';

/** The people who can log in. */
export interface UserControl {
  list(): User[];
  /** @throws ControlError when there is no such user. */
  get(id: string): User;
  /** Adds a user, or replaces the one with that id. @throws UnknownOptionError for a field that does not exist */
  add(user: UserOptions): User;
  /** @throws ControlError when there is no such user; UnknownOptionError for a field that does not exist */
  update(id: string, changes: Partial<Omit<UserOptions, 'id'>>): User;
  /** Blocks a user: logins and refreshes are refused from now on. */
  disable(id: string): User;
  enable(id: string): User;
  remove(id: string): void;
}

/** Users of a server. */
export function createUserControl(server: ServerContext): UserControl {
  const get = (id: string): User => {
    const user = server.state.users.get(id);
    if (user) return user;
    throw new ControlError(
      `There is no user "${id}". Existing: ${[...server.state.users.keys()].join(', ') || 'none'}.`,
    );
  };
  const put = (user: User): User => {
    server.state.users.set(user.id, user);
    return user;
  };
  const update = (id: string, changes: Partial<Omit<UserOptions, 'id'>>): User => {
    checkUserNames(changes);
    const merged = { ...get(id), ...changes, updatedAt: server.clock.now() };
    return put({ ...merged, name: changes.name ?? displayName(merged) ?? merged.name });
  };
  return {
    list: () => [...server.state.users.values()],
    get,
    add(user) {
      checkUserNames(user);
      return put(createUser(user, server.clock.now()));
    },
    update,
    disable: (id) => update(id, { isBlocked: true }),
    enable: (id) => update(id, { isBlocked: false }),
    remove: (id) => {
      server.state.users.delete(get(id).id);
    },
  };
}
