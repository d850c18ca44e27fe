import { expect, test } from 'vitest';
import { builtInLayouts, getLayout } from '../../../src/layouts/built-in.ts';
import { foldDownMatrix } from '../../../src/render/downmix/fold-down.ts';
import {
  findMappingRule,
  mappingRules,
  mirrorLabel,
  undivided,
} from '../../../src/render/panner/mapping-rules.ts';

test('every label of a built-in layout has rules, but those beside the screen', () => {
  const labels = new Set(
    builtInLayouts.flatMap(({ loudspeakers }) => loudspeakers.map(({ label }) => label)),
  );
  // M+-030 are in every layout with two loudspeakers or more.
  const without = [...labels].filter((label) => !mappingRules.has(label)).sort();
  expect(without).toEqual(['M+030', 'M+SC', 'M-030', 'M-SC']);
});

test('no rule adds power; the right side mirrors the left', () => {
  for (const [label, rules] of mappingRules) {
    for (const [index, { powers }] of rules.entries()) {
      expect(Object.values(powers).reduce((sum, power) => sum + power, 0)).toBeLessThanOrEqual(1 + 1e-12);
      const mirrored = mappingRules.get(mirrorLabel(label))![index]!.powers;
      for (const [target, power] of Object.entries(powers)) expect(mirrored[mirrorLabel(target)]).toBe(power);
    }
  }
});

test('undivided: every channel comes out of 5.1 and BS.775 as loud as its own rule for stereo has it', () => {
  const [five, stereo] = [getLayout('5.1'), getLayout('0+2+0')];
  const names = five.loudspeakers.map(({ label }) => label);
  const fold = foldDownMatrix(five, stereo);
  const powerOf = (powers: Readonly<Record<string, number>>): number =>
    [0, 1].reduce((sum, output) => {
      const gain = Object.entries(powers).reduce(
        (total, [label, power]) => total + Math.sqrt(power) * fold[output * 6 + names.indexOf(label)]!,
        0,
      );
      return sum + gain * gain;
    }, 0);
  const changed: string[] = [];
  for (const label of mappingRules.keys()) {
    if (/^LFE|^M.030/.test(label)) continue;
    const rule = findMappingRule(label, undefined, five, names)!;
    const direct = findMappingRule(label, undefined, stereo, ['M+030', 'M-030'])!;
    const directPower = Object.values(direct.powers).reduce((sum, power) => sum + power, 0);
    expect(powerOf(undivided(label, rule).powers), label).toBeCloseTo(directPower, 9);
    if (undivided(label, rule) !== rule) {
      changed.push(label);
      // What the division would give: 1.6 to 1.8 dB too much, against surrounds 4.6 dB.
      expect(10 * Math.log10(powerOf(rule.powers))).toBeGreaterThan(1.6);
      expect(10 * Math.log10(powerOf(rule.powers))).toBeLessThan(1.8);
    }
  }
  expect(changed.sort()).toEqual(['M+060', 'M+090', 'M-060', 'M-090', 'T+000', 'U+090', 'U-090']);
});

test('mirrorLabel', () => {
  expect(['M+030', 'U-110', 'M+000', 'UH+180', 'LFE1'].map(mirrorLabel)).toEqual([
    'M-030',
    'U+110',
    'M+000',
    'UH+180',
    'LFE1',
  ]);
});
