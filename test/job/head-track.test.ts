import { expect, test } from 'vitest';
import { FormatError } from '../../src/base/errors.ts';
import { parseHeadTrack } from '../../src/job/head-track.ts';

test('time, yaw, pitch and roll', () => {
  expect(parseHeadTrack('time,yaw,pitch,roll\n0,0,0,0\n1.5,-90,10,5\n', 'a.csv')).toEqual([
    { timeSec: 0, yawDeg: 0, pitchDeg: 0, rollDeg: 0 },
    { timeSec: 1.5, yawDeg: -90, pitchDeg: 10, rollDeg: 5 },
  ]);
  expect(parseHeadTrack('0;12,5', 'a.csv')).toEqual([{ timeSec: 0, yawDeg: 12.5, pitchDeg: 0, rollDeg: 0 }]);
});

test('faults are counted, the first is named with its place', () => {
  const faultOf = (text: string) => () => parseHeadTrack(text, 'a.csv');
  expect(faultOf('time,yaw\n0,x\n1,y')).toThrow(FormatError);
  expect(faultOf('time,yaw\n0,x\n1,y')).toThrow(
    /^a\.csv: line 2, column 2: yaw is "x".*, and 1 more faults$/,
  );
  expect(faultOf('time,yaw\n1,0\n1,5')).toThrow(/line 3, column 1: its time is not later/);
  expect(faultOf('time,pitch\n1,0')).toThrow(/no column "yaw"/);
  expect(faultOf('')).toThrow(/no rows/);
});
