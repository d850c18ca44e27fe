import { expect, test } from 'vitest';
import type { ProfileRule } from '../../src/deliver/profile.ts';
import { confidenceText, measuredText, ruleText, sourceText } from '../../src/deliver/rule-text.ts';

const rule = (parts: object): ProfileRule =>
  ({ source: undefined, confidence: 'memory', ...parts }) as ProfileRule;

test.each([
  [{ measure: 'integratedLufs', target: -14, tolerance: 0.5 }, 'integrated loudness -14 +-0.5 LUFS'],
  [
    { measure: 'integratedLufs', maximum: -18, on: '5.1' },
    'integrated loudness at most -18 LUFS of the 5.1 re-render',
  ],
  [{ measure: 'truePeakDbtp', maximum: -1, tolerance: 0.3 }, 'true peak at most -1 +0.3 dBTP'],
  [{ measure: 'integratedLufs', minimum: -31 }, 'integrated loudness at least -31 LUFS'],
  [{ measure: 'loudnessRangeLu', minimum: 4, maximum: 18 }, 'loudness range 4 to 18 LU'],
  [{ measure: 'sampleRateHz', allowed: [48000, 96000] }, 'sample rate 48000 or 96000 Hz'],
  [{ measure: 'text', text: 'an ADM BWF file' }, 'an ADM BWF file'],
])('%j', (parts, text) => {
  expect(ruleText(rule(parts))).toBe(text);
});

test('values have their unit, silence has none', () => {
  expect(measuredText('integratedLufs', -13.268)).toBe('-13.27 LUFS');
  expect(measuredText('truePeakDbtp', -0.001)).toBe('0.00 dBTP');
  expect(measuredText('bitDepth', 24)).toBe('24 bit');
  expect(measuredText('integratedLufs', -Infinity)).toBe('silent or under 0.4 s');
  expect(measuredText('truePeakDbtp', -Infinity)).toBe('no signal');
});

test('what is from memory says so', () => {
  expect(confidenceText({ confidence: 'memory' })).toBe('unverified');
  expect(sourceText({ source: undefined })).toBe('from memory');
  const source = {
    title: 'Page',
    where: 'https://example.org',
    date: '2014-12',
    confidence: 'owner' as const,
  };
  expect(sourceText({ source })).toBe('Page, https://example.org, 2014-12');
});
