import { expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { trimScene } from '../../../src/render/trim/trim-scene.ts';
import {
  bedScene,
  createScene,
  elementDefaults,
  objectBlockDefaults,
} from '../../../src/scene/make-scene.ts';
import type { AudioObject, DeliveryMetadata, ObjectPosition, Scene } from '../../../src/scene/scene.ts';

const objectAt = (...positions: ObjectPosition[]): AudioObject => ({
  ...elementDefaults,
  kind: 'object',
  id: 'o',
  name: 'o',
  blocks: positions.map((position) => ({ ...objectBlockDefaults, position, gainDb: -1 })),
});
const side: ObjectPosition = { kind: 'cartesian', xyz: [1, 0, 0] };
const left: ObjectPosition = { kind: 'polar', azimuthDeg: 90, elevationDeg: 0, distance: 1 };
const front: ObjectPosition = { kind: 'cartesian', xyz: [0, 1, 0] };
const bed = bedScene(getLayout('7.1.4')).elements[0]!;
const scene = createScene('s', [bed, objectAt(front, side, left)]);
const with_ = (delivery: Partial<DeliveryMetadata>): Scene => ({
  ...scene,
  delivery: { ...scene.delivery, ...delivery },
});
const blocksOf = ({ elements }: Scene) => (elements[1] as AudioObject).blocks;

test('a scene that states nothing stays the same object', () => {
  const trimmed = trimScene(scene, getLayout('5.1'));
  expect(trimmed.scene).toBe(scene);
  expect(trimmed).toMatchObject({ objectSpeakerGains: [], rules: [] });
});

test('automatic trims turn objects down, and leave beds alone', () => {
  const trimmed = trimScene(scene, getLayout('5.1'), { trim: 'auto' });
  expect(trimmed.trimsDb).toEqual([[], [0, expect.closeTo(-2.5, 9), -3]]);
  // BS.2127-1 clause 10 puts 90 degrees far behind the middle of the side wall.
  expect(blocksOf(trimmed.scene)[1]!.gainDb).toBeCloseTo(-3.5, 9);
  expect(trimmed.scene.elements[0]).toBe(bed);
  expect(trimmed.rules).toEqual([
    undefined,
    'automatic trim of 5.1, -3 dB at most (third-party formulas, B)',
  ]);
});

test('manual trims and balances of the class', () => {
  const trim = {
    automatic: false,
    centreDb: 0,
    surroundDb: -2,
    heightDb: 0,
    overheadFloorBalance: 0,
    listenerBalance: 0.25,
  };
  const master = with_({ trims: { '5.1': trim } });
  const trimmed = trimScene(master, getLayout('5.1'));
  expect(trimmed.trimsDb[1]!.slice(0, 2)).toEqual([0, -2]);
  expect(trimmed.objectSpeakerGains[1]![0]).toBeCloseTo(Math.sqrt(0.75), 6);
  expect(trimmed.rules[1]).toMatch(
    /manual trim of 5\.1: height 0, surround -2 dB, balances overhead 0, listener 0\.25/,
  );
  expect(trimScene(master, getLayout('7.1.4')).scene).toBe(master);
});

test('trim bypass: neither trims nor balances, but warp', () => {
  const trim = {
    automatic: false,
    centreDb: 0,
    surroundDb: -2,
    heightDb: 0,
    overheadFloorBalance: 0,
    listenerBalance: 0.25,
  };
  const master = with_({ trims: { '5.1': trim, '7.1': { ...trim, automatic: true } }, warpMode: 'warping' });
  const [, object] = master.elements;
  const elements = [bed, object!, { ...object!, id: 'p', trimBypass: true }];
  const bypassed = { ...object!, id: 'q', trimBypass: false };
  const trimmed = trimScene({ ...master, elements: [...elements, bypassed] }, getLayout('5.1'));
  expect(trimmed.trimsDb.map(([, side = 0]) => side)).toEqual([0, -2, 0, -2]);
  expect(trimmed.objectSpeakerGains.map((gains) => gains !== undefined)).toEqual([false, true, false, true]);
  expect(trimmed.rules[2]).toBe('trims bypassed, warped to the back');
  const [, plain, free] = trimmed.scene.elements as AudioObject[];
  expect(free!.blocks[1]!.position).toEqual(plain!.blocks[1]!.position);
  expect(free!.blocks[1]!.gainDb).toBe(-1);
  const seven = trimScene({ ...master, elements }, getLayout('7.1'));
  expect(seven.rules.slice(1)).toEqual([expect.stringMatching(/^automatic trim of 7\.1/), 'trims bypassed']);
  const unstated = trimScene({ ...scene, elements }, getLayout('5.1'));
  expect(unstated.scene.elements).toBe(elements);
});

test('warp moves objects of both coordinates back, in 5.1 layouts only', () => {
  const master = with_({ warpMode: 'warping' });
  const [ahead, cube, polar] = blocksOf(trimScene(master, getLayout('5.1')).scene);
  expect(ahead!.position).toEqual(front);
  expect(cube!.position).toEqual({ kind: 'cartesian', xyz: [1, -1, 0] });
  // The back corner of the cube is where 5.1 has its surrounds.
  expect(polar!.position).toMatchObject({ kind: 'polar', elevationDeg: 0 });
  expect((polar!.position as { azimuthDeg: number }).azimuthDeg).toBeGreaterThan(105);
  expect(trimScene(master, getLayout('7.1')).scene).toBe(master);
});
