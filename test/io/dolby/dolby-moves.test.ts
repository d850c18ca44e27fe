import { expect, test } from 'vitest';
import { dolbyMoves, stateBetween, stateDistance } from '../../../src/io/dolby/dolby-moves.ts';
import type { ObjectBlock } from '../../../src/scene/scene.ts';
import { blockOf, objectOf } from '../adm/write-scenes.ts';

const at = (x: number): Pick<ObjectBlock, 'position'> => ({
  position: { kind: 'cartesian', xyz: [x, 0, 0] },
});
const movesOf = (blocks: readonly ObjectBlock[], values = {}) => [
  ...dolbyMoves(objectOf('a', blocks, values), { ticksPerSec: 48_000, totalTicks: 240_000 }, new Set()),
];

test('ramps last as long as their block, or as a jump says; gaps are silent', () => {
  const jump = { jumpPosition: true, interpolationLengthSec: { numerator: 1n, denominator: 48n } };
  const moves = movesOf([
    blockOf(0, 1, at(-1)),
    blockOf(1, 1, at(0)),
    blockOf(2, 1, { ...at(1), ...jump }),
    blockOf(4, 0.5, at(0)),
  ]);
  expect(
    moves.map(({ ticks, rampTicks, from, state }) => [
      ticks,
      rampTicks,
      from?.xyz[0],
      state.xyz[0],
      state.gain,
    ]),
  ).toEqual([
    [0, 0, undefined, -1, 1],
    [48_000, 48_000, -1, 0, 1],
    [96_000, 1000, 0, 1, 1],
    [144_000, 0, undefined, 1, 0],
    [192_000, 0, undefined, 0, 1],
    [216_000, 0, undefined, 0, 0],
  ]);
});

test('a movement ends where the next begins, whatever part of a tick they fall on', () => {
  const thirds = (count: number) => ({ numerator: BigInt(count), denominator: 144_000n });
  const length = 1000;
  const blocks = Array.from({ length: 9 }, (_, index) => ({
    ...blockOf(0, 1, at(index % 2)),
    startSec: thirds(index * length),
    durationSec: thirds(length),
  }));
  const moves = movesOf(blocks);
  for (const [index, { ticks, rampTicks }] of moves.slice(1, 8).entries())
    expect(ticks + rampTicks, String(index)).toBe(moves[index + 2]!.ticks);
});

test('a later start moves all but the beginning', () => {
  const startSec = { numerator: 1n, denominator: 1n };
  expect(
    movesOf([blockOf(0, 1, at(0)), blockOf(1, 1, at(1))], { startSec }).map(({ ticks }) => ticks),
  ).toEqual([0, 96_000, 144_000]);
});

test('between two states, and how far they are apart', () => {
  const [first, second] = movesOf([
    blockOf(0, 1, { ...at(-1), width: 0.2, height: 0.2, depth: 0.2 }),
    blockOf(1, 1, at(1)),
  ]);
  expect(stateDistance(first!.state, second!.state)).toBe(2);
  expect(stateBetween(first!.state, second!.state, 0.25)).toMatchObject({ xyz: [-0.5, 0, 0], gain: 1 });
  expect(stateBetween(first!.state, second!.state, 0.5).size).toBeCloseTo(0.1, 12);
});
