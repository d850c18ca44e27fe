import { expect, test } from 'vitest';
import { buildBed, buildBinauralBed } from '../../../src/io/adm/bed-item.ts';
import { parseAxml } from '../../../src/io/adm/axml.ts';
import { elementDefaults } from '../../../src/scene/make-scene.ts';
import { axmlOf, blockOf, polar } from './adm-bytes.ts';

const base = { ...elementDefaults, id: 'AO_1001', name: 'bed' };
function bed(packId: string, channelIds: readonly string[], content = '') {
  const warnings: string[] = [];
  const document = parseAxml(Buffer.from(axmlOf(content)), 'x.wav');
  const context = { document, onWarning: ({ code }: { code: string }): void => void warnings.push(code) };
  const channels = channelIds.map((channelId) => ({ channelId, track: undefined }));
  return { ...buildBed({ objects: [], packId, type: 'DirectSpeakers', channels }, base, context), warnings };
}
const channel = (number: string, blocks: string, more = ''): string =>
  `<audioChannelFormat audioChannelFormatID="AC_0001${number}" audioChannelFormatName="c${number}" typeLabel="0001">${more}${blocks}</audioChannelFormat>`;

/** Positions of room-centric channels as the master profile has them. */
const roomCentric: Readonly<Record<string, string>> = {
  L: '-1 1 0',
  R: '1 1 0',
  C: '0 1 0',
  LFE: '-1 1 -1',
  Lss: '-1 0 0',
  Rss: '1 0 0',
  Lrs: '-1 -1 0',
  Rrs: '1 -1 0',
  Lts: '-1 0 1',
  Rts: '1 0 1',
};

test('a room-centric bed of a studio master is the 7.1.2 bed of scene files', () => {
  const names = Object.keys(roomCentric);
  const content = names.map((name, index) => {
    const [x, y, z] = roomCentric[name]!.split(' ');
    const position = `<cartesian>1</cartesian><position coordinate="X">${x}</position><position coordinate="Y">${y}</position><position coordinate="Z">${z}</position>`;
    return channel(`10${10 + index}`, blockOf(`<speakerLabel>RC_${name}</speakerLabel>${position}`));
  });
  const made = bed(
    'AP_00011001',
    names.map((_, index) => `AC_000110${10 + index}`),
    content.join(''),
  );
  expect(made).toMatchObject({ kind: 'bed', layout: '2+7+0', name: 'bed' });
  expect(made.channels.map(({ label }) => label)).toEqual(
    'M+030 M-030 M+000 LFE1 M+090 M-090 M+135 M-135 U+090 U-090'.split(' '),
  );
  expect(made.channels.map(({ isLfe }) => isLfe).indexOf(true)).toBe(3);
  expect(made.channels.every(({ position }) => position === undefined)).toBe(true);
});

test('a common pack goes by labels, in its layout', () => {
  const made = bed(
    'AP_00010003',
    [1, 2, 3, 4, 5, 6].map((number) => `AC_0001000${number}`),
  );
  expect(made.layout).toBe('0+5+0');
  expect(made.channels.map(({ label }) => label)).toEqual([
    'M+030',
    'M-030',
    'M+000',
    'LFE1',
    'M+110',
    'M-110',
  ]);
  expect(made.channels[0]).toEqual({ label: 'M+030', position: undefined, isLfe: false, gainDb: 0 });
});

test('channels of other packs keep their positions; a low-pass makes an LFE', () => {
  const made = bed(
    'AP_00011001',
    ['AC_00011001', 'AC_00011002', 'AC_00010001'],
    channel(
      '1001',
      blockOf(`<speakerLabel>urn:itu:bs:2051:0:speaker:U+045</speakerLabel>${polar(44, 30)}<gain>0.5</gain>`),
    ) + channel('1002', blockOf(polar(0, -30)), '<frequency typeDefinition="lowPass">120</frequency>'),
  );
  expect(made.layout).toBeUndefined();
  expect(made.channels[0]).toMatchObject({
    label: 'U+045',
    position: { azimuthDeg: 44, elevationDeg: 30, distance: 1 },
    isLfe: false,
  });
  expect(made.channels[0]!.gainDb).toBeCloseTo(-6.0206, 4);
  expect(made.channels[1]).toMatchObject({ label: 'c1002', isLfe: true });
  expect(made.channels[2]).toMatchObject({ label: 'M+030', position: { azimuthDeg: 30 } });
});

test('channels that change, and channels of nothing', () => {
  const two = channel('1001', blockOf(polar(0)) + blockOf(polar(10)));
  expect(bed('AP_00011001', ['AC_00011001'], two).warnings).toEqual(['adm-bed-blocks']);
  expect(() => bed('AP_00011001', ['AC_00011001'])).toThrow(/AC_00011001 is referred to and not defined/);
  expect(() => bed('AP_00011001', ['AC_00011001'], channel('1001', ''))).toThrow(/has no blocks of type/);
});

test('a binaural pack is a pair that wants no HRTF', () => {
  const document = parseAxml(Buffer.from(axmlOf('')), 'x.wav');
  const warnings: string[] = [];
  const context = { document, onWarning: ({ code }: { code: string }): void => void warnings.push(code) };
  const ear = (channelId: string) => ({ channelId, track: undefined });
  const item = { objects: [], packId: 'AP_00050001', type: 'Binaural' } as const;
  const made = buildBinauralBed(
    { ...item, channels: [ear('AC_00050001'), ear('AC_00050002')] },
    base,
    context,
  );
  expect(made).toMatchObject({ binauralMode: 'off', layout: '0+2+0' });
  expect(made.channels.map(({ label }) => label)).toEqual(['M+030', 'M-030']);
  expect(warnings).toEqual(['adm-binaural']);
  expect(() => buildBinauralBed({ ...item, channels: [ear('AC_00050001')] }, base, context)).toThrow(
    /has 1 channels/,
  );
});
