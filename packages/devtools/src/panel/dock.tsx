import { useEffect, useRef, type ReactNode } from 'react';
import { Mark } from './mark.js';
import { Panel } from './panel.js';
import { useSessionState } from './panel-context.js';
import { useRemembered } from './remembered.js';

/** The button, and the panel at the window's edge. */
export function Dock({ isInitiallyOpen }: { readonly isInitiallyOpen: boolean }): ReactNode {
  const [open, setOpen] = useRemembered('open', String(isInitiallyOpen));
  const dockRef = useRef<HTMLDivElement>(null);
  const { status } = useSessionState();
  const isOpen = open === 'true';
  const wasOpen = useRef(isOpen);

  useEffect(() => {
    if (wasOpen.current === isOpen) return;
    wasOpen.current = isOpen;
    // To the selected tab, or back to where the panel was opened.
    dockRef.current?.querySelector<HTMLElement>('[aria-selected="true"], .toggle')?.focus();
  }, [isOpen]);

  return (
    <div ref={dockRef}>
      {isOpen ? (
        <Panel onClose={() => setOpen('false')} />
      ) : (
        <button
          type="button"
          className="toggle"
          aria-label={`Open Sesamy devtools, ${status}`}
          aria-expanded={false}
          onClick={() => setOpen('true')}
        >
          <Mark />
          <span className={`dot ${status}`} />
        </button>
      )}
    </div>
  );
}
