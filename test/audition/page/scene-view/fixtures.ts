import { parseScene } from '../../../../src/scene/parse-scene.ts';
import type { Scene } from '../../../../src/scene/scene.ts';
import { getLayout } from '../../../../src/layouts/built-in.ts';
import type { AudioEngine, EngineLevels, EngineState } from '../../../../src/audition/page/engine/engine.ts';
import { LiveScene } from '../../../../src/audition/page/scene-view/live-scene.ts';
import type { Looks } from '../../../../src/audition/page/scene-view/picture.ts';
import { colourNames, type Colours } from '../../../../src/audition/page/scene-view/theme-colours.ts';
import type { Session, Source } from '../../../../src/audition/protocol/session.ts';

/** A scene of a document without the formalities. */
export function sceneOf(parts: { beds?: object[]; objects?: object[]; ambisonics?: object[] }): Scene {
  const document = { version: 1, name: 'test', programme: { name: 'test' }, ...parts };
  return parseScene(document).scene;
}

/** A bed of 5.1, an object that goes from front to left in a second, one that ends, and one that stands wide. */
export const smallScene = (): Scene =>
  sceneOf({
    beds: [{ name: 'bed', layout: '5.1', file: 'bed.wav' }],
    objects: [
      {
        name: 'mover',
        file: 'a.wav',
        blocks: [
          { startSec: 0, durationSec: 1, position: { azimuthDeg: 0 } },
          { startSec: 1, durationSec: 1, position: { azimuthDeg: 90 } },
          { startSec: 2, position: { azimuthDeg: 90 }, jumpPosition: true },
        ],
      },
      {
        name: 'short',
        file: 'b.wav',
        blocks: [{ startSec: 0, durationSec: 1, position: { azimuthDeg: -90, elevationDeg: 45 } }],
      },
      { name: 'wide', file: 'c.wav', position: { azimuthDeg: 180 }, width: 60, height: 20 },
    ],
  });

const source = (
  id: string,
  kind: Source['kind'],
  channelCount: number,
  more: Partial<Source> = {},
): Source => ({
  id,
  label: id,
  kind,
  channelCount,
  channelLabels: [],
  frameCount: 480_000,
  fileSampleRateHz: 48_000,
  ...more,
});

const speakersOf51 = getLayout('5.1').loudspeakers.map(({ label, azimuthDeg, elevationDeg, isLfe }) => ({
  label,
  azimuthDeg,
  elevationDeg,
  isLfe,
}));

/** A session with one source of each kind; the scene is `smallScene`. */
export const testSession = (): Session => ({
  version: 1,
  title: 'test',
  sampleRateHz: 48_000,
  frameCount: 480_000,
  hrtfs: [],
  checks: [],
  layouts: { '5.1': speakersOf51 },
  sources: [
    source('binaural', 'binaural', 2),
    source('stereo', 'stereo', 2),
    source('5.1', 'loudspeakers', 6, { layout: '5.1' }),
    source('ambix', 'ambisonics', 16, { order: 3 }),
    source('scene', 'scene', 9, { beds: [{ elementIndex: 0, layout: '5.1', speakers: speakersOf51 }] }),
  ],
});

/** What a fake engine lets tests set. */
export interface FakeEngine extends AudioEngine {
  frame: number;
  set(state: Partial<EngineState>): void;
  readonly switched: unknown[];
}

/** An engine that plays nothing. */
export function fakeEngine(session = testSession(), sourceId = 'scene'): FakeEngine {
  let state: EngineState = {
    isPlaying: false,
    isBuffering: false,
    sourceId,
    head: { yawDeg: 0, pitchDeg: 0, rollDeg: 0 },
    hrtfId: '',
    loop: undefined,
    problem: undefined,
  };
  const switched: unknown[] = [];
  const engine: Partial<FakeEngine> = {
    session,
    frame: 0,
    switched,
    set: (more) => void (state = { ...state, ...more }),
    subscribe: () => () => {},
    positionFrames: () => engine.frame!,
    setElements: (switches) => void switched.push(switches),
  };
  Object.defineProperty(engine, 'state', { get: () => state });
  return engine as FakeEngine;
}

/** Levels with the same peak in all tracks and channels. */
export const levelsOf = (peak: number, count = 24): EngineLevels => ({
  channelPeaks: new Float32Array(count).fill(peak),
  trackPeaks: new Float32Array(count).fill(peak),
  outputPeaks: new Float32Array(2),
  outputCorrelation: 0,
});

/** Colours that differ by name. */
export const testColours = Object.fromEntries(
  colourNames.map((name, index) => [name, `rgb(${index * 10}, 100, 200)`]),
) as unknown as Colours;

/** Looks at everything, with nothing selected. */
export const testLooks = (more: Partial<Looks> = {}): Looks => ({
  colours: testColours,
  selected: undefined,
  hovered: undefined,
  audible: [true, true, true, true],
  hasNames: true,
  isCalm: false,
  isLive: true,
  ...more,
});

/** A live scene whose paths are worked out, at a frame. */
export function liveAt(scene: Scene | undefined, frame: number, peak = 0, sourceId = 'scene') {
  const engine = fakeEngine(testSession(), sourceId);
  const live = new LiveScene(engine.session, scene, engine, () => 0);
  engine.frame = frame;
  live.advance(0, levelsOf(peak));
  live.advance(0, levelsOf(peak));
  return { live, engine };
}

/** What was drawn: name and arguments of every call, and the values that were set. */
export interface Recording {
  readonly calls: (readonly [name: string, ...rest: unknown[]])[];
  readonly context: CanvasRenderingContext2D;
  /** Arguments of all calls of a name. */
  of(name: string): unknown[][];
}

/** A canvas context that draws nothing and remembers everything. */
export function recordingContext(): Recording {
  const calls: [string, ...unknown[]][] = [];
  const values: Record<string, unknown> = { globalAlpha: 1 };
  const context = new Proxy(values, {
    get: (_, name: string) => {
      if (name in values) return values[name];
      return (...rest: unknown[]) => {
        calls.push([name, ...rest]);
        if (name === 'measureText') return { width: 6 * String(rest[0]).length };
        if (name === 'createRadialGradient') return { addColorStop: () => {} };
        return undefined;
      };
    },
    set: (_, name: string, value) => {
      values[name] = value;
      calls.push([`set ${name}`, value]);
      return true;
    },
  }) as unknown as CanvasRenderingContext2D;
  return {
    calls,
    context,
    of: (name) => calls.filter(([called]) => called === name).map(([, ...rest]) => rest),
  };
}
