import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react';

/** One tab. */
export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly content: ReactNode;
}

interface TabsProps {
  readonly tabs: readonly Tab[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
}

const STEPS: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowRight: (index, count) => (index + 1) % count,
  ArrowLeft: (index, count) => (index + count - 1) % count,
  Home: () => 0,
  End: (_index, count) => count - 1,
};

/** Tabs, and the content of the selected one. @see WAI-ARIA Authoring Practices, tabs pattern */
export function Tabs({ tabs, selected, onSelect }: TabsProps): ReactNode {
  const prefix = useId();
  const listRef = useRef<HTMLDivElement>(null);
  const current = Math.max(
    tabs.findIndex(({ id }) => id === selected),
    0,
  );
  const shown = tabs[current];

  const moveByKey = (event: KeyboardEvent): void => {
    const next = STEPS[event.key]?.(current, tabs.length);
    const tab = next === undefined ? undefined : tabs[next];
    if (next === undefined || tab === undefined) return;
    event.preventDefault();
    onSelect(tab.id);
    listRef.current?.querySelectorAll('button')[next]?.focus();
  };

  return (
    <>
      <div
        ref={listRef}
        role="tablist"
        tabIndex={-1}
        aria-label="Views"
        className="tabs"
        onKeyDown={moveByKey}
      >
        {tabs.map(({ id, label }, index) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${prefix}-${id}`}
            aria-selected={index === current}
            aria-controls={`${prefix}-view`}
            tabIndex={index === current ? 0 : -1}
            onClick={() => onSelect(id)}
          >
            {label}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        className="view"
        id={`${prefix}-view`}
        aria-labelledby={`${prefix}-${shown?.id ?? ''}`}
        tabIndex={0}
      >
        {shown?.content}
      </div>
    </>
  );
}
