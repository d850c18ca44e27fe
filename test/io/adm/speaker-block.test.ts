import { expect, test } from 'vitest';
import {
  hoaBlockNames,
  parseHoaBlock,
  parseSpeakerBlock,
  speakerBlockNames,
} from '../../../src/io/adm/speaker-block.ts';
import { parseXmlTree } from '../../../src/io/adm/xml-tree.ts';
import { blockOf } from './adm-bytes.ts';

const place = { file: 'x.wav', path: 'AB_1' };
const tree = (inner: string) =>
  parseXmlTree(Buffer.from(blockOf(inner)), { file: 'x.wav', take: () => false });

test('labels, a polar position with bounds, a gain', () => {
  const block = parseSpeakerBlock(
    tree(`<speakerLabel>M+030</speakerLabel><speakerLabel>L</speakerLabel>
      <position coordinate="azimuth">30</position><position coordinate="azimuth" bound="min">25</position>
      <position coordinate="azimuth" bound="max">35</position>
      <position coordinate="elevation" bound="max" screenEdgeLock="top">10</position>
      <gain gainUnit="dB">-2</gain>`),
    place,
  );
  expect(block).toEqual({
    labels: ['M+030', 'L'],
    position: {
      azimuthDeg: 30,
      elevationDeg: 0,
      distance: 1,
      bounds: { azimuthDeg: [25, 35], elevationDeg: [0, 10] },
      screenEdgeLock: { vertical: 'top' },
    },
    gainDb: -2,
  });
});

test('a cartesian position, or none', () => {
  const inner =
    '<cartesian>1</cartesian><position coordinate="X">-1</position><position coordinate="Y">1</position>';
  expect(parseSpeakerBlock(tree(inner), place)).toEqual({
    labels: [],
    position: { xyz: [-1, 1, 0] },
    gainDb: 0,
  });
  expect(parseSpeakerBlock(tree(''), place).position).toBeUndefined();
  expect(speakerBlockNames.has('position')).toBe(true);
});

test('HOA blocks', () => {
  const inner = '<order>3</order><degree>-2</degree><normalization>N3D</normalization><gain>0</gain>';
  expect(parseHoaBlock(tree(inner), place)).toEqual({
    order: 3,
    degree: -2,
    normalization: 'N3D',
    gainDb: -Infinity,
  });
  expect(() => parseHoaBlock(tree('<order>99</order>'), place)).toThrow(/order is "99"/);
  expect(hoaBlockNames.has('equation')).toBe(false);
});
