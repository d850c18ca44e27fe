import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FormatError } from '../../../src/base/errors.ts';
import { rationalToSec } from '../../../src/base/time.ts';
import type { DamfExtras } from '../../../src/io/damf/damf-extras.ts';
import type { AudioObject, Bed } from '../../../src/scene/scene.ts';
import { jobFolder } from '../../job/scenes.ts';
import { eventText, openMaster, rootText, saveMaster, writeMaster } from './open-damf.ts';

const folder = jobFolder();
let count = 0;

/** A folder for each master, as all are called alike. */
function save(parts: Parameters<typeof saveMaster>[1] = {}): string {
  const own = join(folder, `master ${count++}`);
  mkdirSync(own);
  return saveMaster(own, parts);
}
const open = (parts: Parameters<typeof saveMaster>[1] = {}, frame?: number) => openMaster(save(parts), frame);
const refused = (parts: Parameters<typeof saveMaster>[1]): Promise<FormatError> =>
  open(parts).then(
    () => expect.fail('should have been refused'),
    (error) => error as FormatError,
  );

const lead = ['ID: 11', 'samplePos: 0', 'pos: [-1, 1, 0]'];

test('beds and objects with their audio, by the ascending order of IDs', async () => {
  const instances = [
    'bedInstances:',
    '  - description: music',
    '    channels:',
    ...['R 1', 'L 0'].map((entry) => {
      const [name, id] = entry.split(' ');
      return `      - channel: ${name}\n            ID: ${id}`;
    }),
    '  - channels:',
    '      - channel: LFE',
    '        ID: 13',
    'objects:',
    '  - ID: 20',
    '  - ID: 12',
    '    description: lead',
    '    groupName: vocals',
  ];
  const { scene, levels, codes } = await open({ root: rootText([], instances), channels: 5 });
  expect(scene.elements.map(({ id, kind, name }) => [id, kind, name])).toEqual([
    ['bed_1', 'bed', 'music'],
    ['bed_13', 'bed', 'Bed 2'],
    ['object_20', 'object', 'Object 20'],
    ['object_12', 'object', 'lead'],
  ]);
  expect((scene.elements[0] as Bed).channels.map(({ label }) => label)).toEqual(['M-030', 'M+030']);
  // Ascending: 0 L, 1 R, 12 lead, 13 LFE, 20.
  expect(levels).toEqual([2, 1, 4, 5, 3]);
  expect(codes).toEqual([]);
});

test('all that the root file says of delivery, and the language', async () => {
  const root = `language: eng\n${rootText([
    'ffoa: 3600.5',
    'fps: 29.97',
    'downmixType_5to2: LtRt_ProLogic',
    '51-to-20_LsRs90degPhaseShift: false',
    'warpMode: ProLogicIIx',
    'trimMode:',
    '  NoSurroundsNoHeights:',
    '    surroundTrim: -3.0',
    '  ManySurroundsManyHeights: {}',
  ]).replace('offset: 0.0', 'offset: 3598.0')}`;
  const { scene, codes } = await open({ root });
  expect(scene.programme.language).toBe('eng');
  expect(scene.delivery).toMatchObject({
    firstFrameOfActionSec: 2.5,
    frameRate: '29.97',
    downmixType: 'ltRtProLogic',
    phaseShift90: false,
    warpMode: 'proLogicIIx',
    trims: { '2.0': { automatic: false, surroundDb: -3, centreDb: 0 }, '7.1.4': { automatic: true } },
  });
  expect(codes).toEqual([]);
});

test('version 0.3: one list of channels, objectID in events, true and false as numbers', async () => {
  const root = rootText(
    [],
    [
      'channels:',
      '  - name: BED L',
      '    bed: L',
      '    ID: 0',
      '  - name: BED R',
      '    bed: R',
      '    ID: 1',
      '  - name: lead vocal',
      '    ID: 10',
    ],
  ).replace('0.5.1', '0.3');
  const events = eventText(
    ['objectID: 10', 'samplePos: 0', 'active: 1', 'pos: [0.5, 0.5, 0]'],
    ['samplePos: 24000', 'active: 0'],
  );
  const { scene } = await open({ root, events });
  expect(scene.elements.map(({ name }) => name)).toEqual(['Bed 1', 'lead vocal']);
  expect((scene.elements[0] as Bed).layout).toBe('0+2+0');
  expect((scene.elements[1] as AudioObject).blocks).toMatchObject([{ gainDb: 0 }, { gainDb: -Infinity }]);
});

test('an event inherits ID and position, and says only what changes', async () => {
  const events = eventText(
    [...lead, 'gain: -6', 'size: 0.5', 'rampLength: 480'],
    ['samplePos: 4800', 'pos: [1, 1, 0]'],
    ['gain: -inf'],
    ['ID: 10', 'pos: [0, 0, 1]'],
  );
  const { scene, codes } = await open({ events });
  const [, first, second] = scene.elements as [Bed, AudioObject, AudioObject];
  expect(first.blocks).toMatchObject([{ position: { xyz: [0, 0, 1] } }]);
  expect(second.blocks).toMatchObject([
    { position: { xyz: [-1, 1, 0] }, gainDb: -6, width: 0.5, interpolationLengthSec: undefined },
    {
      position: { xyz: [1, 1, 0] },
      gainDb: -Infinity,
      width: 0.5,
      interpolationLengthSec: { numerator: 480n, denominator: 48000n },
    },
  ]);
  expect(rationalToSec(second.blocks[1]!.startSec)).toBe(0.1);
  expect(codes).toEqual([]);
});

test('modes of objects and of bed channels, a bare off and one that became false', async () => {
  const events = eventText(
    ['ID: 3', 'samplePos: 0', 'gain: -3', 'importance: 0.5', 'binauralRenderMode: off'],
    ['ID: 10', 'binauralRenderMode: false', 'trimBypass: true'],
    ['ID: 11', 'binauralRenderMode: far', 'headTrackMode: scene relative'],
  );
  const { scene } = await open({ events });
  expect(scene.elements).toMatchObject([
    { binauralMode: 'off', importance: 5, channels: [{ gainDb: -3 }] },
    { binauralMode: 'off', trimBypass: true, headTracking: undefined },
    { binauralMode: 'far', headTracking: 'scene' },
  ]);
});

test('stale names fall back to those of the root file, with a warning; CAF by the name of the stem too', async () => {
  const file = save({
    root: rootText()
      .replace('mix.atmos.audio', "'old: name.audio'")
      .replace('mix.atmos.metadata', 'C:\\masters\\old.metadata'),
  });
  expect((await openMaster(file)).codes).toEqual(['damf-stale-name', 'damf-stale-name']);
  renameSync(`${file}.audio`, file.replace(/\.atmos$/, '.caf'));
  expect((await openMaster(file)).levels).toEqual([1, 2, 3]);
  rmSync(file.replace(/\.atmos$/, '.caf'));
  await expect(openMaster(file)).rejects.toMatchObject({
    code: 'damf-part-missing',
    hint: expect.stringContaining('three files'),
  });
});

test('any of the three files opens the master they are of', async () => {
  const file = save();
  for (const part of ['.metadata', '.audio']) {
    const { scene } = await openMaster(file + part);
    expect([scene.name, scene.elements.length]).toEqual(['mix', 3]);
  }
  rmSync(file);
  await expect(openMaster(`${file}.audio`)).rejects.toMatchObject({
    code: 'damf-root-missing',
    hint: expect.stringContaining('.atmos file'),
  });
  await expect(openMaster(file)).rejects.toMatchObject({ code: 'file-missing' });
});

test.each([
  ['damf-unknown', { root: rootText(['warpMode: sideways']) }],
  ['damf-unknown', { root: rootText(['ffoa: -1']) }],
  ['damf-unknown-id', { events: eventText(lead, ['ID: 99', 'active: true']) }],
  ['damf-late-events', { events: eventText(lead, ['samplePos: 48000', 'pos: [0, 0, 0]']) }],
  ['damf-sample-rate', { events: eventText(lead).replace('48000', '96000') }],
  ['damf-channels', { channels: 4 }],
  [
    'damf-modes',
    {
      events: eventText([...lead, 'binauralRenderMode: near'], ['samplePos: 10', 'binauralRenderMode: far']),
    },
  ],
  [
    'damf-bed-events',
    { events: eventText(['ID: 3', 'samplePos: 0', 'gain: 0'], ['samplePos: 10', 'gain: -3']) },
  ],
  ['damf-presentations', { root: `${rootText()}  - type: cinema\n` }],
] as const)('%s is a warning', async (code, parts) => {
  expect((await open(parts)).codes).toEqual([code]);
});

test.each([
  ['damf-yaml', { root: 'version: [0.5' }, 1],
  ['damf-value', { root: '[]' }, 1],
  ['damf-value', { root: 'version: 0.5.1\npresentations: 3\n' }, 2],
  ['damf-value', { root: rootText().replace('ID: 10', 'ID: ten') }, 13],
  ['damf-value', { root: rootText().replace('ID: 10', 'ID: 3') }, 3],
  ['damf-value', { root: rootText().replace('offset: 0.0', 'offset: soon') }, 7],
  ['damf-value', { root: rootText([], ['objects: []']) }, 3],
  ['damf-value', { root: rootText([], ['objects: lead']) }, 8],
  ['damf-event', { events: eventText([...lead, 'size: 2']) }, 3],
  ['damf-event', { events: eventText(['ID: 11', 'pos: [NaN, 0, 0]']) }, 3],
  ['damf-event', { events: eventText(lead, ['pos: [1, 2]']) }, 6],
  ['damf-event', { events: eventText(lead, ['samplePos: -5']) }, 6],
  ['damf-event', { events: eventText(lead, ['samplePos: 1.5']) }, 6],
  ['damf-event', { events: eventText(lead, ['samplePos: 500'], ['samplePos: 499']) }, 7],
  ['damf-event', { events: eventText(['samplePos: 0']) }, 3],
  ['damf-event', { events: eventText([...lead, 'zones: upstairs']) }, 3],
  ['damf-event', { events: eventText([...lead, 'active: maybe']) }, 3],
  ['damf-event', { events: eventText(lead).replace('48000', 'fast') }, 3],
  ['damf-syntax', { events: 'sampleRate 48000' }, 1],
  ['damf-syntax', { events: `${eventText(lead)}    what is this\n` }, 6],
  ['damf-syntax', { events: '' }, 0],
] as const)('%s names file and line: %o', async (code, parts, line) => {
  const error = await refused(parts);
  expect(error).toMatchObject({ name: 'FormatError', code });
  const file = 'events' in parts ? 'mix.atmos.metadata' : 'mix.atmos';
  expect(error.message).toContain(`${file}:${line}: `);
});

test('fewer channels of audio than declared, and audio that is no CAF', async () => {
  expect(await refused({ channels: 2 })).toMatchObject({ code: 'damf-channels' });
  const file = save();
  writeFileSync(`${file}.audio`, 'RIFF');
  await expect(openMaster(file)).rejects.toMatchObject({ name: 'FormatError', code: 'caf-truncated' });
});

test('each file cut off anywhere is refused with a message, or read as far as it says', async () => {
  const events = eventText([...lead, 'gain: -6'], ['samplePos: 100', 'pos: [0, 1, 0]']);
  for (const part of ['', '.metadata', '.audio']) {
    const file = save({ events, frames: 4 });
    const whole = readFileSync(file + part);
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(file + part, whole.subarray(0, length));
      const outcome = await openMaster(file).catch((error: unknown) => error as FormatError);
      if (outcome instanceof Error)
        expect(outcome).toMatchObject({ name: 'FormatError', message: expect.stringContaining('mix.atmos') });
      else expect(part).not.toBe('.audio');
    }
  }
});

test('what a scene has no place for is kept, and written back at its time', async () => {
  const root = rootText(['scNumberOfElements: 12', 'scBedConfiguration: [3]', 'roomWidth: 4', 'type2: x']);
  const events = eventText(
    [...lead, 'dialog: 1', 'newField: some text'],
    ['samplePos: 777', 'dialog: 0'],
    ['samplePos: 999', 'pos: [1, 1, 0]', 'distance: 3'],
  );
  const { scene, codes } = await open({ root: root.replace('type: home', 'type: cinema'), events });
  expect(codes).toEqual([]);
  const damf = scene.extras.damf as DamfExtras;
  expect(damf.events).toEqual({
    11: [
      [0, 'dialog', '1'],
      [0, 'newField', 'some text'],
      [777, 'dialog', '0'],
      [999, 'distance', '3'],
    ],
  });
  const file = join(folder, 'again.atmos');
  await writeMaster(file, scene, { frameCount: 48_000 });
  const again = await openMaster(file);
  expect(again.scene.elements.map(({ id }) => id)).toEqual(scene.elements.map(({ id }) => id));
  expect((again.scene.extras.damf as DamfExtras).presentation).toMatchObject({
    type: 'cinema',
    simplified: false,
    scNumberOfElements: 12,
    scBedConfiguration: [3],
    roomWidth: 4,
    type2: 'x',
  });
  expect((again.scene.extras.damf as DamfExtras).events[11]).toEqual(
    expect.arrayContaining([...damf.events[11]!]),
  );
  expect((again.scene.elements[2] as AudioObject).blocks).toEqual((scene.elements[2] as AudioObject).blocks);
  expect(readFileSync(`${file}.metadata`, 'utf8')).toContain(
    '  - ID: 11\n    samplePos: 777\n    dialog: 0\n',
  );
});
