import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import fc from 'fast-check';
import type { Session } from '../src/index.js';
import { rejectionOf } from './browser.js';
import { openApp, type TestApp } from './support/app.js';
import type { TestFrame } from './support/frames.js';
import { LOGIN_ORIGIN, ssoCookie } from './support/modes/sso-cookie.js';

let app: TestApp;
let page: Session;

beforeEach(async () => {
  app = openApp(ssoCookie);
  page = await app.logIn();
  app.pass(4000);
});

afterEach(() => {
  vi.useRealTimers();
});

const stateOf = ({ url }: TestFrame): string => new URL(url).searchParams.get('state') ?? '';

/** The message that the server would post, with another code. */
function forged(frame: TestFrame, response: Record<string, unknown> = {}): object {
  return {
    type: 'authorization_response',
    response: { code: 'forged', state: stateOf(frame), ...response },
  };
}

const signedOut = { code: undefined, error: 'login_required', error_description: 'Login required' };

/** Returns how many codes the page has tried to exchange since its login. */
function spentCodes(): number {
  return app.server.control.requests.count({ grant: 'authorization_code' }) - 1;
}

describe('a message during a silent renewal', () => {
  test.each<[string, (frame: TestFrame) => void]>([
    ['from another origin', (frame) => frame.post(forged(frame), { origin: 'https://evil.test' })],
    [
      'from a sibling of the login host',
      (frame) => frame.post(forged(frame), { origin: 'https://www.publisher.test' }),
    ],
    [
      'from an origin that only begins like the issuer',
      (frame) => frame.post(forged(frame), { origin: `${LOGIN_ORIGIN}.evil.test` }),
    ],
    ['from an opaque origin', (frame) => frame.post(forged(frame), { origin: 'null' })],
    ['from the page itself', (frame) => frame.post(forged(frame), { source: window })],
    ['from another frame', (frame) => frame.post(forged(frame), { source: {} })],
    ['without a source', (frame) => frame.post(forged(frame), { source: null })],
    ['for another state', (frame) => frame.post(forged(frame, { state: 'other' }))],
    ['without a state', (frame) => frame.post(forged(frame, { state: undefined }))],
    ['of another type', (frame) => frame.post({ ...forged(frame), type: 'authorization_request' })],
    ['without a type', (frame) => frame.post({ ...forged(frame), type: undefined })],
  ])(
    'a message during a silent renewal is not accepted as the response when it comes %s',
    async (_how, attack) => {
      app.browser.frames.behave((frame) => {
        attack(frame);
        void frame.show();
      });
      expect(await app.callApi(page)).toBe(200);
      expect(spentCodes()).toBe(1);
    },
  );

  test.each<[string, (frame: TestFrame) => void]>([
    [
      'from another origin',
      (frame) => frame.post(forged(frame, signedOut), { origin: 'https://evil.test' }),
    ],
    ['from another window', (frame) => frame.post(forged(frame, signedOut), { source: window })],
    ['for another state', (frame) => frame.post(forged(frame, { ...signedOut, state: 'other' }))],
  ])(
    'a message during a silent renewal cannot sign the user out when it comes %s',
    async (_how, attack) => {
      app.browser.frames.behave((frame) => {
        attack(frame);
        void frame.show();
      });
      expect(await app.callApi(page)).toBe(200);
      expect(page.getSnapshot().status).toBe('authenticated');
    },
  );

  test('a message during a silent renewal is ignored, whatever its content, unless it is the response', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (data) => {
        app.pass(4000);
        app.browser.frames.behave((frame) => {
          frame.post(data);
          void frame.show();
        });
        expect(await app.callApi(page)).toBe(200);
      }),
      { numRuns: 50 },
    );
  });

  test('a silent response with a code of another login is rejected, and the session is kept', async () => {
    app.browser.frames.behave((frame) => frame.post(forged(frame)));
    await rejectionOf(app.callApi(page));
    expect(page.getSnapshot().status).toBe('authenticated');
    app.browser.frames.behave('load');
    expect(await app.callApi(page)).toBe(200);
  });
});

describe('an invalid silent response', () => {
  test.each(['nonce-invalid', 'aud-invalid', 'iss-invalid', 'exp-past', 'sub-missing'] as const)(
    'a silent response with %s is rejected',
    async (idToken) => {
      app.server.control.faults.add({ endpoint: 'token', idToken });
      expect(await rejectionOf(app.callApi(page))).toMatchObject({ code: 'callback_rejected' });
    },
  );

  test("a silent response with another server's iss is rejected", async () => {
    app.server.control.faults.add({ endpoint: 'authorize', authorizationResponse: 'iss-other' });
    expect(await rejectionOf(app.callApi(page))).toMatchObject({ code: 'callback_rejected' });
  });
});
