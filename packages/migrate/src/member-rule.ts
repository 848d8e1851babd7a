import type { OptionRules } from './options.js';

/** How a member of what the old hook returns maps to `useSession()`. */
export type MemberRule =
  /** A value of the same meaning. `isOidcUser`: its claims are in `profile`, its tokens beside them. */
  | { readonly kind: 'value'; readonly name: string; readonly isOidcUser?: boolean }
  | { readonly kind: 'error' }
  /** A boolean that the status tells. */
  | { readonly kind: 'status'; readonly states: readonly string[] }
  | {
      readonly kind: 'action';
      readonly name: string;
      readonly options: OptionRules;
      /** Arguments of the new call that the old one implied. */
      readonly implied?: string;
      /** The results differ, so the result must not be used. */
      readonly hasOtherResult?: boolean;
      /** Resolves to an access token. */
      readonly isToken?: boolean;
    }
  /** No equivalent: what to do. */
  | { readonly kind: 'none'; readonly advice: string };

/** The members of what the old hook returns. */
export type MemberRules = Readonly<Record<string, MemberRule>>;

/** The rule of a member that no rule names. */
export function unknownMember(name: string): MemberRule {
  return { kind: 'none', advice: `"${name}" has no equivalent in useSession().` };
}
