import { expect, test } from 'vitest';
import { shortChannelNames } from '../../../../src/audition/page/state/channel-names.ts';

test('labels of BS.2051 become what engineers say, on both sides', () => {
  const labels = ['M+030', 'M-030', 'M+000', 'LFE1', 'M+090', 'M-090', 'M+135', 'M-135', 'U+045', 'U-135'];
  expect(shortChannelNames(labels)).toEqual(['L', 'R', 'C', 'LFE', 'Lss', 'Rss', 'Lrs', 'Rrs', 'Ltf', 'Rtr']);
});

test('ambisonic channels are numbers, tracks of beds lose the bed, all else stays', () => {
  expect(shortChannelNames(['ACN0', 'ACN 15'])).toEqual(['0', '15']);
  expect(shortChannelNames(['bed M-110', 'lead', 'M+999', 'Ls'])).toEqual(['Rs', 'lead', 'M+999', 'Ls']);
});
