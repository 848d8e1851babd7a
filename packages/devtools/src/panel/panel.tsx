import { useEffect, useRef, type ReactNode } from 'react';
import { Mark } from './mark.js';
import { usePanel, useSessionState } from './panel-context.js';
import { useRemembered } from './remembered.js';
import { Tabs } from './tabs.js';
import { ConfigurationTab } from './tabs/configuration-tab.js';
import { RequestsTab } from './tabs/requests-tab.js';
import { SessionTab } from './tabs/session-tab.js';
import { SetupTab } from './tabs/setup-tab.js';
import { StorageTab } from './tabs/storage-tab.js';
import { TimelineTab } from './tabs/timeline-tab.js';

/** The panel. `onClose` is missing where something else closes it. */
export function Panel({ onClose }: { readonly onClose?: () => void }): ReactNode {
  const [tab, setTab] = useRemembered('tab', 'session');
  const { session } = usePanel().model;
  const { status } = useSessionState();
  const panelRef = useRef<HTMLElement>(null);

  useEffect(() => {
    const panel = panelRef.current;
    if (panel === null || onClose === undefined) return undefined;
    const closeOnEscape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
    };
    panel.addEventListener('keydown', closeOnEscape);
    return () => panel.removeEventListener('keydown', closeOnEscape);
  }, [onClose]);

  return (
    <section ref={panelRef} className="panel" aria-label="Sesamy devtools">
      <header className="bar">
        <Mark />
        <h1>Sesamy</h1>
        <span className={`pill ${status}`}>{status}</span>
        <span className="client">{session.clientId}</span>
        {onClose !== undefined && (
          <button type="button" className="icon" aria-label="Close devtools" onClick={onClose}>
            ×
          </button>
        )}
      </header>
      <Tabs
        selected={tab}
        onSelect={setTab}
        tabs={[
          { id: 'session', label: 'Session', content: <SessionTab /> },
          { id: 'timeline', label: 'Timeline', content: <TimelineTab /> },
          { id: 'requests', label: 'Requests', content: <RequestsTab /> },
          { id: 'storage', label: 'Storage', content: <StorageTab /> },
          { id: 'configuration', label: 'Configuration', content: <ConfigurationTab /> },
          { id: 'setup', label: 'Set-up', content: <SetupTab /> },
        ]}
      />
    </section>
  );
}
