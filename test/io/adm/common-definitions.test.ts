import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  commonHoaChannel,
  commonPackChannels,
  commonPackLayout,
  commonSpeakerLabel,
  isCommonId,
} from '../../../src/io/adm/common-definitions.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { requireTestData } from '../../support.ts';

interface Case {
  readonly kind: string;
  readonly input: {
    readonly pack: string;
    readonly channel: string;
    readonly speakerLabel: readonly string[];
  };
}

test('packs and channels as the reference renderer knows them', (context) => {
  const golden = requireTestData(context, 'golden', 'direct_speakers.json');
  const { cases } = JSON.parse(readFileSync(golden, 'utf8')) as { cases: readonly Case[] };
  const common = cases.filter(({ kind }) => kind === 'common_pack');
  expect(common.length).toBeGreaterThan(20);
  for (const { input } of common) {
    const channel = input.channel.toUpperCase();
    const label = input.speakerLabel[0]!.split(':').at(-1)!;
    expect(commonSpeakerLabel(channel)).toBe(label === 'LFE' ? 'LFE1' : label);
    expect(commonPackChannels(input.pack.toUpperCase())).toContain(channel);
  }
});

test('packs of a layout have its loudspeakers', () => {
  for (const number of [
    '0001',
    '0002',
    '0003',
    '0004',
    '0005',
    '0007',
    '0008',
    '0009',
    '000F',
    '0010',
    '0016',
    '0017',
  ]) {
    const layout = commonPackLayout(`AP_0001${number}`)!;
    const labels = commonPackChannels(`AP_0001${number}`)!.map(commonSpeakerLabel);
    const own = getLayout(layout).loudspeakers.map(({ label }) => label);
    expect([...labels].sort(), layout).toEqual([...own].sort());
  }
});

test('HOA packs: order and degree by ACN, in three normalisations', () => {
  expect(commonPackChannels('AP_00040003')).toHaveLength(16);
  expect(commonPackChannels('AP_00040011')?.[3]).toBe('AC_00040104');
  expect(commonHoaChannel('AC_00040010')).toEqual({ order: 3, degree: 3, normalization: 'SN3D' });
  expect(commonHoaChannel('AC_00040102')).toEqual({ order: 1, degree: -1, normalization: 'N3D' });
  expect(commonHoaChannel('AC_00040207')).toEqual({ order: 2, degree: 0, normalization: 'FuMa' });
});

test('other IDs mean nothing', () => {
  expect(isCommonId('AP_00010003')).toBe(true);
  expect(isCommonId('AP_00011003')).toBe(false);
  expect(commonSpeakerLabel('AC_00011001')).toBeUndefined();
  expect(commonSpeakerLabel('AC_00010FFF')).toBeUndefined();
  expect(commonHoaChannel('AC_00040000')).toBeUndefined();
  expect(commonPackChannels('AP_00040111')).toBeUndefined();
  expect(commonPackChannels('AP_00050001')).toHaveLength(2);
  expect(commonPackLayout('AP_00010011')).toBeUndefined();
});
