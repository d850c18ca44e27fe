import { expect, test } from 'vitest';
import { SceneError } from '../../src/base/errors.ts';
import { addRational, compareRational, rationalToSec } from '../../src/base/time.ts';
import { blocksFromPositions, parsePositionCsv } from '../../src/scene/position-csv.ts';

const defaults = {
  width: 0,
  height: 0,
  depth: 0,
  diffuse: 0,
  channelLock: undefined,
  divergence: undefined,
  zoneExclusion: [],
  screenRef: false,
  importance: undefined,
};
const rowsOf = (text: string) =>
  parsePositionCsv(text, 'p.csv').map(({ timeSec, ...row }) => [
    rationalToSec(timeSec),
    ...Object.values(row),
  ]);

function faultsOf(text: string): string[] {
  try {
    parsePositionCsv(text, 'p.csv');
    return [];
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    return error.issues.map(({ message }) => message);
  }
}

test.each([
  ['header', 'time,azimuth,elevation,distance,gain\n0,30,10,0.5,-3\n'],
  [
    'aliases in any order, units, blanks',
    '\uFEFFgain_dB, Az (deg) ,El [deg],Dist,Time (s)\r\n-3, 30 ,10,0.5,0\r\n',
  ],
  ['no header', '0,30,10,0.5,-3'],
  ['semicolons and decimal commas', 'time;az;el;r;gain\n0,0;30,0;10;0,5;-3'],
  [
    'tabs, comments, empty lines',
    '# a path\n\ntime\tazimuth\televation\tdistance\tgain\n\n0\t30\t10\t0.5\t-3\n# end\n',
  ],
])('%s', (_, text) => expect(rowsOf(text)).toEqual([[0, 30, 10, 0.5, -3]]));

test('missing columns have defaults, azimuths are wrapped, times are exact', () => {
  expect(rowsOf('t,az\n0.1,270')).toEqual([[0.1, -90, 0, 1, 0]]);
  expect(parsePositionCsv('0.1,0', 'p.csv')[0]?.timeSec).toEqual({ numerator: 1n, denominator: 10n });
});

test('faults name line and column, all at once', () => {
  expect(faultsOf('time,azimuth,elevation\n0,400,0\n1,x,95\n1,0,0\n1,0,0\n')).toEqual([
    'line 2, column 2: azimuth is "400"; allowed: a number from -360 to 360',
    'line 3, column 2: azimuth is "x"; allowed: a number from -360 to 360',
    'line 3, column 3: elevation is "95"; allowed: a number from -90 to 90',
    'line 5, column 1: its time is not later than that of the row before',
  ]);
  expect(faultsOf('time,azimut,speed\n0,0,0')).toEqual([
    'line 1, column 2: unknown column "azimut"; did you mean "azimuth"?',
    'line 1, column 3: unknown column "speed"; allowed: time, azimuth, elevation, distance, gain',
    'line 1, column 1: no column "azimuth"',
  ]);
  expect(faultsOf('')).toEqual(expect.arrayContaining([expect.stringMatching(/no rows/)]));
  expect(faultsOf('time,azimuth\n')).toEqual([expect.stringMatching(/no rows/)]);
  expect(faultsOf('time,azimuth\n'.padEnd(20_000, 'x,y\n'))).toHaveLength(100);
});

test('an object travels evenly, the short way round, in steps of 5 degrees at most', () => {
  const blocks = blocksFromPositions(parsePositionCsv('1,170,0,1\n2,-170,20,1\n', 'p.csv'), defaults);
  expect(blocks.map(({ position }) => position.kind === 'polar' && position.azimuthDeg)).toEqual([
    170, 175, 180, -175, -170, -170,
  ]);
  expect(blocks.map(({ startSec }) => rationalToSec(startSec))).toEqual([0, 1, 1.25, 1.5, 1.75, 2]);
  expect(blocks.map(({ jumpPosition }) => jumpPosition)).toEqual([false, false, false, false, false, true]);
  expect(blocks.at(-1)?.durationSec).toBeUndefined();
});

test('blocks meet exactly, also where time divides badly', () => {
  const blocks = blocksFromPositions(parsePositionCsv('0.1,0\n0.2,31\n0.7,-90\n', 'p.csv'), defaults);
  blocks.slice(1).forEach(({ startSec }, index) => {
    const before = blocks[index]!;
    expect(compareRational(addRational(before.startSec, before.durationSec!), startSec)).toBe(0);
  });
});

test('one row is a place to rest', () => {
  const blocks = blocksFromPositions(parsePositionCsv('3,30', 'p.csv'), defaults);
  expect(blocks).toMatchObject([{ position: { azimuthDeg: 30 }, durationSec: undefined }]);
});

test('100 000 rows', () => {
  const text = Array.from({ length: 100_000 }, (_, i) => `${i / 1000},${(i % 360) - 180}`).join('\n');
  expect(blocksFromPositions(parsePositionCsv(text, 'p.csv'), defaults)).toHaveLength(100_001);
});
