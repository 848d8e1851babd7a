import type { ComponentProps, ReactNode } from 'react';

/** A button for something that takes the page away. */
export interface ActionButtonProps extends ComponentProps<'button'> {
  readonly isBusy: boolean;
  /** Rejects when it failed; the session's state tells of that, to whoever shows it. */
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
