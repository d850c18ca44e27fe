import { expect, test } from 'vitest';
import { builtInLayouts, getLayout } from '../../src/layouts/built-in.ts';
import { symmetricPairs } from '../../src/meter/symmetric-pairs.ts';

const labelsOf = (name: string): string[] => {
  const layout = getLayout(name);
  return symmetricPairs(layout).map((pair) => pair.map((c) => layout.loudspeakers[c]!.label).join(' '));
};

test('left and right of each height, without LFE and what lies in the middle', () => {
  expect(labelsOf('0+2+0')).toEqual(['M+030 M-030']);
  expect(labelsOf('5.1')).toEqual(['M+030 M-030', 'M+110 M-110']);
  expect(labelsOf('7.1.4')).toEqual([
    'M+030 M-030',
    'M+090 M-090',
    'M+135 M-135',
    'U+045 U-045',
    'U+135 U-135',
  ]);
  expect(labelsOf('0+1+0')).toEqual([]);
});

test('pairs of every built-in layout are named alike but for the side', () => {
  for (const layout of builtInLayouts) {
    const pairs = symmetricPairs(layout);
    for (const [left, right] of pairs)
      expect(layout.loudspeakers[left]!.label.replace('+', '-')).toBe(layout.loudspeakers[right]!.label);
    const lefts = layout.loudspeakers.filter(
      ({ label, isLfe }) => /\+/.test(label) && !/\+(000|180)$/.test(label) && !isLfe,
    );
    expect(pairs).toHaveLength(lefts.length);
  }
});
