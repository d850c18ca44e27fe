import { expect, test } from 'vitest';
import { measurementText } from '../../src/cli/measurement-text.ts';
import type { FileMeasurement } from '../../src/job/file-measurement.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { createProgrammeMeter } from '../../src/meter/measure.ts';
import { playSine } from '../meter/sine.ts';

function measurement(...levelsDbfs: number[]): FileMeasurement {
  const layout = getLayout('0+2+0');
  const meter = createProgrammeMeter({ kernels: createScalarKernels(), sampleRateHz: 48000, layout });
  playSine(meter, [[4, ...levelsDbfs]], { frequencyHz: 997 });
  const { frameCount, ...figures } = meter.finish();
  const facts = { container: 'WAV', layout: '2.0', sampleRateHz: 48000, bitDepth: 24 };
  return { file: 'a.wav', ...facts, durationSec: frameCount / 48000, ...figures };
}

test('three lines for stereo, and its channels where they are wanted', () => {
  const tone = measurement(-6, -12);
  const text = measurementText(tone, { everyChannel: false, details: false });
  expect(text.split('\n')).toEqual([
    'a.wav  (2.0, 0:04.0)',
    '  integrated -8.04 LUFS   max momentary -8.0   max short-term -8.0   range 2.2 LU',
    '  true peak -5.99 dBTP   sample peak -6.00 dBFS   PLR 2.0   DR 0',
  ]);
  const more = measurementText(tone, { everyChannel: true, details: false }).split('\n').slice(3);
  expect(more).toEqual([
    '  channel    dBTP    dBFS',
    '  M+030     -5.99   -6.00',
    '  M-030    -11.99  -12.00',
  ]);
});

test('details: times, events, channels, pairs, bands', () => {
  const lines = measurementText(measurement(-0.5, -0.5), { everyChannel: false, details: true }).split('\n');
  expect(lines.some((line) => /^ {2}max short-term .* LUFS, window to 0:0[34]\.\d{3};/.test(line))).toBe(
    true,
  );
  expect(lines.some((line) => /^ {2}overs above -1 dBTP: 2: M\+030 0:00\.000 /.test(line))).toBe(true);
  expect(lines).toContain('  clipped runs: none');
  expect(lines).toContain(
    '  silence below -80 dBFS: 0.000 s (1 samples) at the head, 0.000 s (0 samples) at the tail',
  );
  expect(lines.some((line) => /^ {2}M\+030 M-030 +1\.000 +1\.000 .* 3\.01$/.test(line))).toBe(true);
  expect(lines.filter((line) => line.startsWith('  RMS dBFS'))).toHaveLength(1);
});

test('silence is dashes', () => {
  const text = measurementText(measurement(-Infinity, -Infinity), { everyChannel: false, details: true });
  expect(text).toContain('integrated - LUFS');
  expect(text).not.toContain('NaN');
  expect(text).toContain('(192000 samples) at the head');
});
