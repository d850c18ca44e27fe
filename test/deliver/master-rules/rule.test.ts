import { expect, test } from 'vitest';
import {
  childText,
  idOf,
  modelRule,
  placeOf,
  secondsOf,
  tooMany,
  typeOf,
} from '../../../src/deliver/master-rules/rule.ts';
import type { MasterFacts, MasterNode } from '../../../src/deliver/master-facts.ts';

const node = (values: Partial<MasterNode> = {}): MasterNode => ({
  name: 'audioObject',
  attributes: {},
  children: [],
  text: '',
  ...values,
});

test.each([
  ['00:00:00.00000', 0],
  ['01:02:03.50000', 3723.5],
  ['00:00:01.24000S48000', 1.5],
  ['00:00:01', undefined],
  ['soon', undefined],
  [undefined, undefined],
])('the time %s', (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds);
});

test('an element is told by its line and its ID, or by what it is', () => {
  const object = node({ attributes: { audioObjectID: 'AO_100b' }, line: 7 });
  expect([placeOf(object), placeOf(node()), placeOf(object, 'block 2')]).toEqual([
    'axml line 7, AO_100b',
    'axml, audioObject',
    'axml line 7, block 2',
  ]);
  expect(idOf(node({ name: 'audioTrackUID', attributes: { UID: 'ATU_00000001' } }))).toBe('ATU_00000001');
  expect(childText(node({ children: [node({ name: 'gain', text: '1' })] }), 'gain')).toBe('1');
});

test.each([
  [{ typeDefinition: 'Objects', typeLabel: '0001' }, 'Objects'],
  [{ typeLabel: '0001' }, 'DirectSpeakers'],
  [{ audioPackFormatID: 'AP_00031001' }, 'Objects'],
  [{ audioPackFormatID: 'AP_00041001' }, '0004'],
])('type of %o', (attributes, type) => {
  expect(typeOf(node({ name: 'audioPackFormat', attributes }))).toBe(type);
});

test('a rule of the model cannot be judged without one, and counts have a bound', () => {
  const rule = modelRule('x', 'text', 'reason', () => []);
  expect(rule.check({ model: { fault: 'no chunk axml' } } as MasterFacts)).toBe('no chunk axml');
  expect(rule.check({ model: { content: node() } } as MasterFacts)).toEqual([]);
  expect([tooMany('beds', 10, 10), tooMany('beds', 11, 10)]).toEqual([[], [{ place: '', found: '11 beds' }]]);
});
