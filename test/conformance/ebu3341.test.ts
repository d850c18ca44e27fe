import { describe, expect, test } from 'vitest';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { createLoudnessMeter } from '../../src/meter/loudness-meter.ts';
import { playSine, type Stretch } from '../meter/sine.ts';

// EBU Tech 3341 V4 (November 2023), Table 1: minimum requirements test signals 1 to 6 and 9 to 14.
// Cases 7 and 8 are programme recordings; 15 to 23 are in true-peak.test.ts.
const kernels = createScalarKernels();
const sampleRateHz = 48000;
const stereoMeter = () => createLoudnessMeter({ kernels, sampleRateHz, layout: [1, 1] });
const stereo = (stretches: readonly (readonly [number, number])[]): Stretch[] =>
  stretches.map(([durationSec, level]) => [durationSec, level, level]);
const silence = -Infinity;
const near = (actual: number, expected: number): void =>
  expect(Math.abs(actual - expected), `${actual} is to be ${expected}`).toBeLessThanOrEqual(0.1);

describe('integrated loudness', () => {
  test.each([
    [1, -23],
    [2, -33],
  ])('case %i: all three scales read %f', (_case, level) => {
    const meter = stereoMeter();
    playSine(meter, stereo([[20, level]]));
    near(meter.momentaryLufs, level);
    near(meter.shortTermLufs, level);
    near(meter.result().integratedLufs, level);
  });

  test.each([
    [
      3,
      [
        [10, -36],
        [60, -23],
        [10, -36],
      ],
    ],
    [
      4,
      [
        [10, -72],
        [10, -36],
        [60, -23],
        [10, -36],
        [10, -72],
      ],
    ],
    [
      5,
      [
        [20, -26],
        [20.1, -20],
        [20, -26],
      ],
    ],
  ] as const)('case %i: gates', (_case, stretches) => {
    const meter = stereoMeter();
    playSine(meter, stereo(stretches));
    near(meter.result().integratedLufs, -23);
  });

  test('case 5 to the third decimal, as a float64 reference reads it', () => {
    const meter = stereoMeter();
    playSine(
      meter,
      stereo([
        [20, -26],
        [20.1, -20],
        [20, -26],
      ]),
    );
    expect(Math.abs(meter.result().integratedLufs - -22.979)).toBeLessThan(0.002);
  });

  test('case 6: 5.0 with surrounds', () => {
    const meter = createLoudnessMeter({ kernels, sampleRateHz, layout: [1, 1, 1, 1.41, 1.41] });
    playSine(meter, [[20, -28, -28, -24, -30, -30]]);
    near(meter.result().integratedLufs, -23);
    expect(Math.abs(meter.result().integratedLufs - -23.016)).toBeLessThan(0.002);
  });
});

describe('short-term and momentary loudness', () => {
  test('case 9: short-term is constant after 3 s', () => {
    const meter = stereoMeter();
    const signal = Array.from({ length: 5 }, () =>
      stereo([
        [1.34, -20],
        [1.66, -30],
      ]),
    ).flat();
    playSine(meter, signal, {
      listen: (timeSec) => {
        if (timeSec >= 3) near(meter.shortTermLufs, -23);
      },
    });
  });

  test('case 10: maximum short-term of 3 s at any offset', () => {
    for (let i = 0; i < 20; i++) {
      const meter = stereoMeter();
      playSine(
        meter,
        stereo([
          [i * 0.15, silence],
          [3, -23],
          [1, silence],
        ]),
      );
      near(meter.result().shortTermMaxLufs, -23);
    }
  });

  test('case 11: successive maxima of short-term, live', () => {
    const meter = stereoMeter();
    for (let i = 0; i < 20; i++) {
      let highest = -Infinity;
      playSine(
        meter,
        stereo([
          [i * 0.15, silence],
          [3, -38 + i],
          [3 - i * 0.15, silence],
        ]),
        {
          listen: () => (highest = Math.max(highest, meter.shortTermLufs)),
        },
      );
      near(highest, -38 + i);
    }
  });

  test('case 12: momentary is constant after 1 s', () => {
    const meter = stereoMeter();
    const signal = Array.from({ length: 25 }, () =>
      stereo([
        [0.18, -20],
        [0.22, -30],
      ]),
    ).flat();
    playSine(meter, signal, {
      listen: (timeSec) => {
        if (timeSec >= 1) near(meter.momentaryLufs, -23);
      },
    });
  });

  test('case 13: maximum momentary of 400 ms at any offset', () => {
    for (let i = 0; i < 20; i++) {
      const meter = stereoMeter();
      playSine(
        meter,
        stereo([
          [i * 0.02, silence],
          [0.4, -23],
          [1, silence],
        ]),
      );
      near(meter.result().momentaryMaxLufs, -23);
    }
  });

  test('case 14: successive maxima of momentary, live', () => {
    const meter = stereoMeter();
    for (let i = 0; i < 20; i++) {
      let highest = -Infinity;
      playSine(
        meter,
        stereo([
          [i * 0.02, silence],
          [0.4, -38 + i],
          [0.4 - i * 0.02, silence],
        ]),
        {
          listen: () => (highest = Math.max(highest, meter.momentaryLufs)),
        },
      );
      near(highest, -38 + i);
    }
  });
});

test.each([44100, 96000, 192000])('cases 3 and 6 at %i Hz', (rate) => {
  const gated = createLoudnessMeter({ kernels, sampleRateHz: rate, layout: [1, 1] });
  playSine(
    gated,
    stereo([
      [10, -36],
      [20, -23],
      [10, -36],
    ]),
    { sampleRateHz: rate },
  );
  near(gated.result().integratedLufs, -23);
  const surround = createLoudnessMeter({ kernels, sampleRateHz: rate, layout: [1, 1, 1, 1.41, 1.41] });
  playSine(surround, [[10, -28, -28, -24, -30, -30]], { sampleRateHz: rate });
  near(surround.result().integratedLufs, -23);
});
