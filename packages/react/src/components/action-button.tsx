'use client';

import type { ComponentPropsWithoutRef, ReactNode, Ref } from 'react';

/** A button for something that takes the page away. */
export interface ActionButtonProps extends ComponentPropsWithoutRef<'button'> {
  readonly isBusy: boolean;
  /** Rejects when it failed. A login that failed shows in the session's state; a logout ends the session here in any case. */
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
        if (!event.defaultPrevented) action().catch(() => {});
      }}
    />
  );
}
