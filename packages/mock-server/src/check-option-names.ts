import { closest, distance } from 'fastest-levenshtein';
import { OPTION_NAMES } from './option-names.js';
import type { MockServerOptions } from './options.js';

/** An option that does not exist, such as a misspelt one, which would otherwise have no effect. */
export class UnknownOptionError extends TypeError {
  override readonly name = 'UnknownOptionError';
  /** Such as `lifetimes.accesTokenSeconds`. */
  readonly option: string;
  /** The option that was probably meant; `null` if none is similar. */
  readonly suggestion: string | null;

  constructor(option: string, suggestion: string | null) {
    const advice =
      suggestion === null
        ? 'Remove it, or see MockServerOptions.'
        : `Did you mean "${suggestion}"?`;
    super(`"${option}" is not an option of the mock. ${advice}`);
    this.option = option;
    this.suggestion = suggestion;
  }
}

/** Checks the names of the options, and of the fields of the lifetimes, clients and users. @throws UnknownOptionError */
export function checkOptionNames(options: MockServerOptions): void {
  checkNames(options, OPTION_NAMES[''], '');
  checkParts(options, ['lifetimes'], '');
  options.clients?.forEach((client, index) => checkClientNames(client, `clients[${index}].`));
  options.users?.forEach((user, index) => checkUserNames(user, `users[${index}].`));
}

/** Checks the names of a client's fields. @throws UnknownOptionError */
export function checkClientNames(client: object, prefix = ''): void {
  checkNames(client, OPTION_NAMES.clients, prefix);
  checkParts(client, ['refreshToken'], prefix);
}

/** Checks the names of a user's fields. @throws UnknownOptionError */
export function checkUserNames(user: object, prefix = ''): void {
  checkNames(user, OPTION_NAMES.users, prefix);
  checkParts(user, ['billingAddress', 'deliveryAddress', 'standardClaims'], prefix);
}

/**
 * Returns the option that was probably meant by the last name of a path of the options, such as `email` for
 * `users.0.emial`; `null` if none is similar.
 */
export function suggestName(path: readonly string[]): string | null {
  const [parent = '', unknown = ''] = ['', ...path.filter((name) => !/^\d+$/.test(name))].slice(-2);
  const part = Object.entries(OPTION_NAMES).find(([name]) => name === parent);
  return part === undefined ? null : nearestOf(unknown, part[1]);
}

function checkParts(
  object: object,
  parts: readonly (keyof typeof OPTION_NAMES)[],
  prefix: string,
): void {
  for (const part of parts) {
    const fields: unknown = Reflect.get(object, part);
    if (typeof fields !== 'object' || fields === null) continue;
    checkNames(fields, OPTION_NAMES[part], `${prefix}${part}.`);
  }
}

function checkNames(options: object, names: readonly string[], prefix: string): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const nearest = nearestOf(unknown, names);
  throw new UnknownOptionError(prefix + unknown, nearest && prefix + nearest);
}

function nearestOf(unknown: string, names: readonly string[]): string | null {
  const nearest = closest(unknown, [...names]);
  return distance(unknown, nearest) <= Math.max(2, unknown.length / 3) ? nearest : null;
}
