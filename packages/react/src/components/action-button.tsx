import type { ComponentProps, ReactNode } from 'react';

/** A button for something that takes the page away. */
export interface ActionButtonProps extends ComponentProps<'button'> {
  readonly isBusy: boolean;
  /** Rejects when it failed. A login that failed shows in the session's state; a logout ends the session here in any case. */
  readonly action: () => Promise<unknown>;
}

/** A `<button>` that is disabled and `aria-busy` while its action is under way, and does it after `onClick`. */
export function ActionButton({ isBusy, action, onClick, ...props }: ActionButtonProps): ReactNode {
  return (
    <button
      type="button"
      {...props}
      disabled={isBusy || props.disabled}
      aria-busy={isBusy}
      onClick={(event) => {
        onClick?.(event);
        if (!event.defaultPrevented) action().catch(() => {});
      }}
    />
  );
}
