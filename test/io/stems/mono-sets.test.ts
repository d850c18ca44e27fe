import { expect, test } from 'vitest';
import { findMonoSets } from '../../../src/io/stems/mono-sets.ts';

const mono = (file: string) => ({ file, channelCount: 1 });

test.each([
  ['Bed.L.wav Bed.R.wav Bed.C.wav Bed.LFE.wav Bed.Ls.wav Bed.Rs.wav', 'Bed.*.wav', '0+5+0', false],
  ['b_L.wav b_R.wav b_C.wav b_LFE.wav b_Lss.wav b_Rss.wav b_Lsr.wav b_Rsr.wav', 'b_*.wav', '0+7+0', false],
  ['b-M+030.wav b-M-030.wav b-M+000.wav', 'b-*.wav', undefined, false],
  ['Pad_L.wav Pad_R.wav', 'Pad_*.wav', '0+2+0', true],
  ['L.wav R.wav', '*.wav', '0+2+0', true],
])('%s', (files, pattern, layout, isPair) => {
  const { sets, singles } = findMonoSets(files.split(' ').map(mono));
  expect(sets).toMatchObject([{ pattern, isPair }]);
  expect(sets[0]?.layout?.name).toBe(layout);
  expect(singles).toEqual([]);
});

test.each(['Synth_S.wav Synth_M.wav', 'Gtr_L.wav Bass_R.wav', 'a.wav b.wav', 'Pad_L.wav Pad.R.wav'])(
  '%s is no set',
  (files) => {
    expect(findMonoSets(files.split(' ').map(mono)).sets).toEqual([]);
  },
);

test('files of several channels are no part of a set', () => {
  const files = [mono('a.L.wav'), { file: 'a.R.wav', channelCount: 2 }];
  expect(findMonoSets(files)).toEqual({ sets: [], singles: files });
});
