import { InternalError } from '../base/errors.ts';
import { earOverlapSteps } from './ear-convolver-plan.ts';
import { bytesPerSample } from './interfaces/pcm.ts';
import type {
  ChannelConvolverOptions,
  EarConvolverOptions,
  EarMix,
  FeedbackDelayOptions,
  FixedConvolverOptions,
  MixConvolverOptions,
  StereoConvolverOptions,
} from './interfaces/convolvers.ts';
import type { ExtentGrid } from './interfaces/extent.ts';
import type { BandSplitOptions, BiquadCoefficients, ResamplingFir } from './interfaces/filters.ts';
import type { DynamicsRow, LimiterGainOptions, LimiterStageOptions } from './interfaces/gains.ts';
import type { OctaveBandDesign, PolyphaseFir } from './interfaces/meters.ts';
import type { SampleFormat } from './interfaces/pcm.ts';
import type { NoiseShaperOptions } from './interfaces/quantizers.ts';

/** Throws InternalError unless `value` is an integer in min..max. */
export function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new InternalError('kernel-options', `${name} is ${value}; an integer in ${min}..${max} is allowed`);
}

/** Throws InternalError unless every array holds at least `frameCount` samples. */
export function requireFrames(name: string, channels: readonly Float32Array[], frameCount: number): void {
  for (const channel of channels) {
    if (channel.length >= frameCount) continue;
    throw new InternalError('kernel-options', `${name} hold ${channel.length} of ${frameCount} samples`);
  }
}

/** Throws InternalError unless [from, to) is a piece of at most `mostFrames` and of whole eighths that every array holds. */
export function requirePiece(
  name: string,
  channels: readonly Float32Array[],
  from: number,
  to: number,
  mostFrames: number,
): void {
  requireInteger('an eighth of a piece', (to - from) / 8, 0, mostFrames / 8);
  requireInteger('from', from, 0, to);
  requireFrames(name, channels, to);
}

/** Throws InternalError unless `bytes` and the planar channels hold `frameCount` frames of `format`. */
export function requirePcm(
  format: SampleFormat,
  bytes: Uint8Array,
  frameCount: number,
  channels: readonly Float32Array[],
): void {
  requireInteger('frameCount', frameCount, 0, Number.MAX_SAFE_INTEGER);
  requireFrames('channels', channels, frameCount);
  const byteCount = frameCount * channels.length * bytesPerSample[format];
  if (bytes.length >= byteCount) return;
  throw new InternalError(
    'kernel-options',
    `${format} data is ${bytes.length} bytes; ${byteCount} are needed`,
  );
}

/** Throws InternalError unless the FIR has 1..256 phases of 1..1024 taps and as many coefficients. */
export function requireFir({ phaseCount, tapCount, coefficients }: PolyphaseFir): void {
  requireInteger('phaseCount', phaseCount, 1, 256);
  requireInteger('tapCount', tapCount, 1, 1024);
  requireInteger('coefficients.length', coefficients.length, phaseCount * tapCount, phaseCount * tapCount);
}

/** Throws InternalError unless there are 1..4096 channels, and each pair is of two of them. */
export function requirePairs(channelCount: number, pairs: readonly (readonly [number, number])[]): void {
  requireInteger('channelCount', channelCount, 1, 4096);
  for (const channel of pairs.flat()) requireInteger('channel of a pair', channel, 0, channelCount - 1);
}

/** Throws InternalError unless counts are in range and every band has three sections. */
export function requireOctaveBands(channelCount: number, { bands, halfBandTaps }: OctaveBandDesign): void {
  requireInteger('channelCount', channelCount, 1, 4096);
  requireInteger('bands.length', bands.length, 1, 64);
  requireInteger('halfBandTaps.length', halfBandTaps.length, 1, 64);
  for (const { stage, sections } of bands) {
    requireInteger('stage', stage, 0, 20);
    requireInteger('sections.length', sections.length, 3, 3);
  }
}

/** Throws InternalError unless the FIR is one that a `PrecisePeakKernel` takes. */
export function requirePreciseFir(fir: PolyphaseFir): void {
  requireFir(fir);
  const { phaseCount, tapCount, coefficients } = fir;
  requireInteger('phaseCount / 4', phaseCount / 4, 1, 64);
  requireInteger('tapCount / 2', tapCount / 2, 1, 512);
  const isMirrored = coefficients.every((value, index) => {
    const [phase, tap] = [Math.floor(index / tapCount), index % tapCount];
    if (phase === 0) return value === Number(tap === tapCount / 2);
    return Math.abs(value - coefficients[(phaseCount - phase + 1) * tapCount - 1 - tap]!) < 1e-6;
  });
  if (isMirrored) return;
  throw new InternalError('kernel-options', 'the phases of a precise FIR must mirror each other');
}

/** Throws InternalError unless there are channels, bands, and numbers of detectors and sets that count from 0. */
export function requireBandSplit(options: BandSplitOptions): void {
  const { crossovers, detectorOfChannel, gainSetOfChannel } = options;
  requireInteger('count of crossovers', crossovers.length, 1, 15);
  const channelCount = detectorOfChannel.length;
  requireInteger('channelCount', channelCount, 1, 4096);
  requireInteger('count of sets of channels', gainSetOfChannel.length, channelCount, channelCount);
  requireNumbers('number of a detector', detectorOfChannel, -1);
  requireNumbers('number of a set', gainSetOfChannel, 0);
}

/** Throws InternalError unless numbers start at `least` or above it and leave none out from 0 on. */
function requireNumbers(name: string, numbers: readonly number[], least: number): void {
  for (const number of numbers) {
    requireInteger(name, number, least, numbers.length - 1);
    if (number <= 0 || numbers.includes(number - 1)) continue;
    throw new InternalError('kernel-options', `${name} is ${number}, and none is ${number - 1}`);
  }
}

/** Throws InternalError unless there are 1..4096 channels and each has the same number of sections, 1..1024. */
export function requireFilterCascade(sections: readonly (readonly BiquadCoefficients[])[]): void {
  requireInteger('channelCount', sections.length, 1, 4096);
  const count = sections[0]!.length;
  requireInteger('sections of channel 0', count, 1, 1024);
  for (const [channel, own] of sections.entries())
    requireInteger(`sections of channel ${channel}`, own.length, count, count);
}

/** Throws InternalError unless the word length is 2..24 and there is a seed for each of 1..4096 channels. */
export function requireQuantizer(bitDepth: number, seeds: Int32Array): void {
  requireInteger('bitDepth', bitDepth, 2, 24);
  requireInteger('seeds.length', seeds.length, 1, 4096);
}

/** Throws InternalError unless the quantiser is one that is allowed and the filter has 1..32 coefficients. */
export function requireNoiseShaper({ bitDepth, seeds, errorFilter }: NoiseShaperOptions): void {
  requireQuantizer(bitDepth, seeds);
  requireInteger('errorFilter.length', errorFilter.length, 1, 32);
}

/** Throws InternalError unless the factors are 1..2^20, the taps whole groups of eight, and the table is whole. */
export function requireResampler(
  channelCount: number,
  { upFactor, downFactor, tapCount, coefficients }: ResamplingFir,
): void {
  requireInteger('channelCount', channelCount, 1, 4096);
  requireInteger('upFactor', upFactor, 1, 1 << 20);
  requireInteger('downFactor', downFactor, 1, 1 << 20);
  requireInteger('an eighth of tapCount', tapCount / 8, 1, 1 << 16);
  requireInteger('coefficients.length', coefficients.length, upFactor * tapCount, upFactor * tapCount);
}

/** Throws InternalError unless the look-ahead is even and 2..65536, links are square and every number is in range. */
export function requireLimiterGain(options: LimiterGainOptions): void {
  const { links, lookaheadSamples, holdSamples, release, ceilingGain } = options;
  requireInteger('root of links.length', Math.sqrt(links.length), 1, 4096);
  for (const link of links) requireShare('link', link);
  requireInteger('half of lookaheadSamples', lookaheadSamples / 2, 1, 32768);
  requireInteger('holdSamples', holdSamples, 0, 1 << 20);
  for (const [name, value] of Object.entries(release)) requireShare(`release.${name}`, value);
  if (ceilingGain > 0 && release.factor < 1 && release.discharge <= release.charge) return;
  throw new InternalError(
    'kernel-options',
    `ceilingGain is ${ceilingGain}, release.factor ${release.factor}, discharge ${release.discharge}; above 0, below 1 and at most charge is allowed`,
  );
}

/** Throws InternalError unless the options of a limiter stage fit each other. */
export function requireLimiterStage(options: LimiterStageOptions): void {
  const { channelCounts, links, delaySamples } = options;
  requireInteger('channelCounts.length', channelCounts.length, 1, 4096);
  for (const count of channelCounts) requireInteger('channelCounts', count, 1, 4096);
  requireInteger('root of links.length', Math.sqrt(links.length), channelCounts.length, channelCounts.length);
  requireInteger('delaySamples', delaySamples, 0, 1 << 20);
}

/** Throws InternalError unless there are rows, and their values are in range. */
export function requireDynamicsGain(rows: readonly DynamicsRow[]): void {
  requireInteger('count of rows', rows.length, 1, 65536);
  for (const { kneeDb, rangeDb, meanShare, attackFactor, release } of rows) {
    requireShare('meanShare', meanShare);
    requireShare('attackFactor', attackFactor);
    for (const [name, value] of Object.entries(release)) requireShare(`release.${name}`, value);
    if (kneeDb >= 0 && rangeDb >= 0) continue;
    const message = `kneeDb is ${kneeDb}, rangeDb ${rangeDb}; 0 and up is allowed`;
    throw new InternalError('kernel-options', message);
  }
}

function requireShare(name: string, value: number): void {
  if (value >= 0 && value <= 1) return;
  throw new InternalError('kernel-options', `${name} is ${value}; 0..1 is allowed`);
}

/** Throws InternalError unless the hop is a multiple of 8 in 64..8192 and the counts are in range. */
export function requireConvolver({ inputCount, tapCount, hopFrames }: StereoConvolverOptions): void {
  requireInteger('inputCount', inputCount, 1, 4096);
  requireInteger('tapCount', tapCount, 1, 1 << 20);
  requireInteger('an eighth of hopFrames', hopFrames / 8, 8, 1024);
}

/** Throws InternalError unless there are 1..4096 pairs of up to 65536 taps and the hop is a multiple of 16. */
export function requireFixedConvolver({ filters, sendGains, hopFrames }: FixedConvolverOptions): void {
  requireInteger('filters.length', filters.length, 1, 4096);
  requireInteger('sendGains.length', sendGains.length, 0, filters.length);
  for (const { left, right } of filters)
    requireInteger('filter length', Math.max(left.length, right.length), 1, 65536);
  requireInteger('a sixteenth of hopFrames', hopFrames / 16, 1, 4096);
}

/** Throws InternalError unless there are 1..4096 filters of 1..65536 taps and the hop is a multiple of 16. */
export function requireChannelConvolver({ filters, hopFrames }: ChannelConvolverOptions): void {
  requireInteger('filters.length', filters.length, 1, 4096);
  for (const filter of filters) requireInteger('filter length', filter.length, 1, 65536);
  requireInteger('a sixteenth of hopFrames', hopFrames / 16, 1, 4096);
}

/** Throws InternalError unless the counts and the frames of a round are in range. */
export function requireMix(sourceCount: number, outputCount: number, capacityFrames: number): void {
  requireInteger('sourceCount', sourceCount, 1, 65536);
  requireInteger('outputCount', outputCount, 1, 65536);
  requireInteger('capacityFrames', capacityFrames, 1, 1 << 20);
}

/** Throws InternalError unless mixer, filters and delay are in range. */
export function requireMixConvolver(options: MixConvolverOptions): void {
  requireChannelConvolver(options);
  requireMix(options.sourceCount, 2 * options.filters.length, options.hopFrames);
  requireInteger('directDelaySamples', options.directDelaySamples, 0, 65536);
}

/** Throws InternalError unless there are 1..4096 outputs, which hold all that the grid has gains for. */
export function requireExtent({ points, gainStarts, outputs }: ExtentGrid, outputCount: number): void {
  requireInteger('outputCount', outputCount, 1, 4096);
  requireInteger('a third of points.length', points.length / 3, 1, 65536);
  requireInteger('gainStarts.length', gainStarts.length, points.length / 3 + 1, points.length / 3 + 1);
  for (const output of outputs) requireInteger('output', output, 0, outputCount - 1);
}

/** Frames that a feedback delay network works out at once: none of its lines may be shorter. */
export const feedbackBlockFrames = 64;

/** Throws InternalError unless there are eight lines with their gains, all long enough. */
export function requireFeedbackDelay(options: FeedbackDelayOptions): void {
  const { lineSamples, middleGains, sideGains, inputGains, tapSpacingSamples, hopFrames } = options;
  for (const { length } of [lineSamples, middleGains, sideGains, inputGains])
    requireInteger('lines', length, 8, 8);
  requireInteger('tapSpacingSamples', tapSpacingSamples, 1, 64);
  for (const line of lineSamples)
    requireInteger('lineSamples', line, feedbackBlockFrames + tapSpacingSamples, 1 << 20);
  requireInteger('an eighth of hopFrames', hopFrames / 8, 1, 1 << 17);
}

/** Throws InternalError unless counts, steps and the longest delay are in range. */
export function requireEarConvolver(options: EarConvolverOptions): void {
  const { sourceCount, responseCount, tapCount, bandwidth, maximumDelaySamples } = options;
  const { stepFrames, blockSteps, stepCount } = options;
  requireInteger('sourceCount', sourceCount, 1, 4096);
  requireInteger('responseCount', responseCount, 1, 1 << 20);
  requireInteger('tapCount', tapCount, 1, 1 << 16);
  requireInteger('an eighth of stepFrames', stepFrames / 8, 1, 1024);
  requireInteger('blockSteps', blockSteps, 1, 64);
  requireInteger('stepCount / blockSteps', stepCount / blockSteps, 1, 64);
  requireInteger('maximumDelaySamples', maximumDelaySamples, 0, 1 << 16);
  if (!(bandwidth > 0 && bandwidth <= 1))
    throw new InternalError('kernel-options', `bandwidth is ${bandwidth}; above 0 to 1 is allowed`);
}

/** Throws InternalError unless the number of a response and the lengths of its parts are allowed. */
export function requireResponse(
  { responseCount, tapCount }: EarConvolverOptions,
  response: number,
  left: Float32Array,
  right: Float32Array,
): void {
  requireInteger('response', response, 0, responseCount - 1);
  requireInteger('left.length', left.length, 0, tapCount);
  requireInteger('right.length', right.length, 0, tapCount);
}

/** Throws InternalError unless a source, a step, its responses and delays are allowed. */
export function requireEarMix(
  { sourceCount, stepCount, responseCount, maximumDelaySamples }: EarConvolverOptions,
  source: number,
  step: number,
  { responses, delaySamples }: EarMix,
): void {
  requireInteger('source', source, 0, sourceCount - 1);
  requireInteger('step', step, -earOverlapSteps, stepCount - 1);
  for (let j = 0; j < 3; j++) requireInteger('response', responses[j]!, 0, responseCount - 1);
  for (let ear = 0; ear < 2; ear++) {
    const delay = delaySamples[ear]!;
    if (delay >= 0 && delay <= maximumDelaySamples) continue;
    throw new InternalError(
      'kernel-options',
      `delay is ${delay} samples; 0..${maximumDelaySamples} is allowed`,
    );
  }
}
