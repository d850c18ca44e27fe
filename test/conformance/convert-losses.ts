import { join } from 'node:path';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { PeriphonError, type Warning } from '../../src/base/errors.ts';
import { rationalFromDecimal, rationalToSec } from '../../src/base/time.ts';
import { sceneFormats, type SceneFormatName } from '../../src/io/scene-formats.ts';
import { openScene } from '../../src/io/stems/open-scene.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createScene, elementDefaults, objectBlockDefaults } from '../../src/scene/make-scene.ts';
import type { AudioObject, Bed, ObjectBlock, Scene, SceneElement } from '../../src/scene/scene.ts';
import { sceneTracks } from '../../src/scene/scene.ts';
import { bedOf } from '../io/adm/write-scenes.ts';

/** A property of the model: a scene that has it, and how to look it up in one that was read again. */
export interface Property {
  /** As README.md names it. */
  readonly name: string;
  readonly scene: Scene;
  /** A plain value; equal within 1e-5 means kept. */
  readonly look: (scene: Scene) => unknown;
  /** What its warning says where it is lost. */
  readonly word: RegExp;
}

const kernels = await loadKernels();
const sampleRateHz = 48_000;
const frameCount = 4800;

/** Writes a scene and reads it again. @returns 'kept', 'lost', 'refused', or the message of a loss that nobody was told of */
export async function fateOf(
  { name, scene, look, word }: Property,
  format: SceneFormatName,
  folder: string,
): Promise<string> {
  const warnings: Warning[] = [];
  const { plan, extension } = sceneFormats[format];
  const file = join(folder, `${format} ${name.replace(/\W+/g, ' ')}${extension}`);
  const tool = { name: 'periphon', version: [0, 1, 0] as const };
  const onWarning = (warning: Warning): void => void warnings.push(warning);
  try {
    const options = { scene, kernels, sampleRateHz, frameCount, tool, onWarning, overwrite: true };
    const writer = await plan(file, options).start();
    await writer.write(createAudioBlock(sceneTracks(scene).length, frameCount));
    await writer.finish();
  } catch (error) {
    if (error instanceof PeriphonError) return 'refused';
    throw error;
  }
  const reader = await openScene(file, { kernels });
  await reader.close();
  const [before, after] = [look(scene), look(reader.scene)].map((value) => JSON.stringify(rounded(value)));
  if (before === after) return 'kept';
  const told = warnings.find(
    ({ code, message, path }) => (word.test(message) || code === 'stems-lossy') && path !== undefined,
  );
  const heard = warnings.map(({ message }) => message).join('; ');
  return told ? 'lost' : `${after} instead of ${before}, with no word of it: ${heard}`;
}

/** Times as seconds, numbers to five decimals. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number')
    return Number.isFinite(value) ? Math.round(value * 1e5) / 1e5 || 0 : String(value);
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  if ('numerator' in value) return rounded(rationalToSec(value as ObjectBlock['startSec']));
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(entries.map(([key, entry]) => [key, rounded(entry)]).sort());
}

const objectScene = (block: Partial<ObjectBlock>, object: Partial<AudioObject> = {}): Scene =>
  createScene('s', [
    {
      ...elementDefaults,
      id: 'o',
      name: 'voice',
      kind: 'object',
      blocks: [{ ...objectBlockDefaults, position: { kind: 'cartesian', xyz: [0.5, 1, 0] }, ...block }],
      ...object,
    },
  ]);
const bedScene = (bed: Partial<Bed>, layout = '5.1'): Scene => createScene('s', [bedOf(layout, bed)]);
const withFirst = (first: Partial<Bed['channels'][number]>): Scene => {
  const [channel, ...others] = bedOf('5.1').channels;
  return bedScene({ channels: [{ ...channel!, ...first }, ...others] });
};

const elementOf = ({ elements }: Scene): SceneElement => elements[0]!;
const blockIn = ({ elements }: Scene): ObjectBlock =>
  (elements.find(({ kind }) => kind === 'object') as AudioObject).blocks[0]!;
const blockOf =
  <Key extends keyof ObjectBlock>(key: Key) =>
  (scene: Scene): unknown =>
    blockIn(scene)[key];
const elementIn =
  (key: keyof SceneElement) =>
  (scene: Scene): unknown =>
    elementOf(scene)[key];
const firstIn = (key: keyof Bed['channels'][number]) => (scene: Scene) =>
  (elementOf(scene) as Bed).channels?.[0]?.[key];
const polar = { kind: 'polar', azimuthDeg: 40, elevationDeg: 20, distance: 0.5 } as const;
const box = { kind: 'cartesian', min: [-1, -1, 0.4995], max: [1, 1, 1] } as const;
const trim = {
  automatic: false,
  centreDb: -1,
  surroundDb: -2,
  heightDb: -3,
  overheadFloorBalance: 0,
  listenerBalance: 0,
};
const delivery = (values: Partial<Scene['delivery']>): Scene => {
  const scene = objectScene({});
  return { ...scene, delivery: { ...scene.delivery, ...values } };
};
const screen = {
  kind: 'polar',
  azimuthDeg: 0,
  elevationDeg: 0,
  distance: 1,
  aspectRatio: 1.5,
  widthAzimuthDeg: 40,
} as const;

const object = (
  name: string,
  look: (scene: Scene) => unknown,
  word: RegExp,
  block: Partial<ObjectBlock>,
  values: Partial<AudioObject> = {},
): Property => ({ name, scene: objectScene(block, values), look, word });
const bed = (name: string, look: (scene: Scene) => unknown, word: RegExp, scene: Scene): Property => ({
  name,
  scene,
  look,
  word,
});

/** Level of the first object, wherever it stands. */
const levelOf = (scene: Scene): number => elementOf(scene).gainDb + blockIn(scene).gainDb;
const bedLevelOf = (scene: Scene): number =>
  elementOf(scene).gainDb + (elementOf(scene) as Bed).channels[0]!.gainDb;

/** Every property of the model, with a value that is not its default. */
export const properties: readonly Property[] = [
  object('cartesian positions', blockOf('position'), /place/, {}),
  object('distance beyond the room', (s) => blockIn(s).position, /places outside/, {
    position: { kind: 'cartesian', xyz: [0, 3, 0] },
  }),
  object('gain of objects', levelOf, /gain/, { gainDb: -3 }, { gainDb: -2 }),
  object('size, the same in all directions', (s) => [blockIn(s).width, blockIn(s).depth], /size/, {
    width: 0.2,
    height: 0.2,
    depth: 0.2,
  }),
  object('size by direction', (s) => [blockIn(s).width, blockIn(s).depth], /sizes that differ/, {
    width: 0.2,
    height: 0.4,
    depth: 0.6,
  }),
  object('diffuse 1', blockOf('diffuse'), /diffuse/, { diffuse: 1 }),
  object('diffuse between 0 and 1', blockOf('diffuse'), /diffuseness between/, { diffuse: 0.25 }),
  object('channel lock', (s) => blockIn(s).channelLock !== undefined, /lock/, {
    channelLock: { maxDistance: undefined },
  }),
  object('reach of the channel lock', blockOf('channelLock'), /reach of the channel lock/, {
    channelLock: { maxDistance: 0.5 },
  }),
  object('divergence', blockOf('divergence'), /divergence/, {
    divergence: { value: 0.5, azimuthRangeDeg: undefined, positionRange: 0.25 },
  }),
  object('zones of the profile', blockOf('zoneExclusion'), /zones/, { zoneExclusion: [box] }),
  object('other zones', blockOf('zoneExclusion'), /excluded zones/, {
    zoneExclusion: [{ kind: 'polar', azimuthDeg: [-30, 30], elevationDeg: [0, 90] }],
  }),
  object('screen reference', blockOf('screenRef'), /tie to the screen/, { screenRef: true }),
  object('screen edge lock', (s) => blockIn(s).position.screenEdgeLock, /tie to the screen/, {
    position: { ...polar, screenEdgeLock: { horizontal: 'left' } },
  }),
  object('importance of blocks', blockOf('importance'), /importance/, { importance: 4 }),
  object('importance 0 of blocks', blockOf('importance'), /importance 0/, { importance: 0 }),
  object(
    'times of blocks',
    (s) => (elementOf(s) as AudioObject).blocks.map(({ startSec }) => startSec),
    /time/,
    {},
    {
      blocks: [0, 0.025, 0.0501].map((startSec, index) => ({
        ...objectBlockDefaults,
        startSec: rationalFromDecimal(startSec),
        durationSec:
          index === 2 ? rationalFromDecimal(0.0499) : rationalFromDecimal(index === 0 ? 0.025 : 0.0251),
        position: { kind: 'cartesian', xyz: [index / 4, 1, 0] },
        jumpPosition: true,
      })),
    },
  ),
  object('importance of objects', elementIn('importance'), /importance/, {}, { importance: 3 }),
  object('mute', elementIn('mute'), /mute/, {}, { mute: true }),
  object('names', elementIn('name'), /name/, {}, { name: '<Große> & "Trommel" 太鼓' }),
  object('names of more than 64 characters', elementIn('name'), /its name/, {}, { name: 'n'.repeat(70) }),
  object('binaural mode off of objects', elementIn('binauralMode'), /binaural/, {}, { binauralMode: 'off' }),
  object(
    'binaural modes near, mid and far',
    elementIn('binauralMode'),
    /binaural/,
    {},
    { binauralMode: 'mid' },
  ),
  object('trim bypass', elementIn('trimBypass'), /trim bypass/, {}, { trimBypass: true }),
  object('head tracking', elementIn('headTracking'), /head tracking/, {}, { headTracking: 'head' }),
  bed('beds 2.0, 5.1, 7.1, 7.1.2', (s) => (elementOf(s) as Bed).layout, /layout/, bedScene({}, '7.1.2')),
  bed(
    'beds 5.1.4 and 7.1.4',
    (s) => [elementOf(s).kind, (elementOf(s) as Bed).layout],
    /static objects/,
    bedScene({}, '7.1.4'),
  ),
  bed('gain of beds', bedLevelOf, /gain/, bedScene({ gainDb: -4 })),
  bed('mute of beds', elementIn('mute'), /mute/, bedScene({ mute: true })),
  bed('importance of beds', elementIn('importance'), /importance/, bedScene({ importance: 6 })),
  bed('binaural mode of beds', elementIn('binauralMode'), /binaural/, bedScene({ binauralMode: 'near' })),
  bed('gains of single bed channels', firstIn('gainDb'), /gain/, withFirst({ gainDb: -3 })),
  bed(
    'binaural modes of single bed channels',
    firstIn('binauralMode'),
    /binaural/,
    withFirst({ binauralMode: 'far' }),
  ),
  bed(
    'places of bed channels',
    (s) => firstIn('position')(s) !== undefined,
    /static objects/,
    withFirst({ label: 'door', position: { azimuthDeg: 100, elevationDeg: 0, distance: 1 } }),
  ),
  bed(
    'bounds of bed channels',
    (s) => (elementOf(s) as Bed).channels?.some(({ position }) => position?.bounds),
    /bounds/,
    withFirst({
      position: { azimuthDeg: 30, elevationDeg: 0, distance: 1, bounds: { azimuthDeg: [10, 40] } },
    }),
  ),
  bed(
    'layout of beds with gains of single channels',
    elementIn('layout' as never),
    /is of layout/,
    withFirst({ gainDb: -3 }),
  ),
  {
    name: 'ambisonic beds',
    scene: createScene('s', [
      { ...elementDefaults, id: 'a', name: 'a', kind: 'ambisonic', order: 2, normalization: 'N3D' },
    ]),
    look: (s) => [elementIn('order' as never)(s), elementIn('normalization' as never)(s)],
    word: /ambisonic/,
  },
  {
    name: 'name of the programme',
    scene: { ...objectScene({}), programme: { name: 'Main', language: undefined } },
    look: (s) => s.programme.name,
    word: /name of its programme/,
  },
  {
    name: 'language',
    scene: { ...objectScene({}), programme: { name: 's', language: 'de' } },
    look: (s) => s.programme.language,
    word: /language/,
  },
  {
    name: 'reference screen',
    scene: { ...objectScene({}), programme: { name: 's', language: undefined, referenceScreen: screen } },
    look: (s) => s.programme.referenceScreen,
    word: /reference screen/,
  },
  {
    name: 'trims',
    scene: delivery({ trims: { '5.1': trim } }),
    look: (s) => s.delivery.trims['5.1'],
    word: /trims/,
  },
  {
    name: 'warp mode',
    scene: delivery({ warpMode: 'warping' }),
    look: (s) => s.delivery.warpMode,
    word: /warp/,
  },
  {
    name: 'downmix type and phase shift',
    scene: delivery({ downmixType: 'ltRtPLII', phaseShift90: true }),
    look: (s) => [s.delivery.downmixType, s.delivery.phaseShift90],
    word: /downmix type, the phase shift/,
  },
  {
    name: 'frame rate',
    scene: delivery({ frameRate: '25' }),
    look: (s) => s.delivery.frameRate,
    word: /frame rate/,
  },
  {
    name: 'first frame of action',
    scene: delivery({ firstFrameOfActionSec: 61.5 }),
    look: (s) => s.delivery.firstFrameOfActionSec,
    word: /first frame/,
  },
  {
    name: 'data of other formats',
    scene: { ...objectScene({}), extras: { other: { a: 1 } } },
    look: (s) => s.extras.other,
    word: /"other"/,
  },
];
