import {
  AccessTokenError,
  authenticate,
  createAccessTokenVerifier,
  refusalResponse,
} from '@sesamy-kit/server/verify';
import { mock } from './mock.js';

const ORIGIN = 'https://api.publisher.com';
const STRONG = 'urn:publisher:strong';

const verifier = createAccessTokenVerifier({
  issuer: mock.issuer,
  allowAnyPublisher: true,
  fetch: mock.fetch,
});

/** Requests to the publisher's API end in this page, other requests at the mock of Sesamy. */
export const fetchInPage: typeof fetch = async (input, init) => {
  const { origin } = new URL(input instanceof Request ? input.url : input);
  return origin === ORIGIN ? closeAccount(new Request(input, init)) : mock.fetch(input, init);
};

async function closeAccount(request: Request): Promise<Response> {
  try {
    const { acr } = await authenticate(request, verifier);
    // `max_age` makes the login show its page; a slow reader is not refused for it.
    if (acr !== STRONG) {
      throw new AccessTokenError('Log in again.', {
        code: 'insufficient_user_authentication',
        requirements: { acrValues: [STRONG], maxAgeSeconds: 0 },
      });
    }
    return Response.json({ closed: true });
  } catch (error) {
    return refusalResponse(error);
  }
}
