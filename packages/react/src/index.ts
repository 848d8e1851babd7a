export * from '@sesamy-kit/session';
export { LoginButton, type LoginButtonProps } from './components/login-button.js';
export { LogoutButton, type LogoutButtonProps } from './components/logout-button.js';
export {
  RequireSession,
  type RequireSessionError,
  type RequireSessionProps,
} from './components/require-session.js';
export { ReloginBoundary, type ReloginBoundaryProps } from './components/relogin-boundary.js';
export { ReloginDialog, type ReloginDialogProps } from './components/relogin-dialog.js';
export { SignedIn, type SignedInProps } from './components/signed-in.js';
export { SignedOut, type SignedOutProps } from './components/signed-out.js';
export type { Address, Profile, ProfilePatch } from './profile.js';
export { SesamyProvider, type SesamyProviderProps } from './session-provider.js';
export { sessionQueryKey, useSessionQueryKey, type SessionQueryKey } from './session-query-key.js';
export {
  profileQueryOptions,
  useProfile,
  useUpdateProfile,
  type ProfileQueryKey,
  type ProfileQueryOptions,
  type UpdateProfileOptions,
  type UseProfileOptions,
} from './use-profile.js';
export {
  useIdleLogout,
  type IdleLogoutView,
  type UseIdleLogoutOptions,
} from './use-idle-logout.js';
export { useRelogin, type Relogin } from './use-relogin.js';
export type { LoginStrength } from './login-strength.js';
export { useSession, type SessionActions, type SessionView } from './use-session.js';
export { useSuspenseProfile } from './use-suspense-profile.js';
export type { StepUpState } from './step-up.js';
export { useStepUp, type StepUp } from './use-step-up.js';
