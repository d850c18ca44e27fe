import { expect, test } from 'vitest';
import { planBandSplit } from '../../src/kernels/band-split-plan.ts';

test('one crossover is one split', () => {
  expect(planBandSplit(1)).toEqual([{ kind: 'split', crossover: 0, from: 0, to: 1 }]);
});

test.each([2, 3, 4, 5])(
  '%i crossovers: each band meets each once, on its right side or as an all-pass',
  (count) => {
    /** What each line has been through: which part of which crossover. */
    const lines: Map<number, 'low' | 'high' | 'all'>[] = [new Map()];
    for (const { kind, crossover, from, to } of planBandSplit(count)) {
      expect(lines[from]!.has(crossover)).toBe(false);
      if (kind === 'all-pass') lines[from]!.set(crossover, 'all');
      else {
        expect(lines[to]).toBeUndefined();
        lines[to] = new Map(lines[from]).set(crossover, 'high');
        lines[from]!.set(crossover, 'low');
      }
    }
    expect(lines).toHaveLength(count + 1);
    for (const [band, line] of lines.entries()) {
      expect(line.size).toBe(count);
      for (const [crossover, part] of line)
        if (part !== 'all') expect(part === 'low').toBe(crossover >= band);
      if (band > 0) expect(line.get(band - 1)).toBe('high');
      if (band < count) expect(line.get(band)).toBe('low');
    }
  },
);
