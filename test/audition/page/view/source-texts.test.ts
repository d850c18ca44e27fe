import { expect, test } from 'vitest';
import {
  clippingText,
  gainText,
  heardText,
  kindText,
} from '../../../../src/audition/page/view/source-texts.ts';
import { createFakeAudition, fakeOverview, fakeSession, readyOverviews } from '../fakes.ts';

test('kinds in few words', () => {
  expect(fakeSession().sources.map(kindText)).toEqual([
    'Headphones, as it is',
    'Stereo, as it is',
    '12 ch through HRTF',
    'Order 3, turns',
    '5 tracks, live',
  ]);
});

test('loudness and gain, or what is waited for', async () => {
  const { binaural, stereo } = readyOverviews();
  const audition = await createFakeAudition({
    overviews: { binaural: binaural!, stereo: stereo!, scene: { state: 'failed', message: 'No.' } },
  });
  expect(heardText(audition, 'stereo')).toBe('\u221214.0 LUFS');
  expect(gainText(audition, 'stereo')).toBe('\u22122.0 dB');
  expect(heardText(audition, '7.1.4')).toBe('measuring 40 %');
  expect(gainText(audition, '7.1.4')).toBeUndefined();
  expect(heardText(audition, 'scene')).toBe('not measured');
  audition.isMatched.value = false;
  expect(gainText(audition, 'stereo')).toBe('0.0 dB');
});

test('a gain that lifts peaks above full scale is told', async () => {
  const audition = await createFakeAudition({
    overviews: {
      binaural: { state: 'ready', overview: fakeOverview(-16) },
      stereo: { state: 'ready', overview: fakeOverview(-12) },
    },
  });
  expect(clippingText(audition, 'binaural')).toBeUndefined();
  audition.matchReferenceId.value = 'stereo';
  expect(clippingText(audition, 'binaural')).toBe('+3.0 dBTP');
  audition.volumeDb.value = -3.5;
  expect(clippingText(audition, 'binaural')).toBeUndefined();
});
