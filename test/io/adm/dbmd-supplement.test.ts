import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDbmd } from '../../../src/io/adm/dbmd.ts';
import { formatSupplement, parseSupplement } from '../../../src/io/adm/dbmd-supplement.ts';
import { trimLayouts } from '../../../src/scene/scene.ts';
import { realDbmd, vendorText } from './real-masters.ts';

test("real masters: trims and binaural modes are those of the vendor's parser, and no byte changes", (context) => {
  for (const index of [0, 1, 2]) {
    const { payload } = parseDbmd(realDbmd(context, index), 'real.wav').segments[2]!;
    const supplement = parseSupplement(payload)!;
    const text = vendorText(context, index);
    for (const layout of trimLayouts) {
      const [, kind] = new RegExp(`Trim mode: ${layout.replaceAll('.', '\\.')}, (\\w+)`).exec(text)!;
      expect(supplement.trims[layout].automatic).toBe(kind === 'automatic');
    }
    const mode = /binaural render mode: bypass \(all/.test(text) ? 'off' : 'notIndicated';
    expect(supplement.channels.map(({ binauralMode }) => binauralMode)).toEqual([mode, mode]);
    expect(formatSupplement(supplement, payload)).toEqual(payload);
  }
});

test('every value comes back, written anew or over any payload', () => {
  const balance = fc.integer({ min: -127, max: 127 }).map((value) => (value === 0 ? 0 : value / 127));
  const level = fc.integer({ min: -24, max: 24 }).map((value) => value / 2);
  const trim = fc.record({
    automatic: fc.boolean(),
    centreDb: level,
    surroundDb: level,
    heightDb: level,
    overheadFloorBalance: balance,
    listenerBalance: balance,
  });
  const channel = fc.record({
    trim: fc.constantFrom('applied', 'ignored', 'notIndicated'),
    binauralMode: fc.constantFrom('off', 'near', 'far', 'mid', 'notIndicated'),
    headTracking: fc.constantFrom('scene', 'head', 'notIndicated'),
  });
  const trims = fc.tuple(...trimLayouts.map((layout) => fc.tuple(fc.constant(layout), trim)));
  fc.assert(
    fc.property(trims, fc.array(channel, { maxLength: 128 }), (pairs, channels) => {
      const supplement = { trims: Object.fromEntries(pairs) as never, channels };
      const written = formatSupplement(supplement);
      expect(written).toHaveLength(142 + 2 * channels.length);
      expect(parseSupplement(written)).toEqual(supplement);
      expect(formatSupplement(supplement, written)).toEqual(written);
    }),
    { seed: 4, numRuns: 100 },
  );
});

test('bytes of other make give nothing', () => {
  const good = formatSupplement({
    trims: Object.fromEntries(
      trimLayouts.map((layout) => [
        layout,
        {
          automatic: true,
          centreDb: 0,
          surroundDb: 0,
          heightDb: 0,
          overheadFloorBalance: 0,
          listenerBalance: 0,
        },
      ]),
    ) as never,
    channels: [{ trim: 'applied', binauralMode: 'near', headTracking: 'notIndicated' }],
  });
  expect(parseSupplement(good)?.channels).toHaveLength(1);
  expect(parseSupplement(good.subarray(0, 143))).toBeUndefined();
  expect(parseSupplement(good.subarray(0, 100))).toBeUndefined();
  expect(parseSupplement(good.map((byte, index) => (index === 0 ? byte + 1 : byte)))).toBeUndefined();
});
