import type { Fidelity } from '@sesamy-kit/mock-server';
import { createAccessTokenVerifier } from '@sesamy-kit/server/verify';
import { describe, expect, test } from 'vitest';
import { failureOf } from './client-double.js';
import { clientOfMock, fetchOf, mockSesamy, readerToken } from './mock.js';

describe.each<Fidelity>(['documented', 'engine'])(
  'in the fidelity %s, the verifier',
  (fidelity) => {
    test('reads the token of a reader', async () => {
      const mock = mockSesamy({ fidelity });
      const verifier = createAccessTokenVerifier({
        fetch: fetchOf(mock),
        publisherId: 'publisher',
      });
      await expect(verifier.verify(await readerToken(mock))).resolves.toMatchObject({
        subject: 'email|ada',
        publisherId: 'publisher',
        scopes: ['openid', 'profile', 'email'],
        sessionId: expect.any(String) as string,
      });
    });

    test('accepts the token of an application only where one is required', async () => {
      const mock = mockSesamy({ fidelity });
      const verifier = createAccessTokenVerifier({ allowAnyPublisher: true, fetch: fetchOf(mock) });
      const token = await clientOfMock(mock).getAccessToken();
      await expect(verifier.verify(token, { subject: 'application' })).resolves.toMatchObject({
        subject: 'backend',
        sessionId: undefined,
      });
      expect(await failureOf(verifier.verify(token))).toMatchObject({ reason: 'subject' });
    });

    test('follows a rotation of the keys', async () => {
      const mock = mockSesamy({ fidelity });
      mock.control.keys.rotate();
      const verifier = createAccessTokenVerifier({ allowAnyPublisher: true, fetch: fetchOf(mock) });
      await expect(verifier.verify(await readerToken(mock))).resolves.toBeDefined();
    });

    test('refuses a token once it has expired by the server’s clock', async () => {
      const mock = mockSesamy({ fidelity, lifetimes: { accessTokenSeconds: 3600 } });
      const verifier = createAccessTokenVerifier({
        allowAnyPublisher: true,
        fetch: fetchOf(mock),
        now: () => mock.control.clock.now(),
      });
      const token = await readerToken(mock);
      await expect(verifier.verify(token)).resolves.toBeDefined();
      mock.control.clock.advance({ seconds: 3600 + 11 });
      expect(await failureOf(verifier.verify(token))).toMatchObject({ reason: 'expired' });
    });

    test('refuses the reader of another publisher', async () => {
      const mock = mockSesamy({ fidelity, vendorId: 'rival' });
      const verifier = createAccessTokenVerifier({
        fetch: fetchOf(mock),
        publisherId: 'publisher',
      });
      expect(await failureOf(verifier.verify(await readerToken(mock)))).toMatchObject({
        reason: 'publisher',
      });
    });
  },
);
