import { expect, test } from 'vitest';
import { groupSubjects, weighTrack } from '../../../src/master/scene-stage/group-query.ts';
import type { Group } from '../../../src/master/scene-stage/group-schema.ts';
import { elementDefaults } from '../../../src/scene/make-scene.ts';
import { trackCountOf, type SceneElement } from '../../../src/scene/scene.ts';
import { bedOf, blockAt, objectOf } from '../../render/binaural/scenes.ts';

const ambisonic: SceneElement = {
  ...elementDefaults,
  id: 'a',
  name: 'Hall',
  kind: 'ambisonic',
  order: 1,
  normalization: 'SN3D',
};
const labels = ['M+030', 'M-030', 'M+000', 'LFE1', 'M+110', 'M-110', 'U+045'];
const bed = bedOf(labels, { name: 'Main bed' });
const object = objectOf([blockAt(75, 0)], { name: 'Lead Vox (dry)' });

/** Weights of the channels of an element; a weight by direction is asked at one. */
const weigh = (group: Group, element: SceneElement, at: readonly [number, number] = [75, 0]) =>
  groupSubjects(element, trackCountOf(element)).map((subject) => {
    const weight = weighTrack(group, subject);
    return typeof weight === 'function' ? weight(...at) : weight;
  });
const members = (group: Group): string[] => {
  const weights = weigh(group, bed, [0, 0]);
  return labels.filter((_, index) => weights[index]! > 0);
};

test('names of groups: kinds of elements, the LFE apart from all', () => {
  expect(weigh('all', bed)).toEqual([1, 1, 1, undefined, 1, 1, 1]);
  expect(weigh('lfe', bed)).toEqual([0, 0, 0, 1, 0, 0, 0]);
  expect(weigh(['all', 'lfe'], bed)).toEqual([1, 1, 1, 1, 1, 1, 1]);
  expect([weigh('beds', object), weigh('objects', object), weigh('ambisonics', object)]).toEqual([
    [0],
    [1],
    [0],
  ]);
  expect(weigh('ambisonics', ambisonic)).toEqual([1, 1, 1, 1]);
});

test('globs of names: any case, whole names, dots and brackets are themselves', () => {
  const names = (...patterns: string[]) => weigh({ names: patterns }, object)[0];
  expect(names('lead*')).toBe(1);
  expect(names('Lead Vox (dr?)')).toBe(1);
  expect(names('Lead')).toBe(0);
  expect(names('Lead.Vox*')).toBe(0);
  expect(names('Drums', '*dry*')).toBe(1);
});

test('channels by any alias, as the bed has them; only queries that name it reach the LFE', () => {
  expect(members({ channels: ['L', 'Ls', 'TFL', 'FC'] })).toEqual(['M+030', 'M+000', 'M+110', 'U+045']);
  expect(members({ channels: ['LFE'] })).toEqual(['LFE1']);
  expect(members({ channels: ['LFE', 'R'], names: ['Main*'] })).toEqual(['M-030', 'LFE1']);
  expect(members({ names: ['Main*'] })).not.toContain('LFE1');
  expect(members({ not: 'height' })).not.toContain('LFE1');
  expect(members({ channels: ['LFE'], names: ['Other'] })).toEqual([]);
  const own = bedOf(['Gallery'], { name: 'Own' });
  expect(weigh({ channels: ['gallery'] }, own)).toEqual([1]);
});

test('conditions take the least, lists the greatest weight; parts of the sphere leave no gap between them', () => {
  // Half-way between front (to 60) and surround (from 90); 15 degrees of edge outside of the range.
  expect(weigh('front', object)).toEqual([expect.closeTo(0.5, 12)]);
  expect(weigh(['front', 'surround'], object)).toEqual([expect.closeTo(1, 12)]);
  expect(weigh({ regions: ['front', 'surround'] }, object)).toEqual([expect.closeTo(1, 12)]);
  expect(weigh(['front', { azimuthDeg: [0, 70] }], object)).toEqual([expect.closeTo(0.75, 12)]);
  expect(weigh({ regions: ['front'], azimuthDeg: [0, 70] }, object)).toEqual([expect.closeTo(0.5, 12)]);
  expect(weigh({ azimuthDeg: [0, 60], edgeDeg: 60 }, object)[0]).toBeCloseTo(
    0.5 + 0.5 * Math.cos(Math.PI / 4),
    12,
  );
  expect(weigh({ elevationDeg: [10, 20] }, object)[0]).toBeCloseTo(0.25, 12);
  expect(weigh({ not: 'front' }, object)).toEqual([expect.closeTo(0.5, 12)]);
  expect(weigh({ kinds: ['object'], not: ['front', 'surround'] }, object)).toEqual([expect.closeTo(0, 12)]);
});

test('a direction of ambisonic channels cannot be told, unless something else decides', () => {
  expect(weigh('front', ambisonic)[0]).toBeUndefined();
  expect(weigh({ not: 'front' }, ambisonic)[0]).toBeUndefined();
  expect(weigh({ kinds: ['ambisonic'], elevationDeg: [0, 90] }, ambisonic)[0]).toBeUndefined();
  expect(weigh({ kinds: ['object'], elevationDeg: [0, 90] }, ambisonic)[0]).toBe(0);
  expect(weigh(['front', 'ambisonics'], ambisonic)[0]).toBe(1);
});
