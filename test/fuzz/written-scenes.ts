import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { PeriphonError, type Warning } from '../../src/base/errors.ts';
import { compareRational } from '../../src/base/time.ts';
import { sceneFormats, type SceneFormatName } from '../../src/io/scene-formats.ts';
import { openScene } from '../../src/io/stems/open-scene.ts';
import { convertFormats } from '../../src/job/convert-format.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import {
  createScene,
  elementDefaults,
  objectBlockDefaults,
  unstatedModes,
} from '../../src/scene/make-scene.ts';
import { subtractRational } from '../../src/scene/block-timing.ts';
import { resolveScene } from '../../src/scene/resolve-scene.ts';
import { sceneDifferences } from '../../src/scene/scene-differences.ts';
import {
  sceneTracks,
  trackCountOf,
  type AudioObject,
  type ElementBase,
  type ObjectBlock,
  type Scene,
  type SceneElement,
} from '../../src/scene/scene.ts';
import { bytesOf, expectSamePlaces, levelsOf } from '../conformance/scene-states.ts';
import { bedOf } from '../io/adm/write-scenes.ts';
import { noise } from '../support.ts';

/** Random scenes, written in every format and read again. */

const frameCount = 4800;
const kernels = await loadKernels();

/** To nine decimals: what is finer is beyond what any format is read for. */
const between = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true }).map((value) => Number(value.toFixed(9)) + 0);
const ratio = (numerator: number, denominator: number) => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
});
const gainDb = fc.oneof(fc.constant(0), fc.constant(-Infinity), between(-40, 12));
const name = fc.oneof(
  fc.constantFrom(
    'a',
    'A',
    '',
    '..',
    '/',
    '<&"\'>',
    'CON',
    'é'.repeat(200),
    ' x ',
    'line\nbreak',
    '\u0001\uffff',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const base: fc.Arbitrary<Omit<ElementBase, 'id'>> = fc.record({
  name,
  gainDb,
  mute: fc.boolean(),
  binauralMode: fc.constantFrom(undefined, 'off', 'near', 'mid', 'far'),
  trimBypass: fc.constantFrom(undefined, true, false),
  headTracking: fc.constantFrom(undefined, 'scene', 'head'),
  importance: fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined }),
  startSec: fc.constantFrom(ratio(0, 1), ratio(1, 6000), ratio(1, 100), ratio(1, 21), ratio(1, 2)),
});

const position: fc.Arbitrary<ObjectBlock['position']> = fc.oneof(
  fc.record({
    kind: fc.constant('polar' as const),
    azimuthDeg: between(-180, 180),
    elevationDeg: between(-60, 60),
    distance: between(0.1, 1),
  }),
  fc.record({
    kind: fc.constant('cartesian' as const),
    xyz: fc.tuple(between(-1, 1), between(-1, 1), between(-1, 1)),
  }),
);
const block: fc.Arbitrary<Partial<ObjectBlock>> = fc.record({
  position,
  gainDb,
  width: between(0, 1),
  depth: between(0, 1),
  diffuse: fc.constantFrom(0, 0.5, 1),
  channelLock: fc.constantFrom(undefined, { maxDistance: undefined }, { maxDistance: 1 }),
  zoneExclusion: fc.constantFrom(
    [],
    [{ kind: 'polar' as const, azimuthDeg: [-30, 30] as const, elevationDeg: [0, 90] as const }],
  ),
  jumpPosition: fc.boolean(),
  screenRef: fc.boolean(),
  importance: fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined }),
});

/** Blocks of 0.02 s, one after another or with gaps: steps of masters are no closer than 0.0052 s. */
const blocks = fc.array(fc.tuple(block, fc.boolean()), { minLength: 1, maxLength: 4 }).map((list) => {
  if (list.length === 1) return [{ ...objectBlockDefaults, ...list[0]![0] }];
  let start = 0;
  return list.map(([values, hasGap]): ObjectBlock => {
    const startSec = ratio((start += hasGap ? 2 : 0), 100);
    start += 2;
    return { ...objectBlockDefaults, ...values, startSec, durationSec: ratio(2, 100) };
  });
});

const element: fc.Arbitrary<Omit<SceneElement, 'id'>> = fc.oneof(
  fc.record({ base, blocks }).map((made) => ({ ...made.base, kind: 'object' as const, blocks: made.blocks })),
  fc
    .record({ base, layout: fc.constantFrom('2.0', '5.1', '7.1.2', '7.1.4', '9.1.6', '22.2'), first: gainDb })
    .map((made) => {
      const [channel, ...others] = bedOf(made.layout).channels;
      return {
        ...bedOf(made.layout),
        ...made.base,
        channels: [{ ...channel!, gainDb: made.first }, ...others],
      };
    }),
  fc
    .record({
      base,
      order: fc.integer({ min: 1, max: 3 }),
      normalization: fc.constantFrom('SN3D', 'N3D', 'FuMa'),
    })
    .map((made) => ({
      ...made.base,
      kind: 'ambisonic' as const,
      order: made.order,
      normalization: made.normalization,
    })),
) as fc.Arbitrary<Omit<SceneElement, 'id'>>;

const sceneAndRate = fc.record({
  scene: fc
    .array(element, { minLength: 1, maxLength: 3 })
    // The audio of stems is all that says how long a scene is.
    .filter((elements) => elements.some(({ startSec }) => startSec.denominator !== 2n))
    .map((elements) =>
      createScene(
        's',
        elements.map((made, index) => ({ ...elementDefaults, ...made, id: `e${index}` })) as SceneElement[],
      ),
    ),
  sampleRateHz: fc.constantFrom(44_100, 48_000, 48_000, 96_000),
});

/** Noise of 24 bit on every track, silent before its element starts. */
function audioOf(scene: Scene, sampleRateHz: number) {
  const audio = createAudioBlock(sceneTracks(scene).length, frameCount);
  for (const [track, { elementIndex }] of sceneTracks(scene).entries()) {
    const { numerator, denominator } = scene.elements[elementIndex]!.startSec;
    const start = Math.ceil((Number(numerator) * sampleRateHz) / Number(denominator));
    audio.channels[track]!.set(
      noise(frameCount, track + 1).map((sample) => Math.round(sample * 8388607) / 8388608),
    );
    audio.channels[track]!.fill(0, 0, start);
  }
  return audio;
}

/** Tracks of every element. */
function tracksOf(scene: Scene, channels: readonly Float32Array[]): (readonly Float32Array[])[] {
  let track = 0;
  return scene.elements.map((one) => channels.slice(track, (track += trackCountOf(one))));
}

/** Writes a scene and reads it again. @returns whether the format took it */
async function writeAndCompare(
  scene: Scene,
  sampleRateHz: number,
  format: SceneFormatName,
  folder: string,
): Promise<boolean> {
  const { extension, plan } = sceneFormats[format];
  const file = join(folder, `fuzz${extension}`);
  const warnings: Warning[] = [];
  const onWarning = (warning: Warning): void => void warnings.push(warning);
  const tool = { name: 'periphon', version: [0, 1, 0] as const };
  const audio = audioOf(scene, sampleRateHz);
  try {
    const options = { scene, kernels, sampleRateHz, frameCount, tool, onWarning, overwrite: true };
    const writer = await plan(file, options).start();
    await writer.write(audio);
    await writer.finish();
  } catch (error) {
    if (error instanceof PeriphonError && error.name === 'UnsupportedError') return false;
    throw error;
  }
  const reader = await openScene(file, { kernels });
  const back = createAudioBlock(reader.channelCount, reader.frameCount);
  await reader.read(back);
  await reader.close();
  rmSync(join(folder, 'fuzz.stems'), { recursive: true, force: true });
  // Masters have their beds first.
  const order = (one: Scene): number[] =>
    one.elements.map((_, index) => index).sort((a, b) => rank(one, a) - rank(one, b) || a - b);
  const rank = (one: Scene, index: number): number =>
    isMaster(format) && one.elements[index]!.kind === 'object' ? 1 : 0;
  const isDivided = warnings.some(({ code }) => /^(?:adm|damf)-bed-divided$/.test(code));
  if (isDivided) return true;
  const [before, after] = [resolveScene(scene), resolveScene(reader.scene)];
  expect(after.elements).toHaveLength(before.elements.length);
  expect(reader.frameCount).toBe(frameCount);
  const [tracksBefore, tracksAfter] = [
    tracksOf(scene, audio.channels),
    tracksOf(reader.scene, back.channels),
  ];
  for (const [place, index] of order(scene).entries()) {
    const [one, made] = [before.elements[index]!, after.elements[place]!];
    const isSame = tracksAfter[place]!.every((samples, track) =>
      bytesOf(samples).equals(bytesOf(tracksBefore[index]![track]!)),
    );
    expect([one.kind, isSame]).toEqual([made.kind, true]);
    if (one.kind === 'bed' && !one.mute) expect(levelsOf(made)).toEqual(levelsOf(one));
    if (one.kind === 'object' && isMaster(format))
      expectSamePlaces(one, made as AudioObject, { sampleRateHz, frameCount });
    if (!isMaster(format))
      expectSameElement(withEnd(one, sampleRateHz), withEnd(made, sampleRateHz), format, warnings);
  }
  return true;
}

/** Formats that hold beds, then objects that move in steps or ramps. */
const isMaster = (format: SceneFormatName): boolean => format === 'adm-dolby' || format === 'damf';

/** The element as far as the scene lasts: whether its last block says so, or goes beyond it, is not heard. */
function withEnd(one: SceneElement, sampleRateHz: number): SceneElement {
  if (one.kind !== 'object') return one;
  const endSec = ratio(frameCount, sampleRateHz);
  const blocks = one.blocks.flatMap((block, index) => {
    const left = subtractRational(subtractRational(endSec, one.startSec), block.startSec);
    if (left.numerator <= 0n) return index === 0 ? [{ ...block, durationSec: ratio(0, 1) }] : [];
    const isCut = !block.durationSec || compareRational(block.durationSec, left) > 0;
    return [isCut ? { ...block, durationSec: left } : block];
  });
  return { ...one, blocks };
}

/** Stems and BS.2076 keep all that they do not warn of. */
function expectSameElement(
  one: SceneElement,
  made: SceneElement,
  format: SceneFormatName,
  warnings: readonly Warning[],
): void {
  const isItu = format === 'adm-itu';
  const isTold = warnings.some(({ path, message }) => path === one.id && message.includes('is of layout'));
  const plain = (element: SceneElement): Scene =>
    createScene('', [{ ...element, ...(isItu ? { ...unstatedModes, id: '', name: '' } : {}) }]);
  const lost = sceneDifferences(plain(one), plain(made)).filter(
    // A gain that all channels share may stand at the bed: the levels are compared apart.
    (path) => !(isItu && one.kind === 'bed' && (isTold || /gainDb$/.test(path))),
  );
  expect(lost.filter(() => isItu || !warnings.some(({ code }) => code === 'stems-lossy'))).toEqual([]);
}

/** Runs the fuzz test. @returns how many scenes each format took */
export async function fuzzWriting(numRuns: number, folder: string): Promise<Record<string, number>> {
  const taken: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(sceneAndRate, async ({ scene, sampleRateHz }) => {
      for (const format of convertFormats) {
        const isTaken = await writeAndCompare(scene, sampleRateHz, format, folder);
        taken[format] = (taken[format] ?? 0) + Number(isTaken);
      }
    }),
    { seed: 30, numRuns },
  );
  return taken;
}
