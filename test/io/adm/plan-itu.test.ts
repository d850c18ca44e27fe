import { expect, test } from 'vitest';
import { planItu } from '../../../src/io/adm/plan-itu.ts';
import { xmlNode } from '../../../src/io/adm/format-values.ts';
import type { Scene } from '../../../src/scene/scene.ts';
import { bedOf, objectOf, sceneOf } from './write-scenes.ts';

const planOf = (scene: Scene) =>
  planItu(scene, { file: 'out.wav', sampleRateHz: 48_000, frameCount: 48_000, onWarning: () => undefined });

test('beds that BS.2094 knows are written by its numbers, others define their own', () => {
  const own = bedOf('5.1');
  const gained = {
    ...own,
    id: 'own',
    channels: own.channels.map((channel, index) => ({ ...channel, gainDb: -index })),
  };
  const [common, defined] = planOf(sceneOf(bedOf('7.1.4'), gained));
  expect(common).toMatchObject({ id: 'AO_1001', packId: 'AP_00010017', isCommon: true });
  expect(defined).toMatchObject({ id: 'AO_1002', packId: 'AP_00011001', isCommon: false });
  expect(defined!.channels.map(({ lowPassHz }) => lowPassHz)).toEqual([
    undefined,
    undefined,
    undefined,
    120,
    undefined,
    undefined,
  ]);
  const texts = [...defined!.channels[1]!.makeBlocks()][0]!.children.map(({ text }) => text);
  expect(texts).toEqual(['M-030', '-30', '0', '1', '-1']);
});

test('a gain that all channels of a bed share is that of the bed', () => {
  const bed = bedOf('2.0', { gainDb: -1 });
  const [planned] = planOf(
    sceneOf({ ...bed, channels: bed.channels.map((channel) => ({ ...channel, gainDb: -2 })) }),
  );
  expect(planned!.isCommon).toBe(true);
  expect(planned!.children).toMatchObject([{ name: 'gain', text: '-3', attributes: { gainUnit: 'dB' } }]);
});

test('what a file said beyond the scene is put back where it stood', () => {
  const label = xmlNode('audioObjectLabel', { language: 'en' }, 'Lead');
  const node = xmlNode(
    'audioObject',
    { audioObjectID: 'AO_1005', audioObjectName: 'lead', interact: '1', start: 'x' },
    [xmlNode('audioPackFormatIDRef', {}, 'AP_00031001'), label, xmlNode('gain', {}, '0.5')],
  );
  const equation = xmlNode('equation', {}, 'kept');
  const adm = {
    version: undefined,
    programmeId: undefined,
    nodes: [node],
    dbmd: undefined,
    elements: {
      lead: {
        objectIds: ['AO_1005'],
        packId: 'AP_00031001',
        channels: [{ channelId: 'AC_00031001', uid: undefined, unknown: [[0, [equation]]] }],
      },
    },
  };
  const [planned, other] = planOf({ ...sceneOf(objectOf('lead'), objectOf('new')), extras: { adm } });
  expect(planned).toMatchObject({ id: 'AO_1005', attributes: { interact: '1' }, children: [label] });
  expect(planned!.attributes.start).toBeUndefined();
  expect([...planned!.channels[0]!.makeBlocks()][0]!.children.at(-1)).toBe(equation);
  expect(other!.id).toBe('AO_1001');
});

test('an object that starts behind the end of the scene lasts for no time', () => {
  const late = objectOf('late', undefined, { startSec: { numerator: 3n, denominator: 1n } });
  expect(planOf(sceneOf(late))[0]!.attributes).toMatchObject({
    start: '00:00:03.00000',
    duration: '00:00:00.00000',
  });
});
