import { expect, test } from 'vitest';
import { parseCsvTable } from '../../src/base/csv-table.ts';

const rules = {
  time: { aliases: ['time', 't'], min: 0, max: 10 },
  level: { aliases: ['level', 'leveldb'], min: -60, max: 0, fallback: '-6' },
};
const read = (text: string) => parseCsvTable(text, rules);

test('columns by name in any order, or by place', () => {
  const rows = [{ line: 2, cells: { time: '1.5', level: '-3' } }];
  expect(read('Level (dB); T\n-3;1,5')).toEqual({ rows, issues: [] });
  expect(read('# a remark\n1.5,-3').rows).toEqual(rows);
  expect(read('time\n2').rows).toEqual([{ line: 2, cells: { time: '2', level: '-6' } }]);
});

test('faults name line and column', () => {
  const messages = (text: string) => read(text).issues.map(({ message }) => message);
  expect(messages('time,levl\n1,2')).toEqual([
    'line 1, column 2: unknown column "levl"; did you mean "level"?',
  ]);
  expect(messages('time,level\n1,3\nx,-1')).toEqual([
    'line 2, column 2: level is "3"; allowed: a number from -60 to 0',
    'line 3, column 1: time is "x"; allowed: a number from 0 to 10',
  ]);
  expect(messages('level\n-3')).toEqual(['line 1, column 1: no column "time"']);
  expect(read('level\n-3').rows).toEqual([]);
  expect(messages('')[0]).toMatch(/no rows; the least is a time/);
  expect(read(`time\n${'x\n'.repeat(300)}`).issues).toHaveLength(100);
});

test('columns of text: in quotes what would be a separator, and no header is seen in them', () => {
  const withName = { ...rules, name: { aliases: ['name'], isText: true, fallback: '' } } as const;
  const rowsOf = (text: string) => parseCsvTable(text, withName).rows.map(({ cells }) => cells);
  expect(rowsOf('0,-3,Intro\n1,-3,"Rise, ""slow"" and ""long"""')).toEqual([
    { time: '0', level: '-3', name: 'Intro' },
    { time: '1', level: '-3', name: 'Rise, "slow" and "long"' },
  ]);
  expect(rowsOf('name;time\n"1;5";1,5')).toEqual([{ time: '1.5', level: '-6', name: '1;5' }]);
  expect(rowsOf('time\n2')).toEqual([{ time: '2', level: '-6', name: '' }]);
});
