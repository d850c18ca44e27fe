import { describe, expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import {
  designSurroundFold,
  surroundRuleNames,
  surroundRuleOfMaster,
  surroundRules,
} from '../../../src/render/downmix/surround-rules.ts';

/** Non-zero gains as "from>to". */
function gainsOf(name: string, rule: 'lo-ro' | 'pl2x') {
  const layout = getLayout(name);
  const { from, fold } = designSurroundFold(layout, rule)!;
  return Object.fromEntries(
    layout.loudspeakers.flatMap((output, row) =>
      from.loudspeakers.flatMap((input, column) => {
        const gain = fold.matrix[row * from.loudspeakers.length + column]!;
        return gain === 0 ? [] : [[`${input.label}>${output.label}`, Math.round(gain * 1e4) / 1e4]];
      }),
    ),
  );
}

const floor = { 'M+030>M+030': 1, 'M-030>M-030': 1, 'M+000>M+000': 1, 'LFE1>LFE1': 1 };
const sides = { 'M+090>M+110': 1, 'M-090>M-110': 1 };
const loRo = { ...floor, ...sides, 'M+135>M+110': 1, 'M-135>M-110': 1 };
// -1.2 and -6.2 dB.
const pl2x = {
  ...floor,
  ...sides,
  'M+135>M+110': 0.8718,
  'M+135>M-110': 0.4899,
  'M-135>M-110': 0.8718,
  'M-135>M+110': 0.4899,
};

describe('published tables, one impulse a channel', () => {
  test('5.1', () => {
    expect(gainsOf('5.1', 'lo-ro')).toEqual(loRo);
    expect(gainsOf('5.1', 'pl2x')).toEqual(pl2x);
    expect(designSurroundFold(getLayout('5.1'), 'lo-ro')!.from).toBe(getLayout('7.1'));
  });

  test.each(['5.1.2', '5.1.4', '4+5+1'])('%s: the other loudspeakers stay', (name) => {
    const others = getLayout(name).loudspeakers.filter(({ label }) => /^[UB]/.test(label));
    expect(others.length).toBeGreaterThan(0);
    const kept = Object.fromEntries(others.map(({ label }) => [`${label}>${label}`, 1]));
    expect(gainsOf(name, 'lo-ro')).toEqual({ ...loRo, ...kept });
    expect(gainsOf(name, 'pl2x')).toEqual({ ...pl2x, ...kept });
    const { from } = designSurroundFold(getLayout(name), 'pl2x')!;
    expect(from.loudspeakers.map(({ label }) => label)).toEqual([
      ...getLayout('7.1').loudspeakers.map(({ label }) => label),
      ...others.map(({ label }) => label),
    ]);
  });
});

test('nothing is folded by the other rules, nor for layouts of other surrounds', () => {
  expect(designSurroundFold(getLayout('5.1'), 'direct')).toBeUndefined();
  expect(designSurroundFold(getLayout('5.1'), 'room-balance')).toBeUndefined();
  for (const name of ['7.1', '7.1.4', '0+2+0', '3.1.2', 'mono', '22.2'])
    expect(designSurroundFold(getLayout(name), 'lo-ro')).toBeUndefined();
});

test('masters name their rules, and all rules have names', () => {
  const stated = (['normal', 'warping', 'proLogicIIx', 'loRo', undefined] as const).map((warpMode) =>
    surroundRuleOfMaster({ warpMode }),
  );
  expect(stated).toEqual(['direct', 'room-balance', 'pl2x', 'lo-ro', undefined]);
  expect(Object.keys(surroundRuleNames)).toEqual([...surroundRules]);
});
