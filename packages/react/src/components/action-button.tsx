'use client';

import { isAuthError, type AuthError } from '@sesamy-kit/session';
import type { ComponentPropsWithoutRef, ReactNode, Ref } from 'react';

/** The props of the kit's buttons: those of a `<button>`, with the kit's `onError`. */
export interface SessionButtonProps extends Omit<ComponentPropsWithoutRef<'button'>, 'onError'> {
  /** Called with the error when the action fails. */
  readonly onError?: ((error: AuthError) => void) | undefined;
}

/** The props of a button that leaves the page. */
export interface ActionButtonProps extends SessionButtonProps {
  readonly isBusy: boolean;
  /** Rejects with an `AuthError` when it fails. */
  readonly action: () => Promise<unknown>;
  /** Not `ref`, which React 18 does not pass to a function. */
  readonly buttonRef: Ref<HTMLButtonElement>;
}

/** Renders a `<button>` that runs its action after `onClick`, disabled and `aria-busy` while the action is in progress. */
export function ActionButton({
  isBusy,
  action,
  buttonRef,
  onClick,
  onError,
  ...props
}: ActionButtonProps): ReactNode {
  return (
    <button
      type="button"
      {...props}
      ref={buttonRef}
      disabled={isBusy || props.disabled}
      aria-busy={isBusy}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented) return;
        action().catch((error: unknown) => {
          if (isAuthError(error)) onError?.(error);
        });
      }}
    />
  );
}
