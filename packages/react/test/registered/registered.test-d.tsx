import {
  createSesamySession,
  requireSession,
  SesamyProvider,
  SignedIn,
  useSession,
  type AuthError,
  type RegisteredUser,
  type Session,
  type StandardSchema,
} from '@sesamy-kit/react';
import { createTestSession } from '@sesamy-kit/react/testing';
import type { ReactNode } from 'react';
import { expectTypeOf } from 'vitest';

/* Checked by the compiler only; nothing here runs. The registration holds for this folder alone. */

/** The output of the app's schema, as `z.infer<typeof userSchema>`. */
interface Reader {
  readonly sub: string;
  readonly plan: 'free' | 'plus';
}

declare module '@sesamy-kit/react' {
  interface Register {
    user: Reader;
  }
}

declare const userSchema: StandardSchema<unknown, Reader>;
declare const otherSchema: StandardSchema<unknown, { readonly sub: string }>;

const clientId = 'publisher-web';
const session = createSesamySession({ clientId, userSchema });

expectTypeOf<RegisteredUser>().toEqualTypeOf<Reader>();
expectTypeOf(session).toEqualTypeOf<Session>();
expectTypeOf(session.getSnapshot().user).toEqualTypeOf<Reader | undefined>();
expectTypeOf(requireSession(session)).toEqualTypeOf<Promise<Reader>>();

// @ts-expect-error a schema of other users than the registered ones
createSesamySession({ clientId, userSchema: otherSchema });

createTestSession({ user: { sub: 'ada', plan: 'plus' } });
// @ts-expect-error a test session has a registered user
createTestSession({ user: { sub: 'ada' } });

/** Hooks and components have the registered users. */
export function Reading(): ReactNode {
  const { user, error, status } = useSession();
  expectTypeOf(user).toEqualTypeOf<Reader | undefined>();
  expectTypeOf(error).toEqualTypeOf<AuthError | null | undefined>();
  if (status === 'authenticated') expectTypeOf(user).toEqualTypeOf<Reader>();
  const plan = useSession((view) => view.user?.plan);
  expectTypeOf(plan).toEqualTypeOf<'free' | 'plus' | undefined>();
  // @ts-expect-error the registered users have no name
  expectTypeOf(user?.name);
  return (
    <SesamyProvider session={session}>
      <SignedIn>
        {(reader) => {
          expectTypeOf(reader).toEqualTypeOf<Reader>();
          return reader.plan;
        }}
      </SignedIn>
    </SesamyProvider>
  );
}

/** The provider's own session takes the schema, too. */
export function Provided(): ReactNode {
  return <SesamyProvider clientId={clientId} userSchema={userSchema} />;
}
