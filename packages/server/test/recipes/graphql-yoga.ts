import {
  authenticate,
  createAccessTokenVerifier,
  refusalResponse,
} from '@sesamy-kit/server/verify';
import type { AccessToken } from '@sesamy-kit/server/verify';
import { createSchema, createYoga } from 'graphql-yoga';

const verifier = createAccessTokenVerifier({ publisherId: 'your-publisher-id' });

interface Context {
  accessToken: AccessToken;
}

const yoga = createYoga<Context>({
  schema: createSchema<Context>({
    typeDefs: 'type Query { me: String! }',
    resolvers: { Query: { me: (_root, _args, { accessToken }) => accessToken.subject } },
  }),
});

export async function handle(request: Request): Promise<Response> {
  try {
    const accessToken = await authenticate(request, verifier);
    return await yoga.fetch(request, { accessToken });
  } catch (error) {
    return refusalResponse(error);
  }
}
