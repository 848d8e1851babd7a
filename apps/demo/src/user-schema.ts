import { boolean, nonEmpty, object, optional, pipe, string, transform } from 'valibot';
import type { GenericSchema } from 'valibot';

/** A reader of the paper, made of the claims of a login. */
export interface Reader {
  readonly sub: string;
  readonly name: string;
  readonly nickname?: string | undefined;
  readonly picture?: string | undefined;
  readonly hasConfirmedEmail: boolean;
}

/** Checks the claims at each login, restore and renewal. Only what the paper cannot do without is required. */
export const userSchema: GenericSchema<unknown, Reader> = pipe(
  object({
    sub: string(),
    name: pipe(string(), nonEmpty()),
    nickname: optional(string()),
    picture: optional(string()),
    email_verified: optional(boolean(), false),
  }),
  transform(({ email_verified: hasConfirmedEmail, ...claims }) => ({
    ...claims,
    hasConfirmedEmail,
  })),
);

declare module '@sesamy-kit/react' {
  interface Register {
    /** The type of `useSession().user`, and of the users of all guards and components. */
    readonly user: Reader;
  }
}
