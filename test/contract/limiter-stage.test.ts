import { describe, expect, test } from 'vitest';
import { preciseFir } from '../../src/dsp/true-peak-fir.ts';
import { noise } from '../support.ts';
import { annex2, cut, emptyRows, limiterOptions, sets } from './contract-support.ts';

describe.each(sets)('%s limiter stage', (_, kernels) => {
  const frames = 6000;
  const channelCounts = [1, 2, 1, 1, 1];
  const groupCount = channelCounts.length;
  /** Loud in turns, so that each group rests at times; the last does for good, and bad values come by. */
  const inputs = channelCounts.map((count, group) =>
    Array.from({ length: count }, (__, channel) =>
      noise(frames, 1 + 2 * group + channel).map((x, n) =>
        n % 1500 === 7 && group === 2
          ? NaN
          : n % 40 === 0
            ? 1e-35
            : (Math.floor(n / 750) % 4 === group ? 1 : 0.1) * x,
      ),
    ),
  );
  const own = Float64Array.from({ length: groupCount ** 2 }, (__, at) => Number(at % (groupCount + 1) === 0));
  const linked = own.map((share, at) => (at === 1 ? 0.5 : share));
  const searches = [
    ['plain', annex2],
    ['precise', preciseFir],
  ] as const;
  const cases = searches.flatMap(([search, fir]) =>
    [own, linked].flatMap((links) => [false, true].map((isLowered) => ({ search, fir, links, isLowered }))),
  );
  const lower = (gains: readonly Float32Array[], frameCount: number): void => {
    for (const row of gains) for (let n = 0; n < frameCount; n++) row[n]! *= 0.75;
  };

  test.each(cases)(
    '$search, $isLowered: the bits of its parts, for any cut',
    ({ search, fir, links, isLowered }) => {
      const options = { ...limiterOptions({ links, holdSamples: 20 }), delaySamples: 110, inputGain: 1.25 };
      const meters = channelCounts.map((count) =>
        search === 'plain' ? kernels.createPeak(count, fir) : kernels.createPrecisePeak(count, fir),
      );
      const curves = kernels.createLimiterGain(options);
      const wantedGains = emptyRows(groupCount, frames);
      meters.forEach((meter, group) => meter.envelope(inputs[group]!, frames, 0.5, wantedGains[group]!));
      curves.process(wantedGains, frames, wantedGains);
      if (isLowered) lower(wantedGains, frames);
      const wanted = channelCounts.map((count, group) => {
        const outputs = emptyRows(count, frames);
        kernels
          .createDelayGain(count, 110)
          .process(inputs[group]!, 1.25, wantedGains[group]!, frames, outputs);
        return outputs;
      });
      const stage = kernels.createLimiterStage({ ...options, channelCounts, search, fir });
      for (const size of [7, 512, 4096]) {
        const outputs = channelCounts.map((count) => emptyRows(count, frames));
        let isSame = true;
        cut(frames, Math.min(size, stage.capacityFrames), (from, to) => {
          const part = (groups: readonly Float32Array[][]): Float32Array[][] =>
            groups.map((group) => group.map((row) => row.subarray(from, to)));
          stage.process(part(inputs), to - from, part(outputs), isLowered ? lower : undefined);
          for (let group = 0; group < groupCount; group++) {
            const gains = wantedGains[group]!.subarray(from, to);
            const stated = stage.isUnity(group) ? undefined : stage.gains[group]!;
            isSame &&= gains.every((gain, n) => gain === (stated ? stated[n] : 1));
          }
        });
        outputs.flat().forEach((row, index) => {
          const right = wanted.flat()[index]!;
          isSame &&= row.every((x, n) => Object.is(x, right[n]));
        });
        expect(isSame).toBe(true);
        stage.reset();
      }
    },
  );
});
