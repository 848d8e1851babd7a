// app/api/me/route.ts
import {
  authenticate,
  createAccessTokenVerifier,
  refusalResponse,
} from '@sesamy-kit/server/verify';

const verifier = createAccessTokenVerifier({ publisherId: 'your-publisher-id' });

export async function GET(request: Request): Promise<Response> {
  try {
    const { subject } = await authenticate(request, verifier);
    return Response.json({ subject });
  } catch (error) {
    return refusalResponse(error);
  }
}
