import {
  authenticate,
  createAccessTokenVerifier,
  refusalResponse,
  type AccessTokenVerifier,
} from '@sesamy-kit/server/verify';

let verifier: AccessTokenVerifier | undefined;

/** Call it with `session.fetchJson('/api/me')`, and name this origin in the provider's `allowedOrigins`. */
export async function GET(request: Request): Promise<Response> {
  verifier ??= createVerifier(process.env);
  try {
    const { subject } = await authenticate(request, verifier);
    return Response.json({ subject });
  } catch (error) {
    return refusalResponse(error);
  }
}

/** Not while the module is loaded, which a build does too. */
function createVerifier(env: NodeJS.ProcessEnv): AccessTokenVerifier {
  const { SESAMY_ISSUER: issuer, SESAMY_PUBLISHER_ID: publisherId } = env;
  if (!publisherId) throw new Error('Set SESAMY_PUBLISHER_ID to the id of your publisher.');
  return createAccessTokenVerifier({ publisherId, ...(issuer && { issuer }) });
}
