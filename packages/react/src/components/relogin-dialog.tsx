'use client';

import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useSession } from '../use-session.js';
import type { Relogin } from '../use-relogin.js';

/** The props of `ReloginDialog`. */
export interface ReloginDialogProps {
  /** From `useRelogin` or `ReloginBoundary`. */
  readonly relogin: Relogin;
  /** Default `Your session has ended`. */
  readonly title?: ReactNode;
  /** The text below the title. Default: a sentence that the page is kept. */
  readonly children?: ReactNode;
  /** Default `Log in`. */
  readonly loginLabel?: ReactNode;
  /** Default `Cancel`. */
  readonly cancelLabel?: ReactNode;
}

/**
 * Renders an unstyled modal `<dialog>` that offers to log in again by popup. Escape declines the login. The code of the
 * popup is preloaded.
 * @throws Error outside a SesamyProvider
 */
export function ReloginDialog({
  relogin: { isLoggingIn, error, login, cancel },
  title = 'Your session has ended',
  children = 'Log in again to continue. This page is kept as it is.',
  loginLabel = 'Log in',
  cancelLabel = 'Cancel',
}: ReloginDialogProps): ReactNode {
  const { preloadLogin } = useSession();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return;
    void preloadLogin('popup');
    // jsdom does not implement it.
    if (typeof dialog.showModal === 'function') dialog.showModal();
    else dialog.setAttribute('open', '');
    return () => dialog.close?.();
  }, [preloadLogin]);

  return (
    <dialog
      ref={ref}
      className="sesamy-relogin-dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        cancel();
      }}
    >
      <h2 id={titleId}>{title}</h2>
      <p>{children}</p>
      {error !== null && <p role="alert">{error.message}</p>}
      <button
        type="button"
        disabled={isLoggingIn}
        aria-busy={isLoggingIn}
        onClick={() => void login()}
      >
        {loginLabel}
      </button>
      <button type="button" onClick={cancel}>
        {cancelLabel}
      </button>
    </dialog>
  );
}
