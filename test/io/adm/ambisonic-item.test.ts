import { expect, test } from 'vitest';
import { buildAmbisonicBed } from '../../../src/io/adm/ambisonic-item.ts';
import { parseAxml } from '../../../src/io/adm/axml.ts';
import { elementDefaults } from '../../../src/scene/make-scene.ts';
import { axmlOf, blockOf } from './adm-bytes.ts';

const base = { ...elementDefaults, id: 'AO_1001', name: 'hoa', gainDb: -1 };
function build(channelIds: readonly string[], content = '', packId = 'AP_00041001') {
  const warnings: string[] = [];
  const document = parseAxml(Buffer.from(axmlOf(content)), 'x.wav');
  const context = { document, onWarning: ({ code }: { code: string }): void => void warnings.push(code) };
  const channels = channelIds.map((channelId) => ({ channelId, track: undefined }));
  const made = buildAmbisonicBed({ objects: [], packId, type: 'HOA', channels }, base, context);
  return { ...made, order: made.channels.map(({ channelId }) => channelId), warnings };
}
const harmonic = (number: string, inner: string): string =>
  `<audioChannelFormat audioChannelFormatID="AC_0004${number}" typeLabel="0004">${blockOf(inner)}</audioChannelFormat>`;
const of = (order: number, degree: number, more = ''): string =>
  `<order>${order}</order><degree>${degree}</degree>${more}`;

test('channels by order and degree, wherever they stand; missing ones are silent', () => {
  const content = harmonic('1001', of(1, 1)) + harmonic('1002', of(0, 0)) + harmonic('1003', of(1, -1));
  const made = build(['AC_00041001', 'AC_00041002', 'AC_00041003'], content);
  expect(made.element).toMatchObject({ kind: 'ambisonic', order: 1, normalization: 'SN3D', gainDb: -1 });
  expect(made.order).toEqual(['AC_00041002', 'AC_00041003', '', 'AC_00041001']);
});

test('common definitions: FuMa in its own order W X Y Z', () => {
  const made = build(['AC_00040201', 'AC_00040202', 'AC_00040203', 'AC_00040204'], '', 'AP_00040021');
  expect(made.element.normalization).toBe('FuMa');
  expect(made.order).toEqual(['AC_00040201', 'AC_00040204', 'AC_00040202', 'AC_00040203']);
});

test('normalisation of the pack, gain of the blocks, near field', () => {
  const content =
    '<audioPackFormat audioPackFormatID="AP_00041001" typeLabel="0004"><normalization>N3D</normalization><nfcRefDist>1.5</nfcRefDist></audioPackFormat>' +
    harmonic('1001', of(0, 0, '<gain gainUnit="dB">-2</gain>'));
  const made = build(['AC_00041001'], content);
  expect(made.element).toMatchObject({ order: 1, normalization: 'N3D', gainDb: -3 });
  expect(made.warnings).toEqual(['adm-hoa-near-field']);
});

test('what cannot be played', () => {
  const [a, b] = ['AC_00041001', 'AC_00041002'];
  const two = (first: string, second: string): string => harmonic('1001', first) + harmonic('1002', second);
  expect(() => build([a, b], two(of(0, 0), of(0, 0)))).toThrow(/order 0, degree 0 occurs twice/);
  expect(() => build([a, b], two(of(0, 0), of(1, 2)))).toThrow(/order 1 and degree 2/);
  expect(() => build([a, b], two(of(0, 0), '<equation>x</equation>'))).toThrow(/order undefined/);
  expect(() => build([a, b], two(of(0, 0), of(8, 0)))).toThrow(/order 8 \(SN3D\); orders up to 7/);
  expect(() => build([a, b], two(of(0, 0), of(1, 0, '<gain>0.5</gain>')))).toThrow(
    /differ in normalisation or gain/,
  );
  expect(() => build([a], harmonic('1001', of(0, 0, '<normalization>MaxN</normalization>')))).toThrow(
    /"MaxN"/,
  );
  expect(() => build([a])).toThrow(/AC_00041001 is referred to and not defined/);
});
