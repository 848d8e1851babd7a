import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ControlError, type FaultOptions } from '../src/index.js';
import { createWorld } from './support/world.js';

describe('a fault that could never happen', () => {
  test.each<[string, object, RegExp]>([
    ['an endpoint with a mistake in it', { endpoint: 'tokn', status: 500 }, /endpoint: .*"tokn"/],
    ['an effect with a mistake in it', { idToken: 'nonce-invald' }, /idToken: .*"nonce-invald"/],
    ['a field that does not exist', { endpoint: 'token', stauts: 500 }, /stauts/],
    ['no effect', { endpoint: 'token', user: 'ada' }, /names nothing that goes wrong/],
    [
      'only effects that are switched off',
      { hang: false, reset: false },
      /nothing that goes wrong/,
    ],
    ['a body without a status', { endpoint: 'token', body: 'x' }, /a body without a status/],
    ['a body with the status 204', { status: 204, body: 'x' }, /204/],
    ['a JSON body with the status 205', { status: 205, body: { a: 1 } }, /205/],
    ['a body with the status 304', { status: 304, body: 'x' }, /304/],
    ['a status below 200', { status: 101 }, /status/],
    ['a status of one and a half', { status: 200.5 }, /status/],
    [
      'a header value of two lines',
      { status: 500, headers: { a: 'b\r\nset-cookie: c=d' } },
      /headers\.a/,
    ],
    ['a header value beyond Latin-1', { status: 500, headers: { a: 'zł' } }, /headers\.a/],
    ['a header name with a space', { status: 500, headers: { 'a b': 'c' } }, /header name/],
    ['a body that JSON cannot hold', { status: 500, body: { a: 1n } }, /body/],
    ['no times at all', { status: 500, times: 0 }, /times/],
    ['an endless delay', { delayMs: Infinity }, /delayMs/],
    [
      'a bad ID token at another endpoint',
      { endpoint: 'authorize', idToken: 'iss-missing' },
      /never shows/,
    ],
    [
      'effects on two endpoints',
      { discoveryIssuer: 'https://x/', userinfoSub: 'x' },
      /never shows/,
    ],
  ])('adding a fault that could never happen throws in process too: %s', (_, fault, message) => {
    const { faults } = createWorld().server.control;
    expect(() => faults.add(fault as FaultOptions)).toThrow(message);
    expect(() => faults.add(fault as FaultOptions)).toThrow(ControlError);
    expect(faults.list()).toEqual([]);
  });
});

test('a fault can have any status without a body', async () => {
  const { server, send } = createWorld();
  for (const status of [204, 205, 304]) {
    server.control.faults.add({ endpoint: 'jwks', status, headers: { etag: '"1"' } });
    const response = await send('/.well-known/jwks.json');
    expect([response.status, await response.text()]).toEqual([status, '']);
  }
});

test('every accepted fault is sent as planned', async () => {
  const { server, send } = createWorld();
  const text = fc.string({ unit: 'binary', maxLength: 20 });
  const fault = fc.record(
    {
      status: fc.oneof(
        fc.integer({ min: 200, max: 599 }),
        fc.constantFrom(199, 204, 205, 304, 600),
      ),
      body: fc.oneof(text, fc.dictionary(text, fc.jsonValue())),
      headers: fc.dictionary(
        fc.oneof(text, fc.constantFrom('x-a', 'etag', 'vary')),
        fc.oneof(text, fc.string({ maxLength: 20 })),
        { maxKeys: 2 },
      ),
    },
    { requiredKeys: ['status'] },
  );
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(fault, async (options) => {
      server.control.faults.clear();
      try {
        server.control.faults.add({ endpoint: 'jwks', ...options });
      } catch (error) {
        expect(error).toBeInstanceOf(ControlError);
        return;
      }
      accepted += 1;
      const response = await send('/.well-known/jwks.json');
      expect(response.status).toBe(options.status);
    }),
    { numRuns: 100 },
  );
  expect(accepted).toBeGreaterThan(20);
});

describe('the clock', () => {
  test.each([
    ['beyond the last date there is', 8.64e15 + 1],
    ['in the year 10000', Date.UTC(10000, 0, 1)],
    ['before 1970', -1],
    ['at no number', Number.NaN],
  ])('the clock cannot be set %s', async (_, epochMs) => {
    const { server, send } = createWorld();
    expect(() => server.control.clock.set(epochMs)).toThrow(/years 1970 and 9999/);
    expect(await send('/.well-known/jwks.json')).toHaveProperty('status', 200);
  });

  test('the clock cannot be advanced beyond the year 9999', () => {
    const { clock } = createWorld().server.control;
    expect(() => clock.advance({ days: 1e9 })).toThrow(RangeError);
  });
});
