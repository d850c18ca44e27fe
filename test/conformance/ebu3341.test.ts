import { describe, expect, test } from 'vitest';
import { measureSines, ratesHz, stereo } from './measured-sines.ts';

// EBU Tech 3341 V4 (November 2023), Table 1: minimum requirements test signals 1 to 6 and 9 to 14.
// Cases 7 and 8 are programme recordings; 15 to 23 are in true-peak.test.ts.
const silence = -Infinity;
const near = (actual: number, expected: number): void =>
  expect(Math.abs(actual - expected), `${actual} is to be ${expected}`).toBeLessThanOrEqual(0.1);

describe.each(ratesHz)('at %i Hz', (rateHz) => {
  /** The bilinear transform bends the weighting a little, and not alike at all rates. */
  const reading = rateHz === 48000 ? 0.001 : 0.01;
  /** Every offset of cases 10 to 14; at high rates, which take long, every third. */
  const offsets = Array.from({ length: 20 }, (_, i) => i).filter((i) => rateHz <= 48000 || i % 3 === 1);

  test.each([
    [1, -23],
    [2, -33],
  ])('case %i: all three scales read %f', (_case, level) => {
    const sines = measureSines(rateHz);
    sines.play(stereo([[20, level]]));
    near(sines.meter.momentaryLufs, level);
    near(sines.meter.shortTermLufs, level);
    near(sines.result().integratedLufs, level);
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
  ] as const)('case %i: gates', (number, stretches) => {
    const sines = measureSines(rateHz);
    sines.play(stereo(stretches));
    const { integratedLufs } = sines.result();
    near(integratedLufs, -23);
    // What it truly reads.
    if (number === 5) expect(Math.abs(integratedLufs - -22.979)).toBeLessThan(reading);
  });

  test('case 6: 5.0 with surrounds', () => {
    const sines = measureSines(rateHz, [1, 1, 1, 1.41, 1.41]);
    sines.play([[20, -28, -28, -24, -30, -30]]);
    const { integratedLufs } = sines.result();
    near(integratedLufs, -23);
    expect(Math.abs(integratedLufs - -23.016)).toBeLessThan(reading);
  });

  test('case 9: short-term is constant after 3 s', () => {
    const sines = measureSines(rateHz);
    const once = stereo([
      [1.34, -20],
      [1.66, -30],
    ]);
    sines.play([...once, ...once, ...once, ...once, ...once], (timeSec) => {
      if (timeSec >= 3) near(sines.meter.shortTermLufs, -23);
    });
    sines.result();
  });

  test('case 10: maximum short-term of 3 s at any offset', () => {
    for (const i of offsets) {
      const sines = measureSines(rateHz);
      sines.play(
        stereo([
          [i * 0.15, silence],
          [3, -23],
          [1, silence],
        ]),
      );
      const { shortTermMaxLufs, shortTermMaxEndSec } = sines.result();
      near(shortTermMaxLufs, -23);
      expect(Math.abs(shortTermMaxEndSec - (i * 0.15 + 3))).toBeLessThan(0.025);
    }
  });

  test('case 11: successive maxima of short-term, live', () => {
    const sines = measureSines(rateHz);
    for (const i of offsets) {
      let highest = -Infinity;
      sines.play(
        stereo([
          [i * 0.15, silence],
          [3, -38 + i],
          [3 - i * 0.15, silence],
        ]),
        () => {
          highest = Math.max(highest, sines.meter.shortTermLufs);
        },
      );
      near(highest, -38 + i);
    }
    sines.result();
  });

  test('case 12: momentary is constant after 1 s', () => {
    const sines = measureSines(rateHz);
    const once = stereo([
      [0.18, -20],
      [0.22, -30],
    ]);
    sines.play(Array.from({ length: 25 }, () => once).flat(), (timeSec) => {
      if (timeSec >= 1) near(sines.meter.momentaryLufs, -23);
    });
    sines.result();
  });

  test('case 13: maximum momentary of 400 ms at any offset', () => {
    for (const i of offsets) {
      const sines = measureSines(rateHz);
      sines.play(
        stereo([
          [i * 0.02, silence],
          [0.4, -23],
          [1, silence],
        ]),
      );
      const { momentaryMaxLufs, momentaryMaxEndSec } = sines.result();
      near(momentaryMaxLufs, -23);
      expect(Math.abs(momentaryMaxEndSec - (i * 0.02 + 0.4))).toBeLessThan(0.025);
    }
  });

  test('case 14: successive maxima of momentary, live', () => {
    const sines = measureSines(rateHz);
    for (const i of offsets) {
      let highest = -Infinity;
      sines.play(
        stereo([
          [i * 0.02, silence],
          [0.4, -38 + i],
          [0.4 - i * 0.02, silence],
        ]),
        () => {
          highest = Math.max(highest, sines.meter.momentaryLufs);
        },
      );
      near(highest, -38 + i);
    }
    sines.result();
  });
});
