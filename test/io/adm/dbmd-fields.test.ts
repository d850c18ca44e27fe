import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDbmd } from '../../../src/io/adm/dbmd.ts';
import {
  formatAtmos,
  formatDigitalPlus,
  parseAtmos,
  parseDigitalPlus,
  type AtmosFields,
} from '../../../src/io/adm/dbmd-fields.ts';
import { realDbmd, vendorText } from './real-masters.ts';

test("real masters: fields are those of the vendor's parser, and writing them changes no byte", (context) => {
  for (const index of [0, 1, 2]) {
    const { segments } = parseDbmd(realDbmd(context, index), 'real.wav');
    const [plus, atmos] = [segments[0]!.payload, segments[1]!.payload];
    const fields = parseAtmos(atmos)!;
    const text = vendorText(context, index);
    const [, tool, version] = /Created by: (.*) \((.*)\)/.exec(text)!;
    expect(fields.creationTool).toBe(tool);
    expect(fields.creationToolVersion.join('.')).toBe(version);
    expect(fields.warpMode).toBe(/warp_mode: not indicated/.test(text) ? 'notIndicated' : 'normal');
    expect(fields).toMatchObject({
      text: 'Created using Dolby equipment',
      frameRate: '24',
      firstFrameOfAction: { hours: 0, minutes: 0, seconds: 0 },
      downmixType: 'notIndicated',
      phaseShift90: 'notIndicated',
      bedDistribution: 2,
    });
    expect(formatAtmos(fields, atmos)).toEqual(atmos);
    expect(parseDigitalPlus(plus)).toEqual({
      acmod: 7,
      bsmod: 0,
      lfeOn: true,
      langcode: false,
      copyright: true,
      original: true,
      dialnorm: 0,
    });
    expect(formatDigitalPlus(parseDigitalPlus(plus)!, plus)).toEqual(plus);
  }
});

const atmosFields: fc.Arbitrary<AtmosFields> = fc.record({
  text: fc.constantFrom('', 'a text'),
  creationTool: fc.constantFrom('periphon', 'x'.repeat(64)),
  creationToolVersion: fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)),
  frameRate: fc.constantFrom('23.976', '24', '25', '29.97df', '29.97', '30'),
  firstFrameOfAction: fc.constantFrom(undefined, { hours: 1, minutes: 59, seconds: 12.34567 }),
  downmixType: fc.constantFrom('notIndicated', 'loRo', 'ltRtProLogic', 'ltRtPLII', 'directStereo'),
  phaseShift90: fc.constantFrom('off', 'on', 'notIndicated'),
  bedDistribution: fc.nat(3),
  warpMode: fc.constantFrom('normal', 'warping', 'proLogicIIx', 'loRo', 'notIndicated'),
});

test('every field comes back, over any payload', () => {
  fc.assert(
    fc.property(atmosFields, fc.uint8Array({ minLength: 248, maxLength: 248 }), (fields, payload) => {
      const written = formatAtmos(fields, payload);
      expect(parseAtmos(written)).toEqual(fields);
      expect(written.subarray(99, 111)).toEqual(payload.subarray(99, 111));
    }),
    { seed: 2, numRuns: 200 },
  );
});

test('any payload comes back as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 248, maxLength: 248 }), (payload) => {
      expect(formatAtmos(parseAtmos(payload)!, payload)).toEqual(payload);
      expect(formatDigitalPlus(parseDigitalPlus(payload)!, payload)).toEqual(payload);
    }),
    { seed: 3, numRuns: 200 },
  );
});

test('short payloads give nothing', () => {
  expect(parseAtmos(new Uint8Array(152))).toBeUndefined();
  expect(parseDigitalPlus(new Uint8Array(9))).toBeUndefined();
});
