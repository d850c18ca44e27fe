import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import type { Warning } from '../../../src/base/errors.ts';
import { rationalToSec } from '../../../src/base/time.ts';
import { planAdm } from '../../../src/io/adm/adm-writer.ts';
import type { AdmFlavour } from '../../../src/io/adm/write-plan.ts';
import { openScene } from '../../../src/io/stems/open-scene.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import {
  sceneTracks,
  type AudioObject,
  type Bed,
  type Scene,
  type TrackModes,
} from '../../../src/scene/scene.ts';
import { jobFolder } from '../../job/scenes.ts';
import { bedOf, blockOf, objectOf, sceneOf, timed } from './write-scenes.ts';

const folder = jobFolder();
const kernels = await loadKernels();
const sampleRateHz = 48_000;
const frameCount = 96_000;
let count = 0;

/** Writes a scene whose track n is the constant (n + 1) / 256, reads it back. */
async function writeAndRead(scene: Scene, flavour: AdmFlavour) {
  const file = join(folder, `${flavour}-${count++}.wav`);
  const warnings: Warning[] = [];
  const onWarning = (warning: Warning): void => void warnings.push(warning);
  const tool = { name: 'periphon', version: [1, 2, 3] as const };
  const writer = await planAdm(file, flavour, {
    scene,
    kernels,
    sampleRateHz,
    frameCount,
    tool,
    onWarning,
  }).start();
  const block = createAudioBlock(sceneTracks(scene).length, frameCount);
  for (const [track, samples] of block.channels.entries()) samples.fill((track + 1) / 256);
  await writer.write(block);
  await writer.finish();
  const reader = await openScene(file, { kernels, onWarning });
  const read = createAudioBlock(reader.channelCount, frameCount);
  await reader.read(read);
  await reader.close();
  const levels = read.channels.map((samples) => samples[frameCount >> 1]! * 256);
  return {
    file,
    scene: reader.scene,
    levels,
    warnings: warnings.map(({ code }) => code),
    bytes: readFileSync(file),
  };
}

/** Chunks of a RIFF file in their order: [id, offset]. */
function chunksOf(bytes: Buffer): [string, number][] {
  const chunks: [string, number][] = [];
  for (let at = 12; at < bytes.length;) {
    const size = bytes.readUInt32LE(at + 4);
    chunks.push([bytes.toString('latin1', at, at + 4), at]);
    at += 8 + size + (size % 2);
  }
  return chunks;
}

test('chunks stand in the order of studio masters, at even offsets, and fmt is plain PCM of 24 bit', async () => {
  const { bytes } = await writeAndRead(
    sceneOf(bedOf('7.1.2'), objectOf('a'), objectOf('b'), objectOf('c')),
    'dolby',
  );
  const chunks = chunksOf(bytes);
  expect(chunks.map(([id]) => id)).toEqual(['JUNK', 'fmt ', 'data', 'axml', 'chna', 'dbmd']);
  expect(chunks.every(([, at]) => at % 2 === 0)).toBe(true);
  const at = chunks[1]![1] + 8;
  expect([
    bytes.readUInt32LE(at - 4),
    bytes.readUInt16LE(at),
    bytes.readUInt16LE(at + 2),
    bytes.readUInt16LE(at + 14),
  ]).toEqual([16, 1, 13, 24]);
  expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
});

test.each(['2.0', '5.1', '7.1', '7.1.2'])(
  'a bed %s comes back as it was, its channels in their places',
  async (layout) => {
    const bed = bedOf(layout, { binauralMode: 'mid' });
    for (const flavour of ['dolby', 'itu'] as const) {
      const { scene, levels, warnings } = await writeAndRead(sceneOf(bed), flavour);
      // BS.2076 has no place for the binaural mode.
      expect(warnings).toEqual(flavour === 'dolby' ? [] : ['adm-lossy']);
      const binauralMode = flavour === 'dolby' ? 'mid' : undefined;
      expect(scene.elements.map(timed)).toEqual([timed({ ...bed, id: 'AO_1001', binauralMode })]);
      expect(levels).toEqual(bed.channels.map((_, index) => index + 1));
    }
  },
);

test.each(['7.1.4', '5.1.4', '5.1.2', '4+9+0'])(
  'a bed %s becomes a bed with objects, and is put together again',
  async (layout) => {
    const bed = bedOf(layout, { gainDb: 0 });
    const { scene, levels, warnings, bytes } = await writeAndRead(sceneOf(bed, objectOf('lead')), 'dolby');
    expect(warnings).toEqual(['adm-bed-divided']);
    expect(scene.elements.map(({ name }) => name)).toEqual([bed.name, 'lead']);
    expect(timed(scene.elements[0]!)).toEqual(timed({ ...bed, id: 'AO_1001' }));
    expect(levels).toEqual([...bed.channels, 1].map((_, index) => index + 1));
    expect(bytes.includes('audioObjectName="4+7+0 bed 1 U+045"')).toBe(layout === '7.1.4');
    expect(scene.elements[0]!.trimBypass).toBeUndefined();
    expect((scene.elements[0] as Bed).channels.some((channel) => 'trimBypass' in channel)).toBe(false);
  },
);

test('the objects of a 7.1.4 bed stand in the upper corners, without trims, beside a 7.1.2 bed', async () => {
  const { bytes } = await writeAndRead(sceneOf(bedOf('7.1.4')), 'dolby');
  const axml = bytes.toString('latin1');
  expect(axml.match(/<speakerLabel>RC_\w+/g)!.map((text) => text.slice(17))).toEqual(
    'L R C LFE Lss Rss Lrs Rrs Lts Rts'.split(' '),
  );
  const blocks = axml.match(/<audioBlockFormat audioBlockFormatID="AB_0003[\s\S]*?<\/audioBlockFormat>/g)!;
  const places = blocks.map((block) =>
    [...block.matchAll(/coordinate="[XYZ]">([^<]*)/g)].map(([, value]) => Number(value)),
  );
  expect(places).toEqual([
    [-1, 1, 1],
    [1, 1, 1],
    [-1, -1, 1],
    [1, -1, 1],
  ]);
  const channelsAt = chunksOf(bytes).at(-1)![1] + 8 + 4 + 100 + 252 + 3 + 142;
  // 10 channels of the bed say nothing of trims (2), four objects ignore them (1).
  expect([...bytes.subarray(channelsAt, channelsAt + 14)]).toEqual([...Array(10).fill(2), 1, 1, 1, 1]);
});

const moving = objectOf('moving', [
  blockOf(0, 0.5, { position: { kind: 'polar', azimuthDeg: 30, elevationDeg: 0, distance: 1 } }),
  blockOf(0.5, 0.25, {
    position: { kind: 'polar', azimuthDeg: -30, elevationDeg: 30, distance: 1 },
    gainDb: -6,
    importance: 5,
  }),
  blockOf(0.75, undefined, { position: { kind: 'cartesian', xyz: [0.25, -0.5, 0.125] }, jumpPosition: true }),
]);

test('the itu flavour keeps an object whole', async () => {
  const rich = objectOf(
    'rich',
    [
      blockOf(0, 1, {
        position: {
          kind: 'polar',
          azimuthDeg: 12.5,
          elevationDeg: -3,
          distance: 0.75,
          screenEdgeLock: { horizontal: 'left' },
        },
        width: 20,
        height: 10,
        depth: 0.5,
        diffuse: 0.25,
        channelLock: { maxDistance: 0.5 },
        divergence: { value: 0.5, azimuthRangeDeg: 30, positionRange: undefined },
        zoneExclusion: [{ kind: 'polar', azimuthDeg: [-30, 30], elevationDeg: [0, 90] }],
        screenRef: true,
      }),
      blockOf(1, 1, {
        position: { kind: 'cartesian', xyz: [0.5, 0.5, -0.5] },
        zoneExclusion: [{ kind: 'cartesian', min: [-1, -1, -1], max: [1, 0, 1] }],
        channelLock: { maxDistance: undefined },
        gainDb: -Infinity,
      }),
    ],
    {
      gainDb: -4.5,
      mute: true,
      importance: 7,
      binauralMode: 'off',
      positionOffset: { kind: 'polar', azimuthDeg: 5, elevationDeg: 0, distance: 0 },
    },
  );
  const { scene, warnings } = await writeAndRead(sceneOf(moving, rich), 'itu');
  expect(warnings).toEqual([]);
  const times = (object: AudioObject) =>
    object.blocks.map(({ startSec, durationSec, interpolationLengthSec: _, ...block }) => ({
      ...block,
      startSec: rationalToSec(startSec),
      endSec: durationSec ? rationalToSec(startSec) + rationalToSec(durationSec) : 2,
    }));
  const [readMoving, readRich] = scene.elements as AudioObject[];
  expect(times(readMoving!)).toEqual(times(moving));
  expect({ ...readRich, blocks: times(readRich!) }).toEqual({ ...rich, id: 'AO_1002', blocks: times(rich) });
});

test('an object that starts later keeps its start in the itu flavour', async () => {
  const late = objectOf('late', undefined, { startSec: { numerator: 12345n, denominator: 48000n } });
  const { scene, bytes } = await writeAndRead(sceneOf(late), 'itu');
  expect(bytes.includes('start="00:00:00.823S3200"')).toBe(true);
  expect(scene.elements[0]!.startSec).toEqual({ numerator: 823n, denominator: 3200n });
});

test('an ambisonic bed is written by common definitions, in FuMa order too; a master refuses it', async () => {
  for (const [normalization, order] of [
    ['SN3D', 3],
    ['N3D', 1],
    ['FuMa', 2],
  ] as const) {
    const bed = { ...objectOf('amb'), kind: 'ambisonic' as const, order, normalization };
    const { blocks: _, ...ambisonic } = bed;
    const { scene, levels } = await writeAndRead(sceneOf(ambisonic), 'itu');
    expect(scene.elements).toMatchObject([{ kind: 'ambisonic', order, normalization }]);
    expect(levels).toEqual(levels.map((_, index) => index + 1));
    await expect(writeAndRead(sceneOf(ambisonic), 'dolby')).rejects.toMatchObject({ code: 'adm-ambisonic' });
  }
});

test('a master takes 118 objects, those of divided beds included, and 48 or 96 kHz', async () => {
  const objects = (length: number) => Array.from({ length }, (_, index) => objectOf(`o${index}`));
  await expect(writeAndRead(sceneOf(...objects(119)), 'dolby')).rejects.toMatchObject({
    code: 'adm-objects',
  });
  await expect(writeAndRead(sceneOf(bedOf('7.1.4'), ...objects(115)), 'dolby')).rejects.toMatchObject({
    code: 'adm-objects',
  });
  const options = {
    scene: sceneOf(bedOf('5.1')),
    kernels,
    sampleRateHz: 44_100,
    frameCount,
    tool: { name: 'x', version: [1, 0, 0] as const },
  };
  expect(() => planAdm(join(folder, 'rate.wav'), 'dolby', options)).toThrow(
    expect.objectContaining({ code: 'adm-sample-rate' }),
  );
});

test('delivery metadata and the modes of tracks go through dbmd', async () => {
  const manual = {
    automatic: false,
    centreDb: -1.5,
    surroundDb: -3,
    heightDb: -6,
    overheadFloorBalance: 0,
    listenerBalance: -1,
  };
  const delivery = {
    trims: { '5.1': manual },
    warpMode: 'warping' as const,
    downmixType: 'directStereo' as const,
    phaseShift90: false,
    frameRate: '29.97df' as const,
    firstFrameOfActionSec: 3725.5,
  };
  const modes: readonly TrackModes[] = [
    { binauralMode: 'off', trimBypass: true, headTracking: 'head' },
    { binauralMode: 'near', trimBypass: false, headTracking: 'scene' },
    { binauralMode: 'mid', trimBypass: undefined, headTracking: undefined },
    { binauralMode: 'far', trimBypass: true, headTracking: undefined },
    { binauralMode: undefined, trimBypass: undefined, headTracking: 'head' },
  ];
  const objects = modes.map((own, index) => objectOf(`o${index}`, undefined, own));
  const plain = bedOf('5.1', { trimBypass: true, headTracking: 'head' });
  const bed = {
    ...plain,
    channels: plain.channels.map((channel, index) =>
      index === 2 ? { ...channel, trimBypass: false, headTracking: 'scene' as const } : channel,
    ),
  };
  const { scene } = await writeAndRead({ ...sceneOf(bed, ...objects), delivery }, 'dolby');
  expect(timed(scene.elements[0]!)).toEqual(timed({ ...bed, id: 'AO_1001' }));
  expect(
    scene.elements
      .slice(1)
      .map(({ binauralMode, trimBypass, headTracking }) => ({ binauralMode, trimBypass, headTracking })),
  ).toEqual(modes);
  expect(scene.delivery).toMatchObject({ ...delivery, trims: { '5.1': manual, '2.0': { automatic: true } } });
});

test('text that XML cannot hold as it is comes back as it was', async () => {
  const { scene } = await writeAndRead(sceneOf(objectOf('a <b> & "c" é')), 'dolby');
  expect(scene.elements[0]!.name).toBe('a <b> & "c" é');
});
