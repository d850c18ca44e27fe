import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { masterScene, type MasterReport } from 'periphon';
import { bursts, periphon, sine, temporaryFolder, writeScene, writeWav } from '../cli/cli-support.ts';
import { ffmpegLoudness, oversampledPeakDbtp, readPlainWav } from '../cli/outside-tools.ts';
import { requireTool } from '../support.ts';

/**
 * A mastered ADM BWF passes the profile of a label that its source failed: the source is too loud on its 5.1 render, and
 * its peaks stand so far above its loudness that gain alone would not bring them below the ceiling. What was written is
 * rendered anew and judged by meters that are not ours.
 */
const folder = temporaryFolder();
const out = join(folder, 'out');
/** Frames of 24 a second. */
const frameCount = 2 * 48_000;
const manual = { automatic: false, centreDb: 0, surroundDb: 0, heightDb: 0 };

/** The source states a loudness, which is not even its own. */
const statedProgramme = {
  ...{ name: 'audioProgramme', attributes: { audioProgrammeID: 'APR_1001' }, text: '' },
  children: [
    {
      ...{ name: 'loudnessMetadata', attributes: {}, text: '' },
      children: [{ name: 'integratedLoudness', attributes: {}, children: [], text: '-9.87' }],
    },
  ],
};

let report: MasterReport;
let status: number | null;
const source = join(folder, 'source.wav');
const mastered = join(out, 'source.adm.wav');

beforeAll(() => {
  mkdirSync(join(folder, 'stems'));
  const bed = Array.from({ length: 10 }, (_, channel) =>
    channel === 3 ? sine(45, 0.1) : bursts(1 + (channel % 2), 0.22, 24_000),
  );
  writeWav(join(folder, 'stems', 'bed.wav'), bed, frameCount);
  writeWav(join(folder, 'stems', 'drum.wav'), [bursts(1, 0.55, 24_000)], frameCount);
  writeWav(join(folder, 'stems', 'voice.wav'), [sine(997, 0.25)], frameCount);
  const scene = writeScene(folder, 'source', {
    beds: [
      {
        ...{ name: 'bed', layout: '7.1.2', file: 'stems/bed.wav', channelOrder: 'itu' },
        binauralMode: 'mid',
      },
    ],
    objects: [
      {
        ...{ name: 'drum', file: 'stems/drum.wav', binauralMode: 'near' },
        blocks: [
          { startSec: 0, durationSec: 1, position: { azimuthDeg: -40, elevationDeg: 0 } },
          { startSec: 1, durationSec: 1, position: { azimuthDeg: 110, elevationDeg: 45 } },
        ],
      },
      { name: 'voice', file: 'stems/voice.wav', position: { azimuthDeg: 0 }, binauralMode: 'far' },
    ],
    delivery: {
      ...{ frameRate: '24', warpMode: 'normal' },
      trims: Object.fromEntries(['2.0', '5.1', '5.1.2', '5.1.4', '7.1'].map((name) => [name, manual])),
    },
    extras: { adm: { programmeId: 'APR_1001', nodes: [statedProgramme], elements: {} } },
  });
  expect(periphon(['convert', scene, source, '--to', 'adm-dolby']).status).toBe(0);
  const run = periphon(['master', source, '--to', 'adm', '--profile', 'umg-atmos', '--out', out, '--json']);
  status = run.status;
  report = JSON.parse(run.stdout) as MasterReport;
}, 60_000);

const check = (file: string) => periphon(['check', file, '--profile', 'umg-atmos']);

const renders = ['5.1', 'stereo', '7.1.4', 'binaural'];
const level = () => report.sceneFiles![0]!.loudness!;
const levelOn = (name: string) => level().renders.find((render) => render.name === name)!;

test('what failed the profile before passes it', () => {
  const before = check(source);
  expect(before.status).toBe(1);
  expect(before.stdout).toMatch(/fail\s+umg-atmos\s+integratedLufs/);
  expect(status).toBe(0);
  expect(check(mastered).stdout).not.toMatch(/^fail .*(?<!\(recommended\))$/m);
  expect(check(mastered).status).toBe(0);
});

describe('rendered anew', () => {
  const rendered = join(folder, 'rendered');
  beforeAll(() => {
    const targets = renders.flatMap((name) => ['--to', name]);
    expect(periphon(['render', mastered, ...targets, '--out', rendered]).status).toBe(0);
  }, 60_000);

  test.each(renders)('%s stays at or below -1 dBTP when oversampled 32 times', (name) => {
    const { channels } = readPlainWav(join(rendered, `source.adm.${name}.wav`));
    const peakDbtp = oversampledPeakDbtp(channels);
    expect(peakDbtp).toBeLessThanOrEqual(-1);
    expect(levelOn(name).after.truePeakDbtp).toBeLessThanOrEqual(-1);
    expect(Math.abs(levelOn(name).after.truePeakDbtp - peakDbtp)).toBeLessThan(1);
  });

  test.for(['5.1', 'stereo', 'binaural'])('%s is as loud as the report says, in ffmpeg', (name, context) => {
    requireTool(context, 'ffmpeg');
    const { integratedLufs } = ffmpegLoudness(join(rendered, `source.adm.${name}.wav`));
    expect(Math.abs(integratedLufs - levelOn(name).after.integratedLufs)).toBeLessThanOrEqual(0.1);
  });
});

test('the 5.1 render is between -18.1 and -18.0 LUFS, and the limiter had its part in it', () => {
  const { integratedLufs, renders: measured, limiter, status: outcome } = level();
  expect(measured.map(({ name }) => name)).toEqual(renders);
  expect(integratedLufs).toBe(levelOn('5.1').after.integratedLufs);
  expect(integratedLufs).toBeGreaterThanOrEqual(-18.1);
  expect(integratedLufs).toBeLessThanOrEqual(-18);
  expect(outcome).toBe('met');
  expect(limiter.maxReductionDb).toBeGreaterThan(1);
  expect(limiter.maxReductionDb).toBeLessThanOrEqual(6);
  expect(limiter.meanReductionDb).toBeGreaterThan(0);
  expect(limiter.meanReductionDb).toBeLessThan(limiter.maxReductionDb / 2);
  // All tracks have one gain, of which the deepest reduction of any sample is that of the report.
  const [before, after] = [source, mastered].map((file) => readPlainWav(file).channels);
  const { gainDb } = level();
  let deepestDb = 0;
  for (let n = 0; n < frameCount; n++) {
    const sounding = [...before!.keys()].filter((track) => Math.abs(before![track]![n]!) > 0.01);
    const gainsDb = sounding.map((track) => 20 * Math.log10(after![track]![n]! / before![track]![n]!));
    if (Math.max(...gainsDb) - Math.min(...gainsDb) > 0.001) expect.fail(`sample ${n}: ${gainsDb.join()}`);
    for (const trackDb of gainsDb) deepestDb = Math.max(deepestDb, gainDb - trackDb);
  }
  expect(deepestDb).toBeCloseTo(limiter.maxReductionDb, 1);
});

/** What stands behind the audio: the metadata. */
function metadataOf(file: string): string {
  const bytes = readFileSync(file);
  return bytes.subarray(bytes.indexOf('axml', bytes.length - 100_000) + 8).toString('latin1');
}
const statement = /\s*<loudnessMetadata.*?<\/loudnessMetadata>/s;

test('nothing but the audio is another, and what is said of its loudness', () => {
  const rest = (file: string): string => metadataOf(file).replace(statement, '');
  expect(metadataOf(source)).toContain('<integratedLoudness>-9.87</integratedLoudness>');
  // Both are padded to an even length.
  expect(rest(mastered).replaceAll('\0', '')).toBe(rest(source).replaceAll('\0', ''));
});

test('the file states the loudness of its 5.1 render, as ffmpeg has it', (context) => {
  requireTool(context, 'ffmpeg');
  const stated = Object.fromEntries(
    [...statement.exec(metadataOf(mastered))![0].matchAll(/<(\w+)>(-?[\d.]+)<\/\1>/g)].map(
      ([, name, value]) => [name, Number(value)],
    ),
  );
  const heard = ffmpegLoudness(join(folder, 'rendered', 'source.adm.5.1.wav'));
  expect(Math.abs(stated.integratedLoudness! - heard.integratedLufs)).toBeLessThanOrEqual(0.1);
  expect(stated.integratedLoudness).toBeCloseTo(levelOn('5.1').after.integratedLufs, 2);
  expect(stated.maxTruePeak).toBeCloseTo(levelOn('5.1').after.truePeakDbtp, 2);
  expect(Object.keys(stated)).toEqual(
    ['integratedLoudness', 'loudnessRange', 'maxTruePeak', 'maxMomentary', 'maxShortTerm'].filter(
      (name) => name in stated,
    ),
  );
});

test('block size and thread count change no bit', async () => {
  const hashes = [];
  for (const [name, more] of Object.entries({
    a: { blockFrames: 517, threads: 1 },
    b: { blockFrames: 20_000, threads: 2 },
    c: { threads: 4 },
  })) {
    const outDir = join(folder, name);
    await masterScene({ scene: source, outDir, targets: ['adm'], profiles: ['umg-atmos'], ...more });
    expect(readdirSync(outDir).sort()).toEqual(['manifest.json', 'report.json', 'source.adm.wav']);
    hashes.push(
      createHash('sha256')
        .update(readFileSync(join(outDir, 'source.adm.wav')))
        .digest('hex'),
    );
  }
  const own = createHash('sha256').update(readFileSync(mastered)).digest('hex');
  expect(new Set([...hashes, own]).size).toBe(1);
}, 60_000);
