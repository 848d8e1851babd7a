import { describe, expect, test } from 'vitest';
import { resolveOptions } from '../options/resolve-options.js';
import { isOwnCallback, readTaggedLogin } from './state-param.js';
import { createStateTag } from './state-tag.js';

const config = resolveOptions({ clientId: 'publisher-web' });
const own = `random;${createStateTag(config, { via: 'redirect' })}`;
const at = (query: string): URL => new URL(`https://app.publisher.test/${query}`);
const withState = (state: string, rest: string): URL =>
  at(`?${new URLSearchParams({ state }).toString()}${rest}`);

describe('isOwnCallback', () => {
  test.each(['&code=1', '&code=', '&error=access_denied', '&error=&x=1', '&code=1&iss=x'])(
    'isOwnCallback is true for our tag with %s',
    (rest) => {
      expect(isOwnCallback(withState(own, rest), config)).toBe(true);
      const retry = `random;${createStateTag(config, { via: 'redirect', isRetry: true })}`;
      expect(isOwnCallback(withState(retry, rest), config)).toBe(true);
      expect(readTaggedLogin(withState(retry, rest))).toEqual({ via: 'redirect', isRetry: true });
    },
  );

  test.each([
    ['no query', at('')],
    ['no state', at('?code=1')],
    ['an empty state', at('?code=1&state=')],
    ['our state alone', withState(own, '')],
    ['the state of another library', withState('a1b2c3', '&code=1')],
    ['a state with another semicolon', withState('a;b', '&code=1')],
    ['the tag of another client', withState('random;sesamy-kit:other', '&code=1')],
    [
      'the tag of a client whose id starts like ours',
      withState('random;sesamy-kit:publisher-web-2;redirect', '&code=1'),
    ],
    [
      'our tag without a random part',
      withState(createStateTag(config, { via: 'redirect' }), '&code=1'),
    ],
    [
      'our tag in another place',
      withState(`random;x;${createStateTag(config, { via: 'redirect' })}`, '&code=1'),
    ],
    ['our response in the fragment', at(`#code=1&state=${own}`)],
  ])('isOwnCallback is false for %s', (_what, url) => {
    expect(isOwnCallback(url, config)).toBe(false);
  });

  test("a client id cannot imitate another's tag, since it has no semicolon", () => {
    expect(() => resolveOptions({ clientId: 'publisher-web;retry' })).toThrow('clientId');
  });
});
