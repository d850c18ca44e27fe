import { expect, test } from 'vitest';
import { deliveryOf, readStudioMetadata, withMasterModes } from '../../../src/io/adm/adm-delivery.ts';
import type { AdmElement } from '../../../src/io/adm/adm-elements.ts';
import { formatDbmd, parseDbmd } from '../../../src/io/adm/dbmd.ts';
import { formatAtmos, parseAtmos } from '../../../src/io/adm/dbmd-fields.ts';
import type { SupplementChannel } from '../../../src/io/adm/dbmd-supplement.ts';
import { elementDefaults, objectBlockDefaults } from '../../../src/scene/make-scene.ts';
import { zeroSec } from '../../../src/scene/block-timing.ts';
import type { BinauralMode, SceneElement } from '../../../src/scene/scene.ts';
import { realDbmd } from './real-masters.ts';

const item = { objects: [], packId: 'AP_1', type: 'Objects', channels: [] } as const;

function made(element: SceneElement, fileChannels: readonly (number | undefined)[]): AdmElement {
  const channels = fileChannels.map((fileChannel) => ({
    channelId: 'AC_1',
    track:
      fileChannel === undefined ? undefined : { uid: 'ATU_1', fileChannel, channelId: 'AC_1', packId: '' },
  }));
  return { element, item, channels, startSec: zeroSec, endSec: undefined };
}

const supplementOf = (...modes: readonly (BinauralMode | 'notIndicated')[]) => ({
  trims: {} as never,
  channels: modes.map((binauralMode): SupplementChannel => ({
    trim: 'applied',
    binauralMode,
    headTracking: 'notIndicated',
  })),
});

test('objects get the mode of their track; what is not indicated stays open', () => {
  const object = (id: string): SceneElement => ({
    ...elementDefaults,
    id,
    name: id,
    kind: 'object',
    blocks: [objectBlockDefaults],
  });
  const elements = [made(object('a'), [1]), made(object('b'), [0]), made(object('c'), [undefined])];
  const modes = (supplement: ReturnType<typeof supplementOf> | undefined) =>
    withMasterModes(elements, supplement).map(({ element }) => element.binauralMode);
  expect(modes(supplementOf('notIndicated', 'far'))).toEqual(['far', undefined, undefined]);
  expect(modes(undefined)).toEqual([undefined, undefined, undefined]);
});

test('a bed has the mode of most of its channels, others their own; the LFE does not decide', () => {
  const bed: SceneElement = {
    ...elementDefaults,
    id: 'bed',
    name: 'bed',
    kind: 'bed',
    layout: undefined,
    channels: ['M+030', 'M-030', 'M+000', 'LFE1'].map((label) => ({
      label,
      position: undefined,
      isLfe: label === 'LFE1',
      gainDb: 0,
    })),
  };
  const [result] = withMasterModes([made(bed, [0, 1, 2, 3])], supplementOf('mid', 'mid', 'near', 'off'));
  expect(result!.element.binauralMode).toBe('mid');
  expect(
    result!.element.kind === 'bed' && result!.element.channels.map(({ binauralMode }) => binauralMode),
  ).toEqual([undefined, undefined, 'near', 'off']);
});

test('trims that leave a track alone, and what holds it while the head turns, are modes too', () => {
  const bed: SceneElement = {
    ...elementDefaults,
    id: 'bed',
    name: 'bed',
    kind: 'bed',
    layout: undefined,
    channels: ['M+030', 'M-030', 'U+045'].map((label) => ({
      label,
      position: undefined,
      isLfe: false,
      gainDb: 0,
    })),
  };
  const object: SceneElement = {
    ...elementDefaults,
    id: 'o',
    name: 'o',
    kind: 'object',
    blocks: [objectBlockDefaults],
  };
  const channels: SupplementChannel[] = [
    { trim: 'applied', binauralMode: 'near', headTracking: 'scene' },
    { trim: 'applied', binauralMode: 'near', headTracking: 'scene' },
    { trim: 'ignored', binauralMode: 'near', headTracking: 'head' },
    { trim: 'ignored', binauralMode: 'notIndicated', headTracking: 'head' },
    { trim: 'notIndicated', binauralMode: 'notIndicated', headTracking: 'notIndicated' },
  ];
  const made3 = [made(bed, [0, 1, 2]), made(object, [3]), made({ ...object, id: 'p' }, [4])];
  const [ownBed, one, two] = withMasterModes(made3, { trims: {} as never, channels }).map(
    ({ element }) => element,
  );
  expect(ownBed).toMatchObject({ binauralMode: 'near', trimBypass: false, headTracking: 'scene' });
  expect(ownBed!.kind === 'bed' && ownBed.channels[0]).not.toHaveProperty('trimBypass');
  expect(ownBed!.kind === 'bed' && ownBed.channels[2]).toMatchObject({
    trimBypass: true,
    headTracking: 'head',
  });
  expect(one).toMatchObject({ binauralMode: undefined, trimBypass: true, headTracking: 'head' });
  expect(two).toMatchObject({ binauralMode: undefined, trimBypass: undefined, headTracking: undefined });
});

test('a real master: nothing indicated but the frame rate and the trims', (context) => {
  const studio = readStudioMetadata(realDbmd(context, 1), 'x.wav', () => {
    throw new Error('no warning is due');
  });
  expect(deliveryOf(studio)).toMatchObject({
    warpMode: 'normal',
    downmixType: undefined,
    phaseShift90: undefined,
    frameRate: '24',
    firstFrameOfActionSec: 0,
    trims: {
      '5.1': { automatic: false },
      '5.1.2': { automatic: false, centreDb: 3 },
      '7.1': { automatic: true },
    },
  });
});

test('values in the terms of a scene', () => {
  const template = new Uint8Array(248);
  const payload = formatAtmos(
    {
      ...parseAtmos(template)!,
      frameRate: '29.97df',
      firstFrameOfAction: { hours: 1, minutes: 2, seconds: 3.5 },
      downmixType: 'ltRtPLII',
      phaseShift90: 'on',
      warpMode: 'proLogicIIx',
    },
    template,
  );
  const bytes = formatDbmd({ version: 1, segments: [{ id: 9, payload }], trailing: new Uint8Array() });
  expect(deliveryOf(readStudioMetadata(bytes, 'x.wav', () => {}))).toEqual({
    trims: {},
    warpMode: 'proLogicIIx',
    downmixType: 'ltRtPLII',
    phaseShift90: true,
    frameRate: '29.97df',
    firstFrameOfActionSec: 3723.5,
  });
});

test('faults that can be lived with are warned of', (context) => {
  const dbmd = parseDbmd(realDbmd(context, 0), 'x.wav');
  const messages: string[] = [];
  const segments = [
    { ...dbmd.segments[1]!, wrongChecksum: 1 },
    { id: 10, payload: new Uint8Array(3) },
  ];
  const bytes = formatDbmd({ ...dbmd, version: 0x02000000, segments });
  const studio = readStudioMetadata(bytes, 'x.wav', ({ message }) => messages.push(message));
  expect(studio).toMatchObject({ supplement: undefined, digitalPlus: undefined, atmos: { frameRate: '24' } });
  expect(messages.join('\n')).toMatch(
    /version 0x2000000; known.*\n.*segment 9 has a wrong checksum.*\n.*segment 10 is not as it should be/,
  );
});
