import type { AudioEngine, EngineLevels, EngineState } from '../../../src/audition/page/engine/engine.ts';
import { createAudition } from '../../../src/audition/page/state/audition-state.ts';
import type { Audition } from '../../../src/audition/page/state/audition-state.ts';
import { createNotesStore } from '../../../src/audition/page/state/notes-store.ts';
import { createOverviewStore } from '../../../src/audition/page/state/overview-store.ts';
import { createTheme } from '../../../src/audition/page/state/theme.ts';
import type { Picture } from '../../../src/audition/page/view/canvas.tsx';
import type {
  NotesDocument,
  Overview,
  OverviewAnswer,
  Session,
  Source,
} from '../../../src/audition/protocol/session.ts';

const beds: Readonly<Record<string, readonly string[]>> = {
  '7.1.4': ['L', 'R', 'C', 'LFE', 'Lss', 'Rss', 'Lrs', 'Rrs', 'Ltf', 'Rtf', 'Ltr', 'Rtr'],
  '5.1': ['L', 'R', 'C', 'LFE', 'Ls', 'Rs'],
};

const source = (part: Partial<Source> & Pick<Source, 'id' | 'label' | 'kind'>): Source => {
  const channelLabels = part.channelLabels ?? (part.layout ? beds[part.layout]! : ['L', 'R']);
  return {
    channelLabels,
    channelCount: channelLabels.length,
    frameCount: 48000 * 30,
    file: `song.${part.id}.wav`,
    fileSampleRateHz: 48000,
    ...part,
  };
};

/** A session of 30 seconds with one source of each kind. */
export const fakeSession = (): Session => ({
  version: 1,
  title: 'Night Ferry',
  sampleRateHz: 48000,
  frameCount: 48000 * 30,
  sources: [
    source({ id: 'binaural', label: 'Binaural', kind: 'binaural', targetLufs: -16 }),
    source({ id: 'stereo', label: 'Stereo', kind: 'stereo', targetLufs: -14 }),
    source({ id: '7.1.4', label: '7.1.4', kind: 'loudspeakers', layout: '7.1.4', targetLufs: -18 }),
    source({
      id: 'ambix3',
      label: 'Ambisonics',
      kind: 'ambisonics',
      order: 3,
      channelLabels: Array.from({ length: 16 }, (_, acn) => String(acn)),
    }),
    source({
      id: 'scene',
      label: 'Live scene',
      kind: 'scene',
      channelLabels: ['L', 'R', 'C', 'LFE', 'Voice'],
    }),
  ],
  hrtfs: [
    {
      id: 'neutral',
      name: 'Neutral head',
      ambisonicTapCount: 256,
      loudspeakerTapCount: 256,
      ambisonicDelaySamples: 32,
      loudspeakerDelaySamples: 32,
    },
  ],
  layouts: {},
  checks: [
    {
      profile: 'apple-atmos',
      rule: 'loudness',
      result: 'pass',
      strength: 'required',
      sourceId: '7.1.4',
      message: '-18.0 LUFS, at most -18',
    },
    {
      profile: 'spotify',
      rule: 'true-peak',
      result: 'fail',
      strength: 'required',
      sourceId: 'stereo',
      message: '-0.4 dBTP, at most -1',
    },
  ],
});

/** An overview of 30 seconds that is as loud as it is told. */
export const fakeOverview = (heardLufs: number | null, part: Partial<Overview> = {}): Overview => ({
  peakStepFrames: 4800,
  peaks: Array.from({ length: 600 }, (_, index) => (index % 2 ? 64 : -64)),
  curveStepSec: 0.1,
  momentaryLufs: Array.from({ length: 300 }, (_, index) => (index < 3 ? null : -16)),
  shortTermLufs: Array.from({ length: 300 }, (_, index) => (index < 29 ? null : -17)),
  integratedCurveLufs: Array.from({ length: 300 }, (_, index) => (index < 3 ? null : -18)),
  integratedLufs: heardLufs,
  loudnessRangeLu: 6.9,
  truePeakDbtp: -1.02,
  heardLufs,
  heardTruePeakDbtp: -1,
  ...part,
});

/** An engine that makes no sound and remembers what it was told. */
export interface FakeEngine extends AudioEngine {
  readonly told: string[];
  position: number;
  levelsNow: EngineLevels;
}

/** Makes a `FakeEngine`. */
export const createFakeEngine = (session = fakeSession()): FakeEngine => {
  const listeners = new Set<(state: EngineState) => void>();
  let state: EngineState = {
    isPlaying: false,
    isBuffering: false,
    sourceId: session.sources[0]?.id ?? '',
    head: { yawDeg: 0, pitchDeg: 0, rollDeg: 0 },
    hrtfId: session.hrtfs[0]?.id ?? '',
    loop: undefined,
    problem: undefined,
  };
  const told: string[] = [];
  const set = (part: Partial<EngineState>): void => {
    state = { ...state, ...part };
    for (const listener of listeners) listener(state);
  };
  return {
    session,
    told,
    position: 0,
    levelsNow: {
      channelPeaks: new Float32Array(2),
      trackPeaks: new Float32Array(0),
      outputPeaks: new Float32Array(2),
      outputCorrelation: NaN,
    },
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    play: async () => set({ isPlaying: true }),
    pause: async () => set({ isPlaying: false }),
    positionFrames() {
      return this.position;
    },
    seek(frame) {
      told.push(`seek ${frame}`);
      this.position = frame;
    },
    setLoop: (loop) => set({ loop }),
    select: (sourceId) => set({ sourceId }),
    setSourceGain: (id, gainDb) => void told.push(`gain ${id} ${gainDb.toFixed(1)}`),
    setVolume: (gainDb) => void told.push(`volume ${gainDb}`),
    setHead: (head) => set({ head }),
    setHrtf: (hrtfId) => set({ hrtfId }),
    setElements: () => undefined,
    levels() {
      return this.levelsNow;
    },
    spectrum: (into) => void into.fill(-60),
    spectrumShape: { maxHz: 24000, binCount: 2048 },
    close: async () => undefined,
  };
};

/** What a fake audition may be made of. */
export interface FakeParts {
  readonly engine?: FakeEngine;
  /** Answer for each source; what is missing works at 40 %. */
  readonly overviews?: Readonly<Record<string, OverviewAnswer>>;
  readonly notes?: NotesDocument['notes'];
  readonly save?: (document: NotesDocument) => Promise<void>;
}

/** The state of a page over a fake engine, after the answers of a fake server. */
export const createFakeAudition = async (
  parts: FakeParts = {},
): Promise<Audition & { readonly engine: FakeEngine }> => {
  const engine = parts.engine ?? createFakeEngine();
  const overviewStore = createOverviewStore(
    engine.session,
    async (id) => parts.overviews?.[id] ?? { state: 'working', progress: 0.4 },
  );
  const audition = createAudition({
    engine,
    overviewStore,
    notes: createNotesStore({
      load: async () => ({ version: 1, notes: parts.notes ?? [] }),
      save: parts.save ?? (async () => undefined),
    }),
    theme: createTheme({
      prefersLight: { matches: false, addEventListener: () => undefined },
      storage: { getItem: () => null, setItem: () => undefined },
      apply: () => undefined,
    }),
    frameTime: () => 0,
  });
  await new Promise((resolve) => setTimeout(resolve));
  overviewStore.close();
  return { ...audition, engine };
};

/** Answers for all sources of `fakeSession`, each at a loudness of its own. */
export const readyOverviews = (): Record<string, OverviewAnswer> => {
  const heard: Record<string, number> = {
    binaural: -16,
    stereo: -14,
    '7.1.4': -18.4,
    ambix3: -19.2,
    scene: -19,
  };
  return Object.fromEntries(
    Object.entries(heard).map(([id, lufs]) => [
      id,
      { state: 'ready', overview: fakeOverview(lufs) } as const,
    ]),
  );
};

/** A picture that writes down what is drawn: "fillText -18 40 12", "stroke". */
export interface RecordedPicture {
  readonly picture: Picture;
  readonly calls: string[];
  /** All texts that were drawn. */
  texts(): string[];
}

/** Makes a `RecordedPicture`; every letter is 6 pixels wide. */
export const recordPicture = (width: number, height: number): RecordedPicture => {
  const calls: string[] = [];
  const texts: string[] = [];
  const context = new Proxy(
    { measureText: (text: string) => ({ width: text.length * 6 }) } as Record<string, unknown>,
    {
      get: (target, name: string) =>
        target[name] ??
        ((...values: unknown[]) => {
          if (name === 'fillText') texts.push(String(values[0]));
          const rounded = values.map((value) =>
            typeof value === 'number' ? Math.round(value * 10) / 10 : value,
          );
          calls.push([name, ...rounded].join(' '));
        }),
      set: (target, name: string, value) => {
        target[name] = value;
        if (name.endsWith('Style')) calls.push(`${name} ${String(value)}`);
        return true;
      },
    },
  );
  const palette = {
    text: 'text',
    muted: 'muted',
    line: 'line',
    raised: 'raised',
    accent: 'accent',
    accentSoft: 'accent-soft',
    wave: 'wave',
    bad: 'bad',
    font: 'sans-serif',
  };
  const picture = {
    context: context as unknown as CanvasRenderingContext2D,
    width,
    height,
    scale: 1,
    palette,
    elapsedSec: 0,
  };
  return { picture, calls, texts: () => texts };
};
