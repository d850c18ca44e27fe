import type { ComponentChildren, JSX } from 'preact';
import type { Audition, SidePanel } from '../state/audition-state.ts';
import { Checks } from './checks.tsx';
import { Deliverables } from './deliverables.tsx';
import { Notes } from './notes.tsx';

interface Tab {
  readonly id: SidePanel;
  readonly name: string;
  readonly badge?: string | undefined;
  readonly isBad?: boolean;
  readonly content: ComponentChildren;
}

/** What there is to read: only what exists gets a tab. */
const tabsOf = (audition: Audition): readonly Tab[] => {
  const { session, notes } = audition;
  const failCount = session.checks.filter(
    ({ result, strength }) => result === 'fail' && strength === 'required',
  ).length;
  const noteCount = notes.notes.value.length;
  const all: readonly (Tab | undefined)[] = [
    { id: 'figures', name: 'Figures', content: <Deliverables audition={audition} /> },
    session.checks.length === 0
      ? undefined
      : {
          id: 'checks',
          name: 'Checks',
          badge: failCount > 0 ? String(failCount) : undefined,
          isBad: true,
          content: <Checks session={session} />,
        },
    {
      id: 'notes',
      name: 'Notes',
      badge: noteCount > 0 ? String(noteCount) : undefined,
      content: <Notes audition={audition} />,
    },
  ];
  return all.filter((tab) => tab !== undefined);
};

/**
 * Figures, checks and notes: as tabs where the screen is small, one below the other where there is room (the style
 * sheet decides).
 */
export const SidePanels = ({ audition }: { readonly audition: Audition }): JSX.Element => {
  const chosen = audition.sidePanel;
  const tabs = tabsOf(audition);
  const move = (event: KeyboardEvent, by: number): void => {
    const index = tabs.findIndex(({ id }) => id === chosen.value);
    const next = tabs[(index + by + tabs.length) % tabs.length]!;
    chosen.value = next.id;
    document.getElementById(`tab-${next.id}`)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section class="panel side" aria-label="Figures, checks, notes">
      <div class="tabs" role="tablist">
        {tabs.map(({ id, name, badge, isBad }) => (
          <button
            key={id}
            id={`tab-${id}`}
            type="button"
            role="tab"
            class="tab"
            aria-selected={chosen.value === id}
            aria-controls={`panel-${id}`}
            tabIndex={chosen.value === id ? 0 : -1}
            onClick={() => (chosen.value = id)}
            onKeyDown={(event) => {
              if (event.key === 'ArrowRight') move(event, 1);
              if (event.key === 'ArrowLeft') move(event, -1);
            }}
          >
            {name}
            {badge !== undefined && <span class={`count ${isBad ? 'is-bad' : ''}`}>{badge}</span>}
          </button>
        ))}
      </div>
      {tabs.map(({ id, name, content }) => (
        <div
          key={id}
          id={`panel-${id}`}
          role="tabpanel"
          aria-label={name}
          tabIndex={0}
          class={`tab-panel ${chosen.value === id ? 'is-chosen' : ''}`}
        >
          <h2 class="tab-panel-name" aria-hidden="true">
            {name}
          </h2>
          {content}
        </div>
      ))}
    </section>
  );
};
