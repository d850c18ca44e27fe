import { expect, test } from 'vitest';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { createFiguresMeter, createProgrammeMeter } from '../../src/meter/measure.ts';
import { playSine } from './sine.ts';

const kernels = createScalarKernels();

test('one pass gives every figure; the LFE counts in the peaks and not in the loudness', () => {
  const layout = getLayout('5.1');
  const meter = createProgrammeMeter({ kernels, sampleRateHz: 48000, layout });
  const levels = layout.loudspeakers.map(({ label, isLfe }) =>
    isLfe ? -6 : label === 'M+030' ? -20 : -Infinity,
  );
  playSine(meter, [[4, ...levels]], { frequencyHz: 997 });
  const measurement = meter.finish();
  expect(Math.abs(measurement.integratedLufs - -23.01)).toBeLessThan(0.01);
  expect(Math.abs(measurement.momentaryMaxLufs - -23.01)).toBeLessThan(0.01);
  expect(Math.abs(measurement.shortTermMaxLufs - -23.01)).toBeLessThan(0.01);
  expect(measurement.samplePeakDbfs).toBeCloseTo(-6, 2);
  expect(Math.abs(measurement.truePeakDbtp - -6)).toBeLessThan(0.2);
  expect(measurement.frameCount).toBe(4 * 48000);
  expect(measurement.channels.map(({ label }) => label)).toEqual(
    layout.loudspeakers.map(({ label }) => label),
  );
  expect(measurement.channels[0]!.samplePeakDbfs).toBeCloseTo(-20, 2);
  expect(measurement.channels[1]!.truePeakDbtp).toBe(-Infinity);
});

test('the meter of figures alone gives the same figures', () => {
  const options = { kernels, sampleRateHz: 48000, layout: getLayout('5.1') };
  const [whole, figures] = [createProgrammeMeter(options), createFiguresMeter(options)];
  const levels = options.layout.loudspeakers.map((_, channel) => -10 - 3 * channel);
  for (const meter of [whole, figures]) playSine(meter, [[4, ...levels]], { frequencyHz: 997 });
  const wanted = whole.finish();
  const { blockPowers, ...given } = figures.finish();
  expect(blockPowers).toHaveLength(37);
  expect(wanted).toMatchObject(given);
  expect(Object.keys(given)).toHaveLength(8);
});

test('what is measured of loudness and samples together', () => {
  const meter = createProgrammeMeter({
    kernels,
    sampleRateHz: 48000,
    layout: getLayout('0+2+0'),
    withCurve: true,
    ceilingDbtp: -7,
  });
  playSine(
    meter,
    [
      [1, -Infinity, -Infinity],
      [6, -20, -20],
      [0.5, -6, -6],
      [1, -Infinity, -Infinity],
    ],
    { frequencyHz: 997 },
  );
  const measurement = meter.finish();
  expect(measurement.plrDb).toBeCloseTo(measurement.truePeakDbtp - measurement.integratedLufs, 9);
  expect(measurement.truePeakSec).toBeGreaterThan(7);
  expect(measurement.truePeakSec).toBeLessThan(7.5);
  expect(measurement.momentaryMaxEndSec).toBeCloseTo(7.4, 6);
  expect(measurement.shortTermMaxEndSec).toBeCloseTo(7.5, 6);
  expect(measurement.maximaOf100Ms.momentaryMaxLufs).toBeCloseTo(measurement.momentaryMaxLufs, 3);
  // The steady tone of -20 has the least: a sine in two channels is as loud as its peak.
  expect(Math.abs(measurement.psrMinDb)).toBeLessThan(0.1);
  expect(measurement.curve!.momentaryLufs).toHaveLength(85);
  expect(measurement.overs).toMatchObject({ ceilingDbtp: -7, count: 2 });
  expect(measurement.pairs).toMatchObject([{ left: 'M+030', right: 'M-030', correlation: 1 }]);
  expect(measurement.silence).toMatchObject({ headSec: 48001 / 48000, tailSec: 1 });
});
