import { describe, expect, test } from 'vitest';
import { createLoginTag, readLoginWay } from './state-param.js';
import { resolveOptions } from '../options.js';
import { isOwnCallback } from './find-callback.js';

const config = resolveOptions({ clientId: 'publisher-web' });
const own = `random;${createLoginTag(config, 'redirect')}`;
const at = (query: string): URL => new URL(`https://app.publisher.test/${query}`);
const withState = (state: string, rest: string): URL =>
  at(`?${new URLSearchParams({ state }).toString()}${rest}`);

describe('isOwnCallback', () => {
  test.each(['&code=1', '&code=', '&error=access_denied', '&error=&x=1', '&code=1&iss=x'])(
    'an answer with our mark and %s is ours',
    (rest) => {
      expect(isOwnCallback(withState(own, rest), config)).toBe(true);
      const retry = `random;${createLoginTag(config, 'retry')}`;
      expect(isOwnCallback(withState(retry, rest), config)).toBe(true);
      expect(readLoginWay(withState(retry, rest))).toBe('retry');
    },
  );

  test.each([
    ['no query', at('')],
    ['no state', at('?code=1')],
    ['an empty state', at('?code=1&state=')],
    ['our state alone', withState(own, '')],
    ['the state of another library', withState('a1b2c3', '&code=1')],
    ['a state with a semicolon of its own', withState('a;b', '&code=1')],
    ['the mark of another client', withState('random;sesamy-kit:other', '&code=1')],
    [
      'the mark of a client whose id begins like ours',
      withState('random;sesamy-kit:publisher-web-2;redirect', '&code=1'),
    ],
    ['our mark without a random part', withState(createLoginTag(config, 'redirect'), '&code=1')],
    [
      'our mark in another place',
      withState(`random;x;${createLoginTag(config, 'redirect')}`, '&code=1'),
    ],
    ['our answer in the fragment', at(`#code=1&state=${own}`)],
  ])('%s is not ours', (_what, url) => {
    expect(isOwnCallback(url, config)).toBe(false);
  });

  test('no client id can pass for another, since none holds a semicolon', () => {
    expect(() => resolveOptions({ clientId: 'publisher-web;retry' })).toThrow('clientId');
  });
});
