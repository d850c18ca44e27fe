import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rationalToSec } from '../../../src/base/time.ts';
import { planDamf } from '../../../src/io/damf/damf-writer.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import type { AudioObject, ObjectBlock, Scene } from '../../../src/scene/scene.ts';
import { jobFolder } from '../../job/scenes.ts';
import { requireTool, run } from '../../support.ts';
import { bedOf, blockOf, objectOf, sceneOf, timed } from '../adm/write-scenes.ts';
import { openMaster, writeMaster } from './open-damf.ts';

const folder = jobFolder();
let count = 0;

async function writeAndRead(scene: Scene, options = {}) {
  const file = join(folder, `mix ${count++}.atmos`);
  const written = await writeMaster(file, scene, options);
  return { file, written, ...(await openMaster(file)) };
}

/** Blocks with their times as numbers; the last end is that of the programme. */
const plain = (object: AudioObject, endSec = 2) =>
  object.blocks.map(({ startSec, durationSec, interpolationLengthSec, ...block }) => ({
    ...block,
    startSec: rationalToSec(startSec),
    endSec: durationSec ? rationalToSec(startSec) + rationalToSec(durationSec) : endSec,
    rampSec: interpolationLengthSec && rationalToSec(interpolationLengthSec),
  }));

test.each(['2.0', '5.1', '7.1', '7.1.2'])('a bed %s comes back as it was', async (layout) => {
  const bed = bedOf(layout, { binauralMode: 'mid', trimBypass: false });
  const { scene, levels, codes, written } = await writeAndRead(sceneOf(bed));
  expect([...codes, ...written]).toEqual([]);
  expect(scene.elements.map(timed)).toEqual([timed({ ...bed, id: 'bed_0' })]);
  expect(levels).toEqual(bed.channels.map((_, index) => index + 1));
});

test.each(['7.1.4', '5.1.4', '5.1.2'])('a bed %s is divided, and put together again', async (layout) => {
  const bed = bedOf(layout);
  const { scene, levels, written } = await writeAndRead(sceneOf(bed, objectOf('lead')));
  expect(written).toEqual(['damf-bed-divided']);
  expect(scene.elements.map(({ name }) => name)).toEqual([bed.name, 'lead']);
  expect(timed(scene.elements[0]!)).toEqual(timed({ ...bed, id: 'bed_0', trimBypass: false }));
  expect(levels).toEqual([...bed.channels, 1].map((_, index) => index + 1));
});

test('IDs: ten a bed, objects behind them; audio in their order', async () => {
  const scene = sceneOf(objectOf('a'), bedOf('5.1'), objectOf('b'), bedOf('2.0'));
  const { file, levels } = await writeAndRead(scene);
  const root = readFileSync(file, 'utf8');
  expect([...root.matchAll(/ID: (\d+)/g)].map(([, id]) => Number(id))).toEqual([
    0, 1, 2, 3, 4, 5, 10, 11, 20, 21,
  ]);
  expect([...root.matchAll(/channel: (\w+)/g)].map(([, name]) => name)).toEqual(
    'L R C LFE Lss Rss L R'.split(' '),
  );
  // Beds come first in the scene that is read: tracks 2 to 7 and 9, 10, then the objects 1 and 8.
  expect(levels).toEqual([2, 3, 4, 5, 6, 7, 9, 10, 1, 8]);
});

const at = (x: number, y: number, z = 0): Pick<ObjectBlock, 'position'> => ({
  position: { kind: 'cartesian', xyz: [x, y, z] },
});
const jump = (samples: number) => ({
  jumpPosition: true,
  interpolationLengthSec: samples === 0 ? undefined : { numerator: BigInt(samples), denominator: 48_000n },
});

test('all properties of an object come back, and its jumps to the sample', async () => {
  const lead = objectOf(
    'lead: "vox"',
    [
      blockOf(0, 0.5, { ...at(-1, 1), ...jump(0) }),
      blockOf(0.5, 0.25, {
        ...at(0.12345, -0.5, 1),
        ...jump(1536),
        gainDb: -6,
        width: 0.25,
        height: 0.25,
        depth: 0.25,
      }),
      blockOf(0.75, 0.25, {
        ...at(1, -1),
        ...jump(250),
        gainDb: -Infinity,
        diffuse: 1,
        channelLock: { maxDistance: undefined },
        importance: 5,
      }),
      blockOf(1, undefined, {
        ...at(1, -1),
        ...jump(0),
        zoneExclusion: [
          { kind: 'cartesian', min: [-1, -1, -0.499], max: [1, -0.41934, 0.499] },
          { kind: 'cartesian', min: [-1, -1, 0.4995], max: [1, 1, 1] },
        ],
      }),
    ],
    { binauralMode: 'near', headTracking: 'head', trimBypass: true },
  );
  const { scene, written, codes } = await writeAndRead(sceneOf(lead));
  expect([...written, ...codes]).toEqual([]);
  const [read] = scene.elements as AudioObject[];
  expect({ ...timed(read!), blocks: [] }).toEqual({ ...timed(lead), id: 'object_10', blocks: [] });
  const wanted = plain(lead).map((block) => ({
    ...block,
    gainDb: expect.closeTo(block.gainDb, 4) as number,
  }));
  wanted[2]!.gainDb = -Infinity;
  expect(plain(read!)).toEqual(wanted);
});

test('a slow movement is the same straight line, in ramps of at most 2048 samples', async () => {
  const object = objectOf('a', [
    blockOf(0, 0.5, at(-1, 0)),
    blockOf(0.5, 1, { ...at(1, 1), gainDb: -6 }),
    blockOf(1.5, undefined, { ...at(1, 1), gainDb: -6 }),
  ]);
  const { scene } = await writeAndRead(sceneOf(object));
  const blocks = plain(scene.elements[0] as AudioObject);
  const moving = blocks.slice(1);
  expect(moving).toHaveLength(24);
  for (const [index, { startSec, rampSec, position }] of moving.entries()) {
    expect(rampSec).toBeLessThanOrEqual(2048 / 48_000);
    const endSec = startSec + rampSec!;
    expect(endSec).toBeCloseTo(moving[index + 1]?.startSec ?? 1.5, 9);
    const share = endSec - 0.5;
    const { xyz } = position as { xyz: readonly number[] };
    expect(xyz[0]).toBeCloseTo(-1 + 2 * share, 4);
    expect(xyz[1]).toBeCloseTo(share, 4);
  }
  expect(moving[0]!.startSec).toBe(0.5);
});

test('what is written is sorted, says only what changes, and has the keys of masters in their order', async () => {
  const blocks = [
    blockOf(0, 1, { ...at(0, 1), ...jump(0) }),
    blockOf(1, 0.5, { ...at(0.5, 1), ...jump(0) }),
    blockOf(1.5, undefined, { ...at(0.5, 1), ...jump(0) }),
  ];
  const { file } = await writeAndRead(sceneOf(bedOf('2.0'), objectOf('a', blocks), objectOf('b', blocks)));
  const bed = (id: number) =>
    `  - ID: ${id}\n    samplePos: 0\n    active: true\n    importance: 1.0\n    gain: 0\n    rampLength: 0\n    trimBypass: false\n    headTrackMode: undefined\n    binauralRenderMode: undefined\n`;
  const first = (id: number) =>
    `  - ID: ${id}\n    samplePos: 0\n    active: true\n    pos: [0, 1, 0]\n    snap: false\n    elevation: true\n    zones: all\n    size: 0.0\n    decorr: false\n    importance: 1.0\n    gain: 0\n    rampLength: 0\n    trimBypass: false\n    dialog: -1\n    music: -1\n    screenFactor: 0.0\n    depthFactor: 0.25\n    headTrackMode: undefined\n    binauralRenderMode: undefined\n`;
  const later = (id: number) => `  - ID: ${id}\n    samplePos: 48000\n    pos: [0.5, 1, 0]\n`;
  expect(readFileSync(`${file}.metadata`, 'utf8')).toBe(
    `sampleRate: 48000\nevents:\n${bed(0)}${bed(1)}${first(10)}${first(11)}${later(10)}${later(11)}`,
  );
});

test('delivery metadata comes back; names that YAML 1.1 misreads are quoted', async () => {
  const manual = {
    automatic: false,
    centreDb: -1.5,
    surroundDb: -3,
    heightDb: -6,
    overheadFloorBalance: 0.25,
    listenerBalance: -1,
  };
  const delivery = {
    trims: { '5.1': manual, '7.1.4': { ...manual, centreDb: 0 } },
    warpMode: 'warping' as const,
    downmixType: 'ltRtPLII' as const,
    phaseShift90: true,
    frameRate: '29.97df' as const,
    firstFrameOfActionSec: 2.5,
  };
  const { file, scene, written } = await writeAndRead({
    ...sceneOf(objectOf('No'), objectOf('12')),
    delivery,
  });
  expect(written).toEqual([]);
  expect(scene.delivery).toMatchObject({ ...delivery, trims: { '5.1': manual, '2.0': { automatic: true } } });
  expect(scene.elements.map(({ name }) => name)).toEqual(['No', '12']);
  const root = readFileSync(file, 'utf8');
  expect(root).toMatch(/description: "No"/);
  expect(root).toMatch(
    /^version: 0\.5\.1\npresentations:\n {2}- type: home\n {4}simplified: false\n {4}metadata: mix \d+\.atmos\.metadata\n {4}audio: mix \d+\.atmos\.audio\n {4}offset: 0\.0\n {4}ffoa: 2\.5\n {4}fps: 29\.97df\n {4}creationTool: periphon\n {4}creationToolVersion: 1\.2\.3\n {4}downmixType_5to2: LtRt_PLII\n {4}51-to-20_LsRs90degPhaseShift: true\n {4}warpMode: warping\n {4}trimMode:\n {6}SomeSurroundsNoHeights:\n {8}centerTrim: -1\.5\n/,
  );
});

test('ffmpeg reads the audio sample by sample', async (context) => {
  requireTool(context, 'ffmpeg');
  const { file } = await writeAndRead(sceneOf(bedOf('2.0'), objectOf('a')), { frameCount: 1000 });
  const raw = join(folder, 'a.s32');
  run('ffmpeg', ['-v', 'error', '-y', '-f', 'caf', '-i', `${file}.audio`, '-f', 's32le', raw]);
  const bytes = readFileSync(raw);
  expect(bytes.length).toBe(12_000);
  for (let at = 0; at < 3000; at++) expect(bytes.readInt32LE(4 * at)).toBe(((at % 3) + 1) * 2 ** 23);
});

test('what a master cannot hold is refused or told', async () => {
  const objects = (length: number) => Array.from({ length }, (_, index) => objectOf(`o${index}`));
  const refused = (scene: Scene, options = {}) => writeMaster(join(folder, 'no.atmos'), scene, options);
  await expect(refused(sceneOf(...objects(119)))).rejects.toMatchObject({ code: 'damf-objects' });
  await expect(refused(sceneOf(bedOf('7.1.4'), ...objects(115)))).rejects.toMatchObject({
    code: 'damf-objects',
  });
  await expect(refused(sceneOf(...objects(1)), { sampleRateHz: 44_100 })).rejects.toMatchObject({
    code: 'damf-sample-rate',
  });
  const { blocks: _, ...base } = objectOf('amb');
  const ambisonic = { ...base, kind: 'ambisonic' as const, order: 1, normalization: 'SN3D' as const };
  await expect(refused(sceneOf(ambisonic))).rejects.toMatchObject({ code: 'damf-ambisonic' });
  await expect(writeMaster(join(folder, 'no.wav'), sceneOf(...objects(1)))).rejects.toMatchObject({
    code: 'damf-name',
  });
  expect(readdirSync(folder).filter((name) => name.includes('no.'))).toEqual([]);
  const lossy = objectOf('a', [blockOf(0, undefined, { diffuse: 0.5 })]);
  expect((await writeAndRead(sceneOf(lossy))).written).toEqual(['damf-lossy']);
});

test('three files or none: an existing one stops all, and nothing is left of what was aborted', async () => {
  const own = join(folder, 'own');
  mkdirSync(own);
  const scene = sceneOf(objectOf('a'));
  const file = join(own, 'mix.atmos');
  for (const name of [file, `${file}.metadata`, `${file}.audio`]) {
    writeFileSync(name, 'mine');
    await expect(writeMaster(file, scene)).rejects.toMatchObject({ code: 'output-exists' });
    expect(readdirSync(own)).toHaveLength(1);
    await writeMaster(file, scene, { overwrite: true });
    expect(readdirSync(own).sort()).toEqual(['mix.atmos', 'mix.atmos.audio', 'mix.atmos.metadata']);
    for (const made of readdirSync(own)) run('rm', [join(own, made)]);
  }
  const kernels = await loadKernels();
  const options = {
    scene,
    kernels,
    sampleRateHz: 48_000,
    frameCount: 10,
    tool: { name: 'x', version: [1, 0, 0] as const },
  };
  const writer = await planDamf(file, options).start();
  await writer.abort();
  expect(readdirSync(own)).toEqual([]);
  // The root file cannot take its place: what was finished before it goes again.
  const late = await planDamf(file, options).start();
  writeFileSync(file, 'mine');
  await expect(late.finish()).rejects.toMatchObject({ code: 'output-exists' });
  expect(readdirSync(own)).toEqual(['mix.atmos']);
});
