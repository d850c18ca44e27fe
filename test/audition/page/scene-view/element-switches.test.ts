import { expect, test } from 'vitest';
import {
  audibleElements,
  cleared,
  switchesOf,
  toggled,
} from '../../../../src/audition/page/scene-view/element-switches.ts';
import { fakeEngine } from './fixtures.ts';

const open = { isMuted: false, isSolo: false };

test('an engine keeps its switches, another has its own', () => {
  const engine = fakeEngine();
  const switches = switchesOf(engine, 2);
  expect(switches.value).toEqual([open, open]);
  expect(switchesOf(engine, 2)).toBe(switches);
  expect(switchesOf(fakeEngine(), 2)).not.toBe(switches);
});

test('a switch is thrown and all are cleared without touching the others', () => {
  const muted = toggled([open, open], 1, 'isMuted');
  expect(muted).toEqual([open, { isMuted: true, isSolo: false }]);
  const both = toggled(muted, 0, 'isSolo');
  expect(cleared(both, 'isMuted')).toEqual([{ isMuted: false, isSolo: true }, open]);
  expect(toggled(muted, 1, 'isMuted')).toEqual([open, open]);
});

const heard = [{ mute: false }, { mute: false }];

test('solo shuts out what is not solo; mute shuts out always', () => {
  expect(audibleElements([open, open], heard)).toEqual([true, true]);
  expect(audibleElements(toggled([open, open], 0, 'isMuted'), heard)).toEqual([false, true]);
  expect(audibleElements(toggled([open, open], 0, 'isSolo'), heard)).toEqual([true, false]);
  expect(audibleElements([{ isMuted: true, isSolo: true }, open], heard)).toEqual([false, false]);
  expect(audibleElements([open, open], [{ mute: true }, { mute: false }])).toEqual([false, true]);
});
