import type { Signal } from '@preact/signals';

/** Which view is shown. */
export type ViewName = 'plan' | 'space';

/** What the toolbar sets and shows. */
export interface ViewToolbarProps {
  readonly view: ViewName;
  readonly onView: (view: ViewName) => void;
  readonly hasNames: Signal<boolean>;
  /** Name of the source that is heard. */
  readonly heard: string;
}

/** Chooses the view and whether names are written. */
export function ViewToolbar({ view, onView, hasNames, heard }: ViewToolbarProps) {
  return (
    <header class="sv-toolbar">
      <div class="sv-segments" role="group" aria-label="View of the room">
        <button type="button" aria-pressed={view === 'plan'} onClick={() => onView('plan')}>
          Plan
        </button>
        <button type="button" aria-pressed={view === 'space'} onClick={() => onView('space')}>
          3-D
        </button>
      </div>
      <button
        type="button"
        class="sv-toggle"
        aria-pressed={hasNames.value}
        onClick={() => (hasNames.value = !hasNames.value)}
      >
        Names
      </button>
      <span class="sv-heard">{heard}</span>
    </header>
  );
}

/** What the colours of objects mean. */
export function HeightLegend() {
  return (
    <ul class="sv-legend" aria-label="Colours of heights">
      <li class="sv-legend-high">above</li>
      <li class="sv-legend-ear">ear level</li>
      <li class="sv-legend-low">below</li>
    </ul>
  );
}
