import { UnsupportedError } from './errors.js';

const RAW_ID_TOKEN =
  'The session does not keep it. Read the claims, or send the access token, which is what an API verifies.';

/** Adds the property for the raw ID Token, which throws when it is read. A copy of the object does not have it. */
export function withoutRaw<Name extends string, Values extends object>(
  name: Name,
  values: Values,
): Values & Record<Name, string> {
  const define = (target: Values): target is Values & Record<Name, string> =>
    Reflect.defineProperty(target, name, {
      get(): never {
        throw new UnsupportedError(name, RAW_ID_TOKEN);
      },
    });
  if (define(values)) return values;
  throw new TypeError(`Cannot define "${name}".`);
}
