import { basename, join } from 'node:path';
import { beforeAll, expect, test, type TestContext } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { sceneFormats, type SceneFormatName } from '../../src/io/scene-formats.ts';
import { openScene } from '../../src/io/stems/open-scene.ts';
import { convertFormats } from '../../src/job/convert-format.ts';
import { convertScene } from '../../src/job/convert-scene.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createScene, unstatedModes } from '../../src/scene/make-scene.ts';
import { resolveScene } from '../../src/scene/resolve-scene.ts';
import { trackCountOf, type AudioObject, type Scene, type SceneElement } from '../../src/scene/scene.ts';
import { sceneDifferences } from '../../src/scene/scene-differences.ts';
import { realMaster } from '../io/adm/real-masters.ts';
import { jobFolder, writeTinyScene } from '../job/scenes.ts';
import { requireTestData } from '../support.ts';
import { bytesOf, expectSamePlaces, levelsOf } from './scene-states.ts';

/**
 * A scene in format A, converted to B and back to A: its audio is the same bit by bit, and its beds and objects are as
 * they were, as exactly as A and B hold places and times.
 */
const folder = jobFolder();
const kernels = await loadKernels();
let tiny: string;
beforeAll(() => {
  tiny = writeTinyScene(folder, 24_000);
});

/** Formats that hold positions and times as scenes do; in others they move in steps. */
const exactFormats: readonly SceneFormatName[] = ['stems', 'adm-itu'];

interface OpenedScene {
  readonly scene: Scene;
  /** Elements by name, each with its tracks. */
  readonly elements: ReadonlyMap<string, { element: SceneElement; audio: readonly Float32Array[] }>;
  readonly sampleRateHz: number;
  readonly frameCount: number;
}

async function open(file: string): Promise<OpenedScene> {
  const reader = await openScene(file, { kernels });
  const { channels } = await readAll(reader);
  const scene = resolveScene(reader.scene);
  let track = 0;
  const elements = new Map(
    scene.elements.map((element) => {
      const from = track;
      track += trackCountOf(element);
      return [element.name, { element, audio: channels.slice(from, track) }];
    }),
  );
  return { scene, elements, sampleRateHz: reader.sampleRateHz, frameCount: reader.frameCount };
}

async function readAll(reader: Awaited<ReturnType<typeof openScene>>) {
  const block = createAudioBlock(reader.channelCount, reader.frameCount);
  await reader.read(block);
  await reader.close();
  return block;
}

/** Converts; a file of its own for each way. */
async function convert(source: string, to: SceneFormatName, step: string): Promise<string> {
  const name = basename(source).replace(/(?:\.scene)?\.\w+$/, '');
  const out = join(folder, `${step}-${name}${sceneFormats[to].extension}`);
  await convertScene({ scene: source, out, to, overwrite: true });
  return out;
}

function expectSame(before: OpenedScene, after: OpenedScene, isExact: boolean): void {
  expect(after.frameCount).toBe(before.frameCount);
  expect([...after.elements.keys()].sort()).toEqual([...before.elements.keys()].sort());
  for (const [name, { element, audio }] of before.elements) {
    const made = after.elements.get(name)!;
    expect(made.audio.map(bytesOf).map((bytes, track) => bytes.equals(bytesOf(audio[track]!)))).toEqual(
      audio.map(() => true),
    );
    expect(made.element.kind).toBe(element.kind);
    expect(levelsOf(made.element)).toEqual(levelsOf(element));
    if (isExact) {
      // BS.2076 names its objects anew and has no modes.
      const plain = (one: SceneElement) => createScene('', [{ ...one, ...unstatedModes, id: '' }]);
      expect(sceneDifferences(plain(made.element), plain(element))).toEqual([]);
    } else if (element.kind === 'object') expectSamePlaces(element, made.element as AudioObject, before);
  }
}

const sources: readonly (readonly [name: string, find: (context: TestContext) => string])[] = [
  ['stems', () => tiny],
  ...[0, 1, 2].map(
    (index) => [`real master ${index}`, (context: TestContext) => realMaster(context, index)] as const,
  ),
  ...['bed_objects', 'objects_moving', 'hoa3', 'mixed_v2'].map(
    (name) =>
      [name, (context: TestContext) => requireTestData(context, 'golden', 'bwf', `${name}.wav`)] as const,
  ),
];
/** Scenes that masters cannot hold. */
const ambisonic: readonly string[] = ['hoa3', 'mixed_v2'];
const refusals: Partial<Record<SceneFormatName, string>> = {
  'adm-dolby': 'adm-ambisonic',
  damf: 'damf-ambisonic',
};

for (const [name, find] of sources) {
  test(`${name}: there and back between all formats`, { timeout: 120_000 }, async (context) => {
    const source = find(context);
    const refusalOf = (format: SceneFormatName) => (ambisonic.includes(name) ? refusals[format] : undefined);
    for (const first of convertFormats) {
      const refusal = refusalOf(first);
      if (refusal) {
        await expect(convert(source, first, 'refused')).rejects.toMatchObject({ code: refusal });
        continue;
      }
      const start = await convert(source, first, first);
      const before = await open(start);
      for (const other of convertFormats) {
        if (other === first || refusalOf(other)) continue;
        const there = await convert(start, other, `to-${other}`);
        const after = await open(await convert(there, first, `back-${first}`));
        const isExact = [first, other].every((format) => exactFormats.includes(format));
        expectSame(before, after, isExact);
      }
    }
  });
}
