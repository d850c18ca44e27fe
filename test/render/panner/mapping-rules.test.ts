import { expect, test } from 'vitest';
import { builtInLayouts } from '../../../src/layouts/built-in.ts';
import { mappingRules, mirrorLabel } from '../../../src/render/panner/mapping-rules.ts';

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

test('mirrorLabel', () => {
  expect(['M+030', 'U-110', 'M+000', 'UH+180', 'LFE1'].map(mirrorLabel)).toEqual([
    'M-030',
    'U+110',
    'M+000',
    'UH+180',
    'LFE1',
  ]);
});
