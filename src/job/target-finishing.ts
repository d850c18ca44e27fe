import { ConfigError } from '../base/errors.ts';
import { resampledFrames } from '../dsp/resampler.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { BiquadCoefficients } from '../kernels/interfaces/filters.ts';
import { createEqualizer, designEqualizer } from '../master/equalizer.ts';
import { createFader } from '../master/fades.ts';
import { planEdit, type ProgrammeEdit } from '../master/programme-edit.ts';
import type { TargetSettings } from '../master/target-settings.ts';
import type { PlannedTarget } from './plan.ts';
import type { Tap } from './pump.ts';
import { createChainTap } from './taps.ts';

/** What is done to a target's bus, once it has its sample rate, before its loudness is measured; plain data. */
export interface TargetFinishing {
  /** Filters [channel][section]; undefined where there are none. */
  readonly equalizer: readonly (readonly BiquadCoefficients[])[] | undefined;
  readonly edit: ProgrammeEdit;
}

/**
 * Settles what is done to a target's bus.
 * @param frameCount of the programme at the rate of the scene
 * @throws ConfigError naming the target: filters above the band, channels that it has not, trims and fades too long
 */
export function planFinishing(
  { target, fileLabels, fileChannels }: PlannedTarget,
  settings: TargetSettings,
  frameCount: number,
  sceneRateHz: number,
): TargetFinishing {
  const sampleRateHz = settings.sampleRateHz ?? sceneRateHz;
  const frames = resampledFrames(frameCount, { fromHz: sceneRateHz, toHz: sampleRateHz });
  try {
    return {
      equalizer: designEqualizer({
        bands: settings.eq,
        removesDc: settings.dcRemoval,
        sampleRateHz,
        channelLabels: fileChannels.map((_, channel) => fileLabels[fileChannels.indexOf(channel)]!),
      }),
      edit: planEdit(settings, frames, sampleRateHz),
    };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(error.code, `${target.name}: ${error.message}`, { cause: error });
  }
}

/**
 * Filters, trims and fades what passes before the tap; the tap itself where nothing is to be done. Filters hear the
 * trimmed head, so that they have settled where the programme begins.
 */
export function finishingTap(
  { equalizer, edit }: TargetFinishing,
  channelCount: number,
  kernels: Kernels,
  tap: Tap,
): Tap {
  const isFaded = edit.fadeIn !== undefined || edit.fadeOut !== undefined;
  const faded = isFaded ? createChainTap(createFader({ ...edit, channelCount }), tap) : tap;
  const trimmed = edit.headFrames + edit.tailFrames > 0 ? trimTap(edit, faded) : faded;
  return equalizer ? createChainTap(createEqualizer(kernels, equalizer), trimmed) : trimmed;
}

/** Hands on `frameCount` frames behind the head. */
function trimTap({ headFrames, frameCount }: ProgrammeEdit, tap: Tap): Tap {
  let position = -headFrames;
  return {
    take(block) {
      const from = Math.max(0, -position);
      const to = Math.min(block.frameCount, frameCount - position);
      position += block.frameCount;
      if (from >= to) return;
      return tap.take({
        channels: block.channels.map((channel) => channel.subarray(from, to)),
        frameCount: to - from,
      });
    },
  };
}
