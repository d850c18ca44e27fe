import { expect, test } from 'vitest';
import {
  assignSlot,
  changeVolume,
  finishDraft,
  openDraft,
  perform,
  seekTo,
  stop,
  toggleBlindTest,
  toggleCurve,
  voteFor,
} from '../../../../src/audition/page/state/audition-actions.ts';
import { createFakeAudition } from '../fakes.ts';

test('play, pause, and back to the start of the loop', async () => {
  const audition = await createFakeAudition();
  perform(audition, { do: 'toggle-play' });
  expect(audition.isPlaying.value).toBe(true);
  audition.loop.value = { startFrame: 4800, endFrame: 48000 };
  audition.isLooping.value = true;
  stop(audition);
  expect(audition.isPlaying.value).toBe(false);
  expect(audition.engine.position).toBe(4800);
});

test('seeking ends at the ends of the programme', async () => {
  const audition = await createFakeAudition();
  seekTo(audition, 99);
  expect(audition.engine.position).toBe(48000 * 30);
  perform(audition, { do: 'seek-by', sec: -5 });
  expect(audition.engine.position).toBe(48000 * 25);
  seekTo(audition, -1);
  expect(audition.engine.position).toBe(0);
});

test('A and B: switched, assigned, exchanged', async () => {
  const audition = await createFakeAudition();
  expect(audition.slots.value).toEqual({ a: 'binaural', b: 'stereo' });
  perform(audition, { do: 'toggle-ab' });
  expect(audition.heardId.value).toBe('stereo');
  perform(audition, { do: 'toggle-ab' });
  expect(audition.heardId.value).toBe('binaural');
  assignSlot(audition, 'b', 'scene');
  expect(audition.slots.value).toEqual({ a: 'binaural', b: 'scene' });
  assignSlot(audition, 'a', 'scene');
  expect(audition.slots.value).toEqual({ a: 'scene', b: 'binaural' });
  perform(audition, { do: 'select', index: 2 });
  expect(audition.heardId.value).toBe('7.1.4');
  perform(audition, { do: 'toggle-ab' });
  expect(audition.heardId.value).toBe('scene');
});

test('a blind test takes the slots, hides the sources, counts, and gives back A', async () => {
  const audition = await createFakeAudition();
  perform(audition, { do: 'toggle-blind' });
  const { hidden } = audition.blind.value!;
  perform(audition, { do: 'select', index: 3 });
  expect(audition.heardId.value).toBe('binaural');
  perform(audition, { do: 'listen', to: 'x' });
  expect(audition.heardId.value).toBe(hidden === 'a' ? 'binaural' : 'stereo');
  perform(audition, { do: 'vote', guess: hidden });
  expect(audition.blind.value).toMatchObject({ trialCount: 1, correctCount: 1 });
  voteFor(audition, audition.blind.value!.hidden === 'a' ? 'b' : 'a');
  expect(audition.blind.value).toMatchObject({ trialCount: 2, correctCount: 1 });
  perform(audition, { do: 'toggle-ab' });
  expect(audition.blind.value!.heard).toBe('b');
  toggleBlindTest(audition);
  expect(audition.blind.value).toBeUndefined();
  expect(audition.heardId.value).toBe('binaural');
});

test('the loop: set at the playhead, on and off, of all where there is none', async () => {
  const audition = await createFakeAudition();
  perform(audition, { do: 'toggle-loop' });
  expect(audition.engine.state.loop).toEqual({ startFrame: 0, endFrame: 48000 * 30 });
  audition.engine.position = 48000;
  perform(audition, { do: 'loop-in' });
  audition.engine.position = 96000;
  perform(audition, { do: 'loop-out' });
  expect(audition.engine.state.loop).toEqual({ startFrame: 48000, endFrame: 96000 });
  perform(audition, { do: 'toggle-loop' });
  expect(audition.engine.state.loop).toBeUndefined();
  expect(audition.loop.value).toEqual({ startFrame: 48000, endFrame: 96000 });
});

test('notes take time and source, and no source in a blind test', async () => {
  const audition = await createFakeAudition();
  audition.engine.position = 96000;
  openDraft(audition);
  expect(audition.sidePanel.value).toBe('notes');
  finishDraft(audition, 'too bright');
  expect(audition.notes.notes.value).toMatchObject([
    { timeSec: 2, sourceId: 'binaural', text: 'too bright' },
  ]);
  perform(audition, { do: 'toggle-blind' });
  perform(audition, { do: 'add-note' });
  expect(audition.draft.value).toEqual({ timeSec: 2, sourceId: undefined });
  finishDraft(audition, '');
  expect(audition.notes.notes.value).toHaveLength(1);
});

test('volume stays in its range, curves are switched, the head turns only where it is heard', async () => {
  const audition = await createFakeAudition();
  changeVolume(audition, 12);
  expect(audition.volumeDb.value).toBe(0);
  perform(audition, { do: 'volume-by', db: -1 });
  expect(audition.volumeDb.value).toBe(-1);
  toggleCurve(audition, 'momentary');
  toggleCurve(audition, 'target');
  expect([...audition.curves.value]).toEqual(['short-term', 'integrated', 'momentary']);
  perform(audition, { do: 'turn-head', yawDeg: 5 });
  expect(audition.head.value.yawDeg).toBe(0);
  perform(audition, { do: 'select', index: 3 });
  perform(audition, { do: 'turn-head', yawDeg: 5 });
  expect(audition.head.value.yawDeg).toBe(5);
  perform(audition, { do: 'straight-head' });
  expect(audition.head.value.yawDeg).toBe(0);
});

test('help, theme and what closes them', async () => {
  const audition = await createFakeAudition();
  perform(audition, { do: 'toggle-help' });
  expect(audition.isHelpOpen.value).toBe(true);
  perform(audition, { do: 'close' });
  expect(audition.isHelpOpen.value).toBe(false);
  perform(audition, { do: 'toggle-theme' });
  expect(audition.theme.choice.value).toBe('dark');
  perform(audition, { do: 'toggle-match' });
  expect(audition.isMatched.value).toBe(false);
});
