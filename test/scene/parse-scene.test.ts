import { describe, expect, test } from 'vitest';
import { SceneError } from '../../src/base/errors.ts';
import { rationalToSec } from '../../src/base/time.ts';
import { parseScene } from '../../src/scene/parse-scene.ts';
import type { AudioObject, Bed } from '../../src/scene/scene.ts';

/** Faults of a document as "path: message". */
function faultsOf(document: unknown, sideFiles?: ReadonlyMap<string, string>): string[] {
  try {
    parseScene(document, { sideFiles });
    return [];
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    expect(error.code).toBe('scene-invalid');
    return error.issues.map(({ path, message }) => `${path}: ${message}`);
  }
}

const object = (extra: object) => ({ version: 1, objects: [{ name: 'a', file: 'a.wav', ...extra }] });
const blocks = (...list: object[]) => object({ position: { azimuthDeg: 0 }, blocks: list });

describe('a valid document', () => {
  const { scene, stems, stereoMaster } = parseScene({
    $schema: '../schema/scene.schema.json',
    version: 1,
    name: 'song',
    programme: { language: 'en' },
    beds: [
      { name: 'bed', layout: '7.1.2', file: 'bed.wav', gainDb: -3 },
      {
        name: 'wet',
        files: { L: 'wet.L.wav', R: 'wet.R.wav' },
        mute: true,
        binauralMode: 'far',
        headTracking: 'head',
      },
      {
        name: 'free',
        channels: ['L', { label: 'Door', position: { azimuthDeg: 100 }, gainDb: null, trimBypass: true }],
        file: 'f.wav',
      },
    ],
    objects: [
      {
        name: 'vox',
        file: 'all.wav',
        channel: 3,
        trimBypass: true,
        position: { azimuthDeg: 30, elevationDeg: 10 },
        width: 20,
      },
      {
        name: 'fly',
        file: 'fly.wav',
        startSec: '1001/30000',
        width: 0.2,
        diffuse: 0.5,
        blocks: [
          { position: { x: -1, y: 1 }, durationSec: 0.1 },
          {
            position: { x: 1, y: 1, z: 1 },
            durationSec: 0.2,
            width: 0.5,
            divergence: 0.5,
            channelLock: true,
          },
          { startSec: 2, position: { x: 0, y: 0 }, jumpPosition: true, interpolationLengthSec: 0.005208 },
        ],
      },
    ],
    ambisonics: [{ name: 'amb', file: 'amb.wav', order: 3 }],
    stereoMaster: 'master.wav',
    delivery: {
      trims: { '5.1': { automatic: false, surroundDb: -1.5 } },
      warpMode: 'warping',
      downmixType: 'directStereo',
      phaseShift90: true,
    },
    extras: { adm: { anything: [1] } },
  });
  const [bed, wet, free, vox, fly, ambisonic] = scene.elements;

  test('gives elements in order, with defaults', () => {
    expect(scene.elements.map(({ id }) => id)).toEqual([
      'bed1',
      'bed2',
      'bed3',
      'object1',
      'object2',
      'ambisonic1',
    ]);
    expect(bed).toMatchObject({
      kind: 'bed',
      layout: '2+7+0',
      gainDb: -3,
      mute: false,
      importance: undefined,
    });
    expect((bed as Bed).channels).toHaveLength(10);
    expect((bed as Bed).channels.filter(({ isLfe }) => isLfe)).toHaveLength(1);
    expect(wet).toMatchObject({ mute: true, binauralMode: 'far', headTracking: 'head' });
    expect((wet as Bed).channels.map(({ label }) => label)).toEqual(['M+030', 'M-030']);
    expect((free as Bed).channels[1]).toEqual({
      label: 'Door',
      position: { azimuthDeg: 100, elevationDeg: 0, distance: 1 },
      isLfe: false,
      gainDb: -Infinity,
      trimBypass: true,
    });
    expect(ambisonic).toMatchObject({ kind: 'ambisonic', order: 3, normalization: 'SN3D' });
    expect(scene).toMatchObject({ name: 'song', programme: { name: 'song', language: 'en' } });
  });

  test('gives blocks with exact times', () => {
    expect([vox!.trimBypass, fly!.trimBypass]).toEqual([true, undefined]);
    const [rest] = (vox as AudioObject).blocks;
    expect(rest).toMatchObject({ durationSec: undefined, width: 20, gainDb: 0, jumpPosition: false });
    expect(rest?.position).toMatchObject({ kind: 'polar', azimuthDeg: 30, elevationDeg: 10, distance: 1 });
    expect(fly?.startSec).toEqual({ numerator: 1001n, denominator: 30000n });
    const { blocks } = fly as AudioObject;
    expect(blocks.map(({ startSec }) => rationalToSec(startSec))).toEqual([0, 0.1, 2]);
    expect(blocks[1]?.durationSec).toEqual({ numerator: 2n, denominator: 10n });
    expect(blocks.map(({ width }) => width)).toEqual([0.2, 0.5, 0.2]);
    expect(blocks.map(({ diffuse }) => diffuse)).toEqual([0.5, 0.5, 0.5]);
    expect(blocks[1]).toMatchObject({ divergence: { value: 0.5 }, channelLock: { maxDistance: undefined } });
    expect(blocks[2]?.interpolationLengthSec).toEqual({ numerator: 5208n, denominator: 1000000n });
  });

  test('gives the sources of the audio and the delivery data', () => {
    expect(stems.map(({ source }) => source.kind)).toEqual([
      'interleaved',
      'mono-files',
      'interleaved',
      'channel',
      'channel',
      'interleaved',
    ]);
    expect(stems[3]).toMatchObject({ path: 'objects[0].file', startIsGiven: false, source: { channel: 2 } });
    expect(stems[4]?.startIsGiven).toBe(true);
    expect(stems[1]?.source).toMatchObject({ files: [{ file: 'wet.L.wav', path: 'beds[1].files.L' }, {}] });
    expect(stereoMaster).toBe('master.wav');
    expect(scene.delivery.trims['5.1']).toMatchObject({ automatic: false, surroundDb: -1.5, heightDb: 0 });
    expect(scene.delivery).toMatchObject({ downmixType: 'directStereo', phaseShift90: true });
    expect(scene.extras).toEqual({ adm: { anything: [1] } });
  });
});

test('a block without a length lasts to the start of the next', () => {
  const { scene } = parseScene(
    blocks({}, { startSec: 3, durationSec: 1 }, { startSec: 4, jumpPosition: true }),
  );
  const list = (scene.elements[0] as AudioObject).blocks;
  expect(list.map(({ durationSec }) => durationSec && rationalToSec(durationSec))).toEqual([3, 1, undefined]);
});

describe('layouts and labels', () => {
  test('the layout decides what Ls means', () => {
    const files = { L: 'l', R: 'r', C: 'c', LFE: 'f', Ls: 's', Rs: 't' };
    const { scene, stems } = parseScene({ version: 1, beds: [{ name: 'b', layout: '5.1', files }] });
    expect((scene.elements[0] as Bed).channels.map(({ label }) => label)).toContain('M+110');
    expect(stems[0]?.source).toMatchObject({
      files: [{ file: 'l' }, { file: 'r' }, { file: 'c' }, { file: 'f' }, {}, {}],
    });
  });

  test('a layout file gives free labels and positions', () => {
    const loudspeakers = [0, 120, -120].map((azimuthDeg, index) => ({
      label: `S${index}`,
      azimuthDeg,
      elevationDeg: 0,
    }));
    const sideFiles = new Map([['ring.json', JSON.stringify({ name: 'ring', loudspeakers })]]);
    const document = { version: 1, beds: [{ name: 'b', layout: 'ring.json', file: 'b.wav' }] };
    const bed = parseScene(document, { sideFiles }).scene.elements[0] as Bed;
    expect(bed.layout).toBe('ring');
    expect(bed.channels[1]).toMatchObject({ label: 'S1', position: { azimuthDeg: 120 } });
    expect(faultsOf(document)).toEqual([expect.stringMatching(/^beds\[0\]\.layout: .*no file "ring.json"/)]);
  });

  test('an unknown layout comes with a suggestion', () => {
    expect(faultsOf({ version: 1, beds: [{ name: 'b', layout: '7.1.5', file: 'b.wav' }] })[0]).toMatch(
      /7\.1\.[24]/,
    );
  });

  test('files that do not fit the layout are named', () => {
    const files = { L: 'l', R: 'r', Ltf: 'x' };
    const faults = faultsOf({ version: 1, beds: [{ name: 'b', layout: '5.1', files }] });
    expect(faults[0]).toMatch(/^beds\[0\]\.files\.Ltf: found "Ltf"; allowed: M\+030/);
    expect(faults[1]).toMatch(/^beds\[0\]\.files: no file for M\+000, LFE1, M\+110, M-110/);
  });
});

describe('rules of blocks', () => {
  test.each([
    [
      'overlap',
      blocks({ durationSec: 2 }, { startSec: 1, durationSec: 1 }),
      /blocks\[1\]\.startSec: found 1 s, inside/,
    ],
    [
      'order',
      blocks({ startSec: 2 }, { startSec: 1, durationSec: 1 }),
      /blocks\[1\]\.startSec: found 1 s, before/,
    ],
    [
      'ramp',
      blocks({ jumpPosition: true, interpolationLengthSec: 2, durationSec: 1 }),
      /at most the length of the block, 1 s/,
    ],
    [
      'ramp without jump',
      blocks({ interpolationLengthSec: 1, durationSec: 1 }),
      /without "jumpPosition": true/,
    ],
    ['endless glide', blocks({ durationSec: 1 }, {}), /blocks\[1\]\.durationSec: is missing/],
    ['no start', blocks({}, { durationSec: 1 }), /blocks\[1\]\.startSec: is missing/],
    [
      'extent',
      object({ position: { x: 0, y: 1 }, width: 30 }),
      /objects\[0\]\.width: found 30; allowed: 0 to 1/,
    ],
    [
      'negative extent',
      object({ position: { azimuthDeg: 0 }, width: -1 }),
      /width: found -1; allowed: 0 or more/,
    ],
    ['no position', object({}), /objects\[0\]\.position: is missing/],
    ['path and blocks', object({ path: 'a.csv', blocks: [{}] }), /objects\[0\]\.blocks: found beside "path"/],
  ])('%s', (_, document, expected) => {
    expect(faultsOf(document, new Map([['a.csv', '0,0']])).join('\n')).toMatch(expected);
  });

  test('blocks that meet exactly do not overlap, whatever floating point makes of them', () => {
    expect(faultsOf(blocks({ startSec: 0.1, durationSec: 0.2 }, { startSec: 0.3, durationSec: 1 }))).toEqual(
      [],
    );
  });
});

test('positions may come from a table, whose faults name line and column', () => {
  const document = object({ path: 'fly.csv', diffuse: 0.25 });
  const good = new Map([['fly.csv', 'time,azimuth\n0,0\n1,4\n']]);
  const { blocks: list } = parseScene(document, { sideFiles: good }).scene.elements[0] as AudioObject;
  expect(list.map(({ diffuse }) => diffuse)).toEqual([0.25, 0.25, 0.25]);
  const bad = new Map([['fly.csv', 'time,azimuth\n0,0\n1,four\n']]);
  expect(faultsOf(document, bad)).toEqual([
    'objects[0].path: fly.csv line 3, column 2: azimuth is "four"; allowed: a number from -360 to 360',
  ]);
});

test('twenty faults are reported at once, each with its path', () => {
  const document = {
    version: 2,
    nmae: 'song',
    beds: [
      { name: 'bed', layout: '7.1.2', file: 'bed.wav', gainDb: 'loud' },
      { name: 'bed', layout: '7.1.2' },
      { name: 'odd', layout: 'nonsense', file: 'b.wav' },
      { name: 'twice', channels: ['L', 'M+030', 'Lx'], file: 'c.wav' },
    ],
    objects: [
      { name: '', file: 'a.wav', position: { azimuthDeg: 200, elevationDeg: -91 } },
      { name: 'b', position: { azimuthDeg: 10 } },
      { name: 'c', file: 'c.wav', channel: 0, position: { azimuth: 10 } },
      {
        name: 'd',
        file: 'd.wav',
        blocks: [
          { startSec: 0, durationSec: 2, position: { azimuthDeg: 0 } },
          {
            startSec: 1,
            durationSec: 1,
            position: { azimuthDeg: 0 },
            interpolationLengthSec: 3,
            jumpPosition: true,
          },
          { startSec: 5, durationSec: 1, position: { azimuthDeg: '0' }, diffuse: 1.5 },
        ],
      },
      { name: 'e', file: 'e.wav', position: { x: 0, y: 2 }, width: 90, importance: 11 },
    ],
    ambisonics: [{ name: 'amb', file: 'amb.wav', order: 8 }],
    delivery: { frameRate: '26', trims: { '7.1.5': {} } },
  };
  const faults = faultsOf(document);
  const paths = faults.map((fault) => fault.slice(0, fault.indexOf(': ')));
  expect(paths.sort()).toEqual(
    [
      'version',
      'nmae',
      'beds[0].gainDb',
      'beds[1].name',
      'beds[1].file',
      'beds[2].layout',
      'beds[3].channels[1]',
      'beds[3].channels[2]',
      'objects[0].name',
      'objects[0].position.azimuthDeg',
      'objects[0].position.elevationDeg',
      'objects[1].file',
      'objects[2].channel',
      'objects[2].position.azimuth',
      'objects[2].position.azimuthDeg',
      'objects[3].blocks[1].startSec',
      'objects[3].blocks[1].interpolationLengthSec',
      'objects[3].blocks[2].position.azimuthDeg',
      'objects[3].blocks[2].diffuse',
      'objects[4].position.y',
      'objects[4].width',
      'objects[4].importance',
      'ambisonics[0].order',
      'delivery.frameRate',
      'delivery.trims["7.1.5"]',
    ].sort(),
  );
  expect(faults).toContainEqual('nmae: unknown key "nmae"; did you mean "name"?');
  expect(faults).toContainEqual(
    expect.stringMatching(/azimuth: unknown key "azimuth"; did you mean "azimuthDeg"\?/),
  );
  expect(faults).toContainEqual('objects[0].position.azimuthDeg: found 200; allowed: 180 or less');
  expect(faults).toContainEqual('objects[1].file: is missing; allowed: text');
  expect(faults).toContainEqual('ambisonics[0].order: found 8; allowed: 7 or less');
  expect(faults).toContainEqual('beds[0].gainDb: found "loud"; allowed: a number');
});

test.each([null, 3, 'scene', [], { version: 1 }])('%j is not a scene', (document) => {
  expect(faultsOf(document)).not.toEqual([]);
});

test('identifiers, an order of its own, and binaural modes of channels', () => {
  const { scene, stems } = parseScene({
    version: 1,
    beds: [{ name: 'b', channels: [{ label: 'L', binauralMode: 'off' }, 'R'], file: 'b.wav' }],
    objects: [{ id: 'mine', name: 'o', file: 'o.wav', position: { azimuthDeg: 0 } }],
    order: ['mine', 'bed1'],
  });
  expect(scene.elements.map(({ id }) => id)).toEqual(['mine', 'bed1']);
  expect((scene.elements[1] as Bed).channels.map(({ binauralMode }) => binauralMode)).toEqual([
    'off',
    undefined,
  ]);
  expect(stems.map(({ elementIndex, path }) => [elementIndex, path])).toEqual([
    [0, 'objects[0].file'],
    [1, 'beds[0].file'],
  ]);
});
