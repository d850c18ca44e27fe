import { computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Scene } from '../../../scene/scene.ts';
import type { Overview, Session, Source } from '../../protocol/session.ts';
import type { AudioEngine, EngineLevels, HeadOrientation, LoopRegion } from '../engine/engine.ts';
import { heardSourceId } from './blind-test.ts';
import type { BlindTest } from './blind-test.ts';
import { createFrameLevels } from './frame-levels.ts';
import { matchingGainsDb } from './matching.ts';
import type { NotesStore } from './notes-store.ts';
import type { OverviewStore, SourceOverview } from './overview-store.ts';
import type { ThemeStore } from './theme.ts';

/** Curves of the overview that can be shown. */
export type CurveName = 'momentary' | 'short-term' | 'integrated' | 'target';

/** Panels that share a place on small screens. */
export type SidePanel = 'figures' | 'checks' | 'notes';

/** A note that is being written. */
export interface NoteDraft {
  readonly timeSec: number;
  readonly sourceId: string | undefined;
}

/** All that the page shows and changes. */
export interface Audition {
  readonly session: Session;
  readonly engine: AudioEngine;
  /** What the engine says of itself, each part by itself: a turning head does not draw the waveform anew. */
  readonly isPlaying: ReadonlySignal<boolean>;
  readonly isBuffering: ReadonlySignal<boolean>;
  readonly heardId: ReadonlySignal<string>;
  readonly hrtfId: ReadonlySignal<string>;
  readonly head: ReadonlySignal<HeadOrientation>;
  readonly problem: ReadonlySignal<string | undefined>;
  /**
   * The source whose waveform and channels are shown: the one that is heard, or A while a blind test hides which that
   * is.
   */
  readonly shown: ReadonlySignal<Source | undefined>;
  readonly scene: Signal<Scene | undefined>;
  readonly levels: () => EngineLevels;
  readonly overviews: ReadonlySignal<ReadonlyMap<string, SourceOverview>>;
  readonly notes: NotesStore;
  readonly theme: ThemeStore;
  readonly volumeDb: Signal<number>;
  readonly isMatched: Signal<boolean>;
  /** Source to which the others are matched; undefined: the quietest. */
  readonly matchReferenceId: Signal<string | undefined>;
  /** Gains that match the sources, whether applied or not. */
  readonly matchingDb: ReadonlySignal<ReadonlyMap<string, number>>;
  readonly slots: Signal<{ readonly a: string; readonly b: string }>;
  readonly blind: Signal<BlindTest | undefined>;
  readonly loop: Signal<LoopRegion | undefined>;
  readonly isLooping: Signal<boolean>;
  readonly curves: Signal<ReadonlySet<CurveName>>;
  readonly draft: Signal<NoteDraft | undefined>;
  /** Which of the panels that share a place is seen. */
  readonly sidePanel: Signal<SidePanel>;
  readonly isHelpOpen: Signal<boolean>;
  /** What went wrong beside the engine, for the listener. */
  readonly notice: Signal<string | undefined>;
}

/** What the page is built of. */
export interface AuditionParts {
  readonly engine: AudioEngine;
  readonly overviewStore: OverviewStore;
  readonly notes: NotesStore;
  readonly theme: ThemeStore;
  /** Tells pictures of the screen apart. */
  readonly frameTime: () => number;
}

/** The state of the page; what it decides reaches the engine by itself. */
export const createAudition = (parts: AuditionParts): Audition => {
  const { engine, overviewStore, notes, theme } = parts;
  const { session } = engine;
  const player = signal(engine.state);
  engine.subscribe((state) => (player.value = state));
  const { overviews } = overviewStore;
  const matchReferenceId = signal<string | undefined>(undefined);
  const matchingDb = computed(() => {
    const heard = session.sources.map(({ id }) => ({ id, heardLufs: heardLufsOf(overviews.value.get(id)) }));
    return matchingGainsDb(heard, matchReferenceId.value);
  });
  const first = engine.state.sourceId;
  const other = session.sources.find(({ id }) => id !== first)?.id ?? first;
  const blind = signal<BlindTest | undefined>(undefined);
  const heardId = computed(() => player.value.sourceId);
  const audition: Audition = {
    session,
    engine,
    isPlaying: computed(() => player.value.isPlaying),
    isBuffering: computed(() => player.value.isBuffering),
    heardId,
    hrtfId: computed(() => player.value.hrtfId),
    head: computed(() => player.value.head),
    problem: computed(() => player.value.problem),
    shown: computed(() => sourceOf(session, blind.value?.aId ?? heardId.value)),
    scene: signal<Scene | undefined>(undefined),
    levels: createFrameLevels(engine, () => blind.peek() !== undefined, parts.frameTime),
    overviews,
    notes,
    theme,
    volumeDb: signal(0),
    isMatched: signal(true),
    matchReferenceId,
    matchingDb,
    slots: signal({ a: first, b: other }),
    blind,
    loop: signal<LoopRegion | undefined>(undefined),
    isLooping: signal(false),
    curves: signal<ReadonlySet<CurveName>>(new Set(['short-term', 'integrated', 'target'])),
    draft: signal<NoteDraft | undefined>(undefined),
    sidePanel: signal<SidePanel>('figures'),
    isHelpOpen: signal(false),
    notice: signal<string | undefined>(undefined),
  };
  driveEngine(audition, overviewStore);
  return audition;
};

const heardLufsOf = (known: SourceOverview | undefined): number | null | undefined =>
  known?.answer.state === 'ready' ? known.answer.overview.heardLufs : undefined;

/** Keeps the engine as the state says. */
const driveEngine = (audition: Audition, overviewStore: OverviewStore): void => {
  const { engine, session } = audition;
  effect(() => {
    const gains = audition.matchingDb.value;
    const isMatched = audition.isMatched.value;
    for (const { id } of session.sources) engine.setSourceGain(id, isMatched ? (gains.get(id) ?? 0) : 0);
  });
  effect(() => engine.setVolume(audition.volumeDb.value));
  effect(() => engine.setLoop(audition.isLooping.value ? audition.loop.value : undefined));
  effect(() => {
    const test = audition.blind.value;
    if (test) engine.select(heardSourceId(test));
  });
  effect(() => overviewStore.setHrtf(audition.hrtfId.value));
};

/** A source by its id. */
export const sourceOf = (session: Session, id: string | undefined): Source | undefined =>
  session.sources.find((source) => source.id === id);

/** What is drawn of a source; undefined until it is known. */
export const overviewOf = (audition: Audition, id: string | undefined): Overview | undefined =>
  id === undefined ? undefined : audition.overviews.value.get(id)?.last;

/** Whether turning the head is heard; in a blind test only if it is heard in both, or it would tell. */
export const isHeadHeard = (audition: Audition): boolean => {
  const test = audition.blind.value;
  const ids = test ? [test.aId, test.bId] : [audition.heardId.value];
  return ids.every((id) => canTurn(sourceOf(audition.session, id)));
};

/** Whether a source follows the head. */
export const canTurn = (source: Source | undefined): boolean =>
  source?.kind === 'ambisonics' || source?.kind === 'scene';

/** Length of the programme in seconds. */
export const durationSecOf = (session: Session): number => session.frameCount / session.sampleRateHz;
