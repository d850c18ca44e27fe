import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Check } from '../../src/deliver/report.ts';
import { checkFiles } from '../../src/job/check-file.ts';
import type { AudioObject, Scene } from '../../src/scene/scene.ts';
import { writeWav } from '../cli/cli-support.ts';
import { masterFaults } from '../deliver/master-rules/master-faults.ts';
import {
  bw64Of,
  chunksOf,
  editSegment,
  frameCount,
  inFolder,
  labelDelivery,
  lowTones,
  riffOf,
  wholeScene,
  writeMaster,
  type Chunk,
  type Edit,
  type TrackSignal,
} from '../deliver/master-rules/master-files.ts';
import { realMaster } from '../io/adm/real-masters.ts';
import { jobFolder } from '../job/scenes.ts';
import { noise } from '../support.ts';
import { conformanceErrors } from './media-info.ts';

/**
 * Masters that are broken on purpose, each in one way: `check` names the rule. Whole ones pass, those of Dolby's own
 * tools among them. broken-masters.full.test.ts holds all faults against MediaInfo.
 */
const folder = jobFolder();
const broken = inFolder(folder, 'broken');
const stereoMaster = inFolder(folder, 'stereo');
let whole: readonly Chunk[];

beforeAll(async () => {
  whole = chunksOf(readFileSync(await writeMaster(inFolder(folder, 'whole'))));
  const tone = (frame: number): number => lowTones(0, frame);
  writeWav(stereoMaster, [tone, tone], frameCount);
});

async function check(file: string, profile: string, stereo = stereoMaster): Promise<readonly Check[]> {
  const { files } = await checkFiles([file], { profiles: [profile], stereoMaster: stereo });
  return files[0]!.checks;
}

const failuresOf = (checks: readonly Check[]): string[] =>
  checks.filter(({ result }) => result === 'fail').map(({ id }) => id);

test('a whole master passes every rule', async () => {
  const checks = await check(inFolder(folder, 'whole'), 'dolby-atmos-master');
  expect(new Set(checks.map(({ result }) => result))).toEqual(new Set(['pass']));
  expect(await conformanceErrors(inFolder(folder, 'whole'))).toEqual([]);
});

test('the real masters pass every rule', async (context) => {
  for (const index of [0, 1, 2]) {
    const checks = await check(realMaster(context, index), 'dolby-atmos-master');
    expect(failuresOf(checks)).toEqual([]);
  }
});

describe('container and metadata', () => {
  /** One of each kind; rule by rule they are tested with the rules. */
  const names = [
    'an object with the number of a bed',
    'a gap between blocks',
    'a last block that ends early',
    'a bed in the order of films',
    'a wrong checksum',
    'no dbmd',
    '119 objects',
    '16 bit',
    '44.1 kHz',
    'two programmes',
    'another interpolation',
    'width unlike depth',
    'polar coordinates',
    'no Y',
    'an object within an object',
    'chna out of order',
    'a chunk at an odd byte',
    'no axml',
  ];

  test.each(names)('%s', async (name) => {
    const { rule, edit, isOurs } = masterFaults.find((fault) => fault.name === name)!;
    writeFileSync(broken, riffOf(edit(whole)));
    const checks = await check(broken, 'dolby-atmos-master');
    expect(failuresOf(checks)).toContain(rule);
    const found = checks.find(({ id }) => id === rule)!;
    expect(found.faults!.list[0]!.found.length).toBeGreaterThan(0);
    expect(found.reason!.length).toBeGreaterThan(0);
    if (!isOurs) expect(await conformanceErrors(broken)).not.toEqual([]);
  });

  test('BW64 below 4 GiB, which is advice', async () => {
    writeFileSync(broken, bw64Of(riffOf(whole)));
    const checks = await check(broken, 'dolby-atmos-master');
    expect(failuresOf(checks)).toEqual(['container-size']);
    expect(checks.find(({ id }) => id === 'container-size')!.strength).toBe('recommended');
  });
});

describe('what a label wants', () => {
  const required = (checks: readonly Check[]): string[] =>
    failuresOf(checks.filter(({ strength }) => strength === 'required'));

  test('a whole master passes, and its 5.1 re-render is what was measured', async () => {
    const { files } = await checkFiles([inFolder(folder, 'whole')], {
      profiles: ['umg-atmos'],
      stereoMaster,
    });
    const [file] = files;
    expect(required(file!.checks)).toEqual([]);
    expect(file!.checks.filter(({ result }) => result === 'not-verifiable')).toEqual([]);
    expect(file).toMatchObject({ layout: '7.1.4', render: { source: 'ADM BWF' } });
  });

  const modes = (mode: number): Edit =>
    editSegment(10, (payload) => {
      // A mode of each of 13 channels behind 13 bytes of trim bypass.
      for (let channel = 0; channel < 13; channel++) payload[142 + 13 + channel] = 0x80 | mode;
    });

  test.each<readonly [string, string, Edit]>([
    ['no-first-frame', 'a first frame of action', editSegment(9, (payload) => payload.fill(0, 112, 118))],
    ['frame-rate-24', '25', editSegment(9, (payload) => (payload[111] = 0x13))],
    ['direct-render', 'direct render with room balance', editSegment(9, (payload) => (payload[152] = 0x81))],
    ['manual-trims', '5.1 automatic', editSegment(10, (payload) => (payload[7 + 15] = 1))],
    ['binaural-not-all-off', 'all 12 off', modes(0)],
    ['binaural-not-all-mid', 'all 12 mid', modes(3)],
    ['binaural-stated', 'track 1 (ATU_00000001) has none, and 12 more', modes(4)],
  ])('%s: %s', async (rule, message, edit) => {
    writeFileSync(broken, riffOf(edit(whole)));
    const checks = await check(broken, 'umg-atmos');
    expect(failuresOf(checks)).toContain(rule);
    expect(checks.find(({ id }) => id === rule)!.message).toBe(message);
  });

  const fullBand = noise(frameCount, 3, 0.05);
  const lfe = 3;
  const bell = 12;
  test.each<readonly [string, RegExp, TrackSignal]>([
    [
      'lfe-low-pass',
      /^-0\.\d dB above 300 Hz$/,
      (track, frame) => (track === lfe ? fullBand[frame]! : lowTones(track, frame)),
    ],
    ['empty-objects', /^silent$/, (track, frame) => (track === bell ? 0 : lowTones(track, frame))],
    [
      'tailSilenceSamples',
      /^2\d{3} samples$/,
      (track, frame) => (frame >= frameCount - 2000 ? 0 : lowTones(track, frame)),
    ],
    ['not-silent', /^no signal at all$/, () => 0],
  ])('%s', async (rule, message, signal) => {
    await writeMaster(inFolder(folder, rule), undefined, signal);
    const checks = await check(inFolder(folder, rule), 'umg-atmos');
    expect(failuresOf(checks)).toContain(rule);
    expect(checks.find(({ id }) => id === rule)!.message).toMatch(message);
  });

  test('a length unlike that of the stereo master, and no stereo master', async () => {
    await writeMaster(inFolder(folder, 'long'), undefined, undefined, frameCount + 2000);
    const checks = await check(inFolder(folder, 'long'), 'umg-atmos');
    expect(required(checks)).toEqual(['stereo-length']);
    expect(checks.find(({ id }) => id === 'stereo-length')!.message).toBe('+0.042 s (+2000 samples)');
    const { files } = await checkFiles([inFolder(folder, 'long')], { profiles: ['umg-atmos'] });
    expect(files[0]!.checks.find(({ id }) => id === 'stereo-length')).toMatchObject({
      result: 'not-verifiable',
      message: 'give --stereo-master',
    });
  });

  test('trims that the file states turn down what is measured', async () => {
    const behind = (surroundDb: number): Scene => {
      const scene = wholeScene();
      const objects = scene.elements.filter((element): element is AudioObject => element.name === 'drum');
      const trims = { ...labelDelivery.trims, '5.1': { ...labelDelivery.trims['5.1']!, surroundDb } };
      return { ...scene, elements: objects, delivery: { ...labelDelivery, trims } };
    };
    const loudness: number[] = [];
    for (const surroundDb of [0, -6]) {
      const file = inFolder(folder, `trim ${surroundDb}`);
      const tone: TrackSignal = (_, frame) => 0.2 * Math.sin((2 * Math.PI * 997 * frame) / 48_000);
      await writeMaster(file, behind(surroundDb), tone, 48_000);
      const checks = await check(file, 'umg-atmos');
      loudness.push(checks.find(({ id }) => id === 'integratedLufs')!.measured as number);
    }
    // The object stands in the back of the room: the trim counts in full.
    expect(loudness[0]! - loudness[1]!).toBeCloseTo(6, 1);
  });
});
