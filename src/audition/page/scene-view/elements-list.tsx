import { useState } from 'preact/hooks';
import type { Scene, SceneElement } from '../../../scene/scene.ts';
import type { SceneBed } from '../../protocol/session.ts';
import type { ElementSwitch } from '../engine/engine.ts';
import { kindText } from './describe-scene.ts';
import { audibleElements, cleared, toggled } from './element-switches.ts';
import type { LevelBars } from './level-bars.ts';

/** What the list shows and reports. */
export interface ElementsListProps {
  readonly scene: Scene;
  readonly beds: readonly SceneBed[];
  readonly switches: readonly ElementSwitch[];
  readonly selected: number | undefined;
  /** Why nothing can be switched; undefined where it can. */
  readonly reason: string | undefined;
  readonly bars: LevelBars;
  readonly onSwitch: (switches: readonly ElementSwitch[]) => void;
  readonly onSelect: (elementIndex: number | undefined) => void;
  readonly onHover: (elementIndex: number | undefined) => void;
}

/** Every bed and object with its level, mute and solo: the control of the scene, by pointer and by keyboard. */
export function ElementsList(props: ElementsListProps) {
  const { scene, beds, switches, reason, onSwitch } = props;
  const [tabStop, setTabStop] = useState(0);
  const audible = audibleElements(switches, scene.elements);
  const layoutOf = (index: number) => beds.find(({ elementIndex }) => elementIndex === index)?.layout;
  const isAny = (which: keyof ElementSwitch): boolean => switches.some((each) => each[which]);
  const clear = (which: keyof ElementSwitch, letter: string, words: string) => (
    <button
      type="button"
      class="sv-clear"
      aria-label={words}
      title={words}
      disabled={reason !== undefined || !isAny(which)}
      onClick={() => onSwitch(cleared(switches, which))}
    >
      {letter}
    </button>
  );
  return (
    <section class="sv-elements" aria-label="Elements of the scene">
      <header class="sv-elements-head">
        <h3>
          Elements <span class="sv-count">{scene.elements.length}</span>
        </h3>
        {clear('isMuted', 'M', 'Clear all mutes')}
        {clear('isSolo', 'S', 'Clear all solos')}
      </header>
      {reason !== undefined && <p class="sv-reason">{reason}</p>}
      <ul
        class="sv-rows"
        onKeyDown={(event) => onRowKey(event, props)}
        onFocusIn={(event) => setTabStop(rowOf(event.target) ?? tabStop)}
        onPointerLeave={() => props.onHover(undefined)}
      >
        {scene.elements.map((element, index) => (
          <Row
            key={element.id}
            {...props}
            element={element}
            kind={kindText(element, layoutOf(index))}
            index={index}
            isTabStop={index === tabStop}
            isAudible={audible[index]!}
          />
        ))}
      </ul>
    </section>
  );
}

interface RowProps extends ElementsListProps {
  readonly element: SceneElement;
  readonly kind: string;
  readonly index: number;
  readonly isTabStop: boolean;
  readonly isAudible: boolean;
}

function Row({ element, kind, index, isTabStop, isAudible, ...props }: RowProps) {
  const { switches, selected, reason, bars, onSwitch, onSelect, onHover } = props;
  const tabIndex = isTabStop ? 0 : -1;
  const isSelected = selected === index;
  const classes = ['sv-row', isSelected ? 'is-selected' : '', isAudible ? '' : 'is-out'];
  const toggle = (which: keyof ElementSwitch, letter: string, verb: string) => (
    <button
      type="button"
      class={`sv-switch sv-switch-${letter.toLowerCase()}`}
      aria-pressed={switches[index]![which]}
      aria-label={`${verb} ${element.name}`}
      title={`${verb} (${letter})`}
      disabled={reason !== undefined}
      tabIndex={tabIndex}
      onClick={() => onSwitch(toggled(switches, index, which))}
    >
      {letter}
    </button>
  );
  return (
    <li class={classes.join(' ').trim()} data-index={index} onPointerEnter={() => onHover(index)}>
      <button
        type="button"
        class="sv-name"
        aria-pressed={isSelected}
        title={element.name}
        tabIndex={tabIndex}
        onClick={() => onSelect(isSelected ? undefined : index)}
      >
        <span class={`sv-mark sv-mark-${element.kind}`} aria-hidden="true" />
        <span class="sv-name-text">{element.name}</span>
        <span class="sv-kind">{element.mute ? 'silent in the scene' : kind}</span>
      </button>
      <span class="sv-level" aria-hidden="true">
        <span class="sv-level-bar" ref={(bar) => bars.attach(index, bar)} />
      </span>
      {toggle('isMuted', 'M', 'Mute')}
      {toggle('isSolo', 'S', 'Solo')}
    </li>
  );
}

const rowOf = (target: EventTarget | null): number | undefined => {
  const row = (target as Element | null)?.closest<HTMLElement>('.sv-row');
  return row ? Number(row.dataset['index']) : undefined;
};

/** What a key asks of the list. */
export type RowCommand =
  | { readonly kind: 'focus'; readonly row: number; readonly column: number }
  | { readonly kind: 'switch'; readonly which: keyof ElementSwitch }
  | { readonly kind: 'unselect' };

/** Rows that PageUp and PageDown go. */
const pageRows = 8;

/**
 * What a key means: arrows go through rows and their buttons, M and S switch, Escape selects nothing.
 * @param column 0 the name, 1 mute, 2 solo
 */
export function rowCommand(
  key: string,
  row: number,
  column: number,
  rowCount: number,
): RowCommand | undefined {
  const toRow = (to: number): RowCommand => ({
    kind: 'focus',
    row: Math.min(rowCount - 1, Math.max(0, to)),
    column,
  });
  const toColumn = (to: number): RowCommand => ({
    kind: 'focus',
    row,
    column: Math.min(2, Math.max(0, to)),
  });
  switch (key) {
    case 'ArrowUp':
      return toRow(row - 1);
    case 'ArrowDown':
      return toRow(row + 1);
    case 'PageUp':
      return toRow(row - pageRows);
    case 'PageDown':
      return toRow(row + pageRows);
    case 'Home':
      return toRow(0);
    case 'End':
      return toRow(rowCount - 1);
    case 'ArrowLeft':
      return toColumn(column - 1);
    case 'ArrowRight':
      return toColumn(column + 1);
    case 'm':
    case 'M':
      return { kind: 'switch', which: 'isMuted' };
    case 's':
    case 'S':
      return { kind: 'switch', which: 'isSolo' };
    case 'Escape':
      return { kind: 'unselect' };
    default:
      return undefined;
  }
}

function onRowKey(event: KeyboardEvent, props: ElementsListProps): void {
  const row = rowOf(event.target);
  if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const buttonsOf = (index: number) =>
    (event.currentTarget as Element).querySelectorAll<HTMLButtonElement>(`[data-index="${index}"] button`);
  const column = [...buttonsOf(row)].indexOf(event.target as HTMLButtonElement);
  const command = rowCommand(event.key, row, Math.max(0, column), props.scene.elements.length);
  if (!command) return;
  // The page has keys of its own: this one was meant for the list.
  event.preventDefault();
  event.stopPropagation();
  if (command.kind === 'unselect') return props.onSelect(undefined);
  if (command.kind === 'switch') {
    if (props.reason === undefined) props.onSwitch(toggled(props.switches, row, command.which));
    return;
  }
  const buttons = buttonsOf(command.row);
  (buttons[command.column]?.disabled ? buttons[0] : buttons[command.column])?.focus();
}
