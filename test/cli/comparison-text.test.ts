import { expect, test } from 'vitest';
import { channelDifferenceText, comparisonText } from '../../src/cli/comparison-text.ts';
import type { AudioComparison } from '../../src/job/compare-audio.ts';

const side = {
  file: 'a.wav',
  lengthSamples: 480_000,
  integratedLufs: -14,
  loudnessRangeLu: 5,
  truePeakDbtp: -1,
};
const comparison: AudioComparison = {
  name: 'stereo',
  layout: 'stereo',
  sampleRateHz: 48000,
  first: side,
  second: { ...side, lengthSamples: 480_480, integratedLufs: -16.5 },
  offsetSamples: 480,
  correlation: 0.99876,
  comparedSamples: 480_000,
  isIdentical: false,
  matchGainDb: 2.5,
  difference: {
    isIdentical: false,
    channels: [{ label: 'M+030', peakDbfs: -20, rmsDbfs: -30, matchedRmsDbfs: -40 }],
    peakDbfs: -20,
    peakSample: 5,
    rmsDbfs: -30,
    matchedRmsDbfs: -40,
    worstBand: { channel: 'M+030', centreHz: 3981.07, differenceDb: 1.234 },
  },
};

test('a line for each layout, and where the second lies', () => {
  const text = comparisonText({
    version: 1,
    first: 'a',
    second: 'b',
    targets: undefined,
    comparisons: [comparison],
    onlyFirst: ['x.wav'],
    onlySecond: [],
  });
  expect(text.split('\n')).toEqual([
    'layout  null  peak dBFS  RMS dBFS  matched RMS  worst 1/3 octave, matched      LU   LRA  dBTP',
    'stereo  no        -20.0     -30.0        -40.0  +1.23 dB at 4.0 kHz, M+030  -2.50  0.00  0.00',
    'stereo: the second comes 480 samples (10.00 ms) later, correlation 0.9988',
    'stereo: the second is 480 samples longer',
    'stereo: the second is 2.50 LU softer; turn it up by 2.50 dB before you listen',
    'only in a: x.wav',
  ]);
});

test('channel by channel', () => {
  expect(channelDifferenceText(comparison).split('\n')[1]).toBe('M+030       -20.0     -30.0        -40.0');
});

test('whether both may be heard as they are', () => {
  const lastLines = (...seconds: number[]): string[] => {
    const comparisons = seconds.map((integratedLufs, index) => ({
      ...comparison,
      ...{ name: `t${index}`, offsetSamples: 0, second: { ...side, integratedLufs } },
    }));
    const result = { version: 1, first: 'a', second: 'b', targets: undefined, comparisons } as const;
    const text = comparisonText({ ...result, onlyFirst: [], onlySecond: [] });
    return text.split('\n').slice(1 + seconds.length);
  };
  expect(lastLines(-14.05, -13.9)).toEqual(['at the same loudness, within 0.1 LU: t0, t1']);
  expect(lastLines(-14, -13.5)).toEqual([
    't1: the second is 0.50 LU louder; turn it down by 0.50 dB before you listen',
  ]);
  expect(lastLines(-Infinity)).toEqual(['t0: without loudness, so compared as it is']);
});
