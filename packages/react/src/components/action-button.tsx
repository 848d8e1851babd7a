'use client';

import { isAuthError, type AuthError } from '@sesamy-kit/session';
import type { ComponentPropsWithoutRef, ReactNode, Ref } from 'react';

/** What every button of the kit takes: all that a `<button>` does, but for its `onError`. */
export interface SessionButtonProps extends Omit<ComponentPropsWithoutRef<'button'>, 'onError'> {
  /** Is given the error when the click came to nothing. */
  readonly onError?: ((error: AuthError) => void) | undefined;
}

/** A button for something that takes the page away. */
export interface ActionButtonProps extends SessionButtonProps {
  readonly isBusy: boolean;
  /** Rejects with an `AuthError` when it failed. */
  readonly action: () => Promise<unknown>;
  /** Not `ref`, which React 18 does not pass to a function. */
  readonly buttonRef: Ref<HTMLButtonElement>;
}

/** A `<button>` that is disabled and `aria-busy` while its action is under way, and does it after `onClick`. */
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
