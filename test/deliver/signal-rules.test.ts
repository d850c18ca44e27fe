import { expect, test } from 'vitest';
import type { FileFacts, TrackFacts } from '../../src/deliver/file-facts.ts';
import type { Figures } from '../../src/deliver/figures.ts';
import { signalRules } from '../../src/deliver/signal-rules.ts';

const facts = (changes: Partial<FileFacts>): FileFacts => ({ sampleRateHz: 48_000, ...changes }) as FileFacts;
const ruleOf = (id: string) => signalRules.find((rule) => rule.id === id)!;
const check = (id: string, changes: Partial<FileFacts>) => ruleOf(id).check(facts(changes));

const track = (changes: Partial<TrackFacts>): TrackFacts => ({
  name: 'voice',
  kind: 'object',
  peakDbfs: -6,
  highShareDb: NaN,
  isLfe: false,
  ...changes,
});
const stereoMaster = { file: 'song.wav', durationSec: 10, headSilenceSec: 0.5 };

test('silent objects are told by name; bed channels may be silent', () => {
  const tracks = [
    track({}),
    track({ name: 'ghost', peakDbfs: -Infinity }),
    track({ name: 'bed Lts', kind: 'bed', peakDbfs: -Infinity }),
  ];
  expect(check('empty-objects', { tracks })).toEqual([{ place: 'ghost', found: 'silent' }]);
  expect(ruleOf('empty-objects').found!(facts({ tracks }))).toBe('2 objects sound');
  expect(check('empty-objects', { unmeasured: 'cannot be rendered' })).toBe('cannot be rendered');
});

test.each([
  [-19.9, [{ place: 'bed LFE1', found: '-19.9 dB above 300 Hz' }], '-19.9 dB above 300 Hz'],
  [-20.1, [], '-20.1 dB above 300 Hz'],
  [NaN, [], 'the LFE is silent'],
])('an LFE with %d dB above 300 Hz', (highShareDb, expected, found) => {
  const tracks = [track({}), track({ name: 'bed LFE1', kind: 'bed', isLfe: true, highShareDb })];
  expect(check('lfe-low-pass', { tracks })).toEqual(expected);
  expect(ruleOf('lfe-low-pass').found!(facts({ tracks }))).toBe(found);
});

// A frame of 24 a second has 2000 samples at 48 kHz.
test.each([
  [480_000, true, '0.000 s (0 samples)'],
  [481_999, true, '+0.042 s (+1999 samples)'],
  [482_000, false, '+0.042 s (+2000 samples)'],
  [478_000, false, '-0.042 s (-2000 samples)'],
])('%d samples beside a stereo master of 10 s', (frameCount, isRight, text) => {
  const faults = check('stereo-length', { frameCount, stereoMaster });
  expect(faults).toEqual(isRight ? [] : [{ place: 'song.wav', found: text }]);
  expect(ruleOf('stereo-length').found!(facts({ frameCount, stereoMaster }))).toBe(text);
});

test('a start that is later than that of the stereo master is told', () => {
  expect(check('stereo-start', { headSilenceSamples: 25_900, stereoMaster })).toEqual([]);
  expect(check('stereo-start', { headSilenceSamples: 26_100, stereoMaster })).toEqual([
    { place: 'song.wav', found: 'starts +0.044 s later' },
  ]);
  expect(check('stereo-start', { headSilenceSamples: 0 })).toBe('give --stereo-master');
  expect(check('stereo-length', { frameCount: 1 })).toBe('give --stereo-master');
});

test.each([
  [48_000, 4000, true],
  [48_000, 4001, false],
  [96_000, 4000, true],
  [44_100, 44_100, true],
  // Two frames of 1837.5 samples.
  [44_100, 3675, true],
  [44_100, 3000, false],
])('%d Hz, %d samples on the grid of frames: %s', (sampleRateHz, frameCount, isRight) => {
  const faults = check('frame-grid', { sampleRateHz, frameCount });
  expect((faults as unknown[]).length).toBe(isRight ? 0 : 1);
});

test('absolute silence, and what cannot be rendered', () => {
  const figures = (samplePeakDbfs: number) => ({ figures: { samplePeakDbfs } as Figures });
  expect(check('not-silent', figures(-Infinity))).toEqual([{ place: '', found: 'no signal at all' }]);
  expect(check('not-silent', figures(-100))).toEqual([]);
  expect(check('renders', { unmeasured: 'cannot be rendered: x' })).toEqual([
    { place: '', found: 'cannot be rendered: x' },
  ]);
  expect(check('renders', {})).toEqual([]);
});
