import { createSampleDelay } from '../../dsp/sample-delay.ts';
import type { BiquadCoefficients } from '../../kernels/interfaces/filters.ts';
import type { GainApplier } from './dynamics.ts';
import type { EffectContext } from './effect.ts';
import type { ClassGains } from './gain-classes.ts';
import { memberRoundFrames } from './process-members.ts';

/**
 * Applies the gains of each band to a part of the spectrum, band after band: x + (gain - 1) part(x). A gain of 1 leaves
 * every bit.
 * @param parts see `designBandPart` [band]
 */
export function createBandApplier(
  { kernels, group }: Pick<EffectContext, 'kernels' | 'group'>,
  gains: readonly ClassGains[],
  parts: readonly BiquadCoefficients[],
  latencySamples: number,
): GainApplier {
  const { tracks } = group;
  const delays = tracks.map(() => createSampleDelay(latencySamples));
  const filters = parts.map((part) => kernels.createFilterCascade(tracks.map(() => [part])));
  const filtered = tracks.map(() => new Float32Array(memberRoundFrames));
  return {
    process(input, output) {
      const { frameCount } = input;
      for (let member = 0; member < tracks.length; member++)
        delays[member]!.process(input.channels[member]!, output.channels[member]!, frameCount);
      for (let band = 0; band < parts.length; band++) {
        filters[band]!.process(output.channels, frameCount, filtered);
        for (const { members, gains: own } of gains[band]!.classes)
          for (const member of members) addPart(output.channels[member]!, filtered[member]!, own, frameCount);
      }
    },
    reset() {
      for (const part of [...delays, ...filters]) part.reset();
    },
  };
}

function addPart(samples: Float32Array, part: Float32Array, gains: Float32Array, frameCount: number): void {
  for (let n = 0; n < frameCount; n++) samples[n] = samples[n]! + (gains[n]! - 1) * part[n]!;
}
