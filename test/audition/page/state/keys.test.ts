import { expect, test } from 'vitest';
import { actionOfKey, keyHelp } from '../../../../src/audition/page/state/keys.ts';
import type { KeyAction, KeyPlace } from '../../../../src/audition/page/state/keys.ts';

const free: KeyPlace = { isInText: false, isOnControl: false, isBlind: false };
const press = (key: string, place: Partial<KeyPlace> = {}, shift = false): KeyAction | undefined =>
  actionOfKey({ key, shift, isCommand: false }, { ...free, ...place });

test('the keys of the transport', () => {
  expect(press(' ')).toEqual({ do: 'toggle-play' });
  expect(press('ArrowLeft')).toEqual({ do: 'seek-by', sec: -5 });
  expect(press('ArrowRight', {}, true)).toEqual({ do: 'seek-by', sec: 1 });
  expect(press('Home')).toEqual({ do: 'go-to-start' });
  expect(press('i')).toEqual({ do: 'loop-in' });
  expect(press('O')).toEqual({ do: 'loop-out' });
  expect(press('l')).toEqual({ do: 'toggle-loop' });
});

test('the keys of comparing', () => {
  expect(press('1')).toEqual({ do: 'select', index: 0 });
  expect(press('9')).toEqual({ do: 'select', index: 8 });
  expect(press('0')).toBeUndefined();
  expect(press('x')).toEqual({ do: 'toggle-ab' });
  expect(press('Tab')).toEqual({ do: 'toggle-ab' });
  expect(press('b')).toEqual({ do: 'listen', to: 'b' });
  expect(press('m')).toEqual({ do: 'toggle-match' });
  expect(press('n')).toEqual({ do: 'add-note' });
  expect(press('?', {}, true)).toEqual({ do: 'toggle-help' });
  expect(press('[')).toEqual({ do: 'turn-head', yawDeg: 5 });
});

test('in a blind test X is heard, votes need Shift, and numbers would tell', () => {
  expect(press('x', { isBlind: true })).toEqual({ do: 'listen', to: 'x' });
  expect(press('A', { isBlind: true }, true)).toEqual({ do: 'vote', guess: 'a' });
  expect(press('a', { isBlind: true })).toEqual({ do: 'listen', to: 'a' });
  expect(press('3', { isBlind: true })).toBeUndefined();
});

test('the focus is never trapped, text is text, and the browser keeps its own keys', () => {
  expect(press('Tab', {}, true)).toBeUndefined();
  expect(press('Tab', { isOnControl: true })).toBeUndefined();
  expect(press(' ', { isOnControl: true })).toBeUndefined();
  expect(press('m', { isOnControl: true })).toEqual({ do: 'toggle-match' });
  expect(press('m', { isInText: true })).toBeUndefined();
  expect(actionOfKey({ key: 'l', shift: false, isCommand: true }, free)).toBeUndefined();
});

test('the help names every key once under its heading', () => {
  for (const { keys } of keyHelp) expect(new Set(keys.map(([key]) => key)).size).toBe(keys.length);
});
