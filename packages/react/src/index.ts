export * from '@sesamy-kit/session';
export { LoginButton, type LoginButtonProps } from './components/login-button.js';
export { LogoutButton, type LogoutButtonProps } from './components/logout-button.js';
export {
  RequireSession,
  type RequireSessionError,
  type RequireSessionProps,
} from './components/require-session.js';
export { SignedIn, type SignedInProps } from './components/signed-in.js';
export { SignedOut, type SignedOutProps } from './components/signed-out.js';
export type { Address, Profile, ProfilePatch } from './profile.js';
export { SesamyProvider, type SesamyProviderProps } from './session-provider.js';
export {
  profileQueryOptions,
  useProfile,
  useUpdateProfile,
  type ProfileQueryKey,
  type ProfileQueryOptions,
  type UseProfileOptions,
} from './use-profile.js';
export { useSession, type SessionActions, type SessionView } from './use-session.js';
