import { expect, test } from 'vitest';
import {
  bedObjectName,
  cubePositionOfLabel,
  divideBed,
  parseBedObjectName,
} from '../../../src/io/dolby/dolby-bed.ts';
import { bedOf } from '../adm/write-scenes.ts';

const labelsOf = (layout: string) => {
  const bed = bedOf(layout);
  const { channels, objects } = divideBed(bed)!;
  return [
    channels.map(({ format, index }) => (index === undefined ? '-' : format.speakerLabel.slice(3))).join(' '),
    objects.map(({ index }) => bed.channels[index]!.label).join(' '),
  ];
};

test.each([
  ['2.0', 'L R', ''],
  ['5.1', 'L R C LFE Ls Rs', ''],
  ['7.1', 'L R C LFE Lss Rss Lrs Rrs', ''],
  ['7.1.2', 'L R C LFE Lss Rss Lrs Rrs Lts Rts', ''],
  ['7.1.4', 'L R C LFE Lss Rss Lrs Rrs - -', 'U+045 U-045 U+135 U-135'],
  ['5.1.4', 'L R C LFE Ls Rs', 'U+030 U-030 U+110 U-110'],
  ['mono', '- - C', ''],
])('a bed %s has the channels %s and the objects %s', (layout, channels, objects) => {
  expect(labelsOf(layout)).toEqual([channels, objects]);
});

test('an LFE that no set has makes the bed impossible; names are taken apart as they were made', () => {
  const bed = bedOf('2.0');
  const lfe = { label: 'LFE2', position: undefined, isLfe: true, gainDb: 0 };
  expect(divideBed({ ...bed, channels: [...bed.channels, lfe] })).toBeUndefined();
  expect(parseBedObjectName(bedObjectName('4+9+0', 2, 'M+SC'))).toEqual({
    layout: '4+9+0',
    number: 2,
    label: 'M+SC',
  });
  expect(parseBedObjectName('bed 1 U+045')).toBeUndefined();
  expect([cubePositionOfLabel('U-135'), cubePositionOfLabel('nowhere')]).toEqual([[1, -1, 1], undefined]);
});
