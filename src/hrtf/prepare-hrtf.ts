import { HrtfError } from '../base/errors.ts';
import { polarToCartesian } from '../base/coordinates.ts';
import { triangulateSphere } from '../math/sphere-triangulation.ts';
import { alignMeasured } from './align-measured.ts';
import { buildHrtfDefaults, buildHrtfSet, cutSpectra, type BuildHrtfOptions } from './build-hrtf-set.ts';
import { fillLowerDirections } from './fill-lower-directions.ts';
import type { HrtfSet } from './hrtf-set.ts';
import type { AlignedSpectra, MeasuredHrtf } from './measured-hrtf.ts';

/** How a measurement becomes a set. */
export interface PrepareHrtfOptions {
  /**
   * Treats the measurement as that of a bare head: the diffuse field is brought to 0 dB and the low end taken
   * from a model. Default false: the set keeps its own sound.
   */
  readonly equalize?: boolean | undefined;
}

/** What lies behind the last sample of a set that is louder than this, against its own response, is cut off. */
const tailPower = 1e-7;

/** Rate that the lengths of `buildHrtfDefaults` are meant for. */
const defaultsRateHz = 44100;

/** A ring of fewer directions cannot say what lies below it. */
const fewestRingDirections = 8;

/**
 * Turns a measurement into a set: arrivals split off, silence before and behind cut off, directions below the
 * lowest ring filled in. Levels and the shape of every response stay, unless `equalize` is set.
 * @throws HrtfError where a response is silent, or the directions do not surround the head
 */
export function prepareHrtf(measured: MeasuredHrtf, { equalize = false }: PrepareHrtfOptions = {}): HrtfSet {
  checkSound(measured);
  const scale = measured.sampleRateHz / defaultsRateHz;
  const lengths: BuildHrtfOptions = {
    tapCount: Math.round(buildHrtfDefaults.tapCount * scale),
    leadTapCount: Math.round(buildHrtfDefaults.leadTapCount * scale),
    fadeTapCount: Math.round(buildHrtfDefaults.fadeTapCount * scale),
  };
  const set = equalize ? buildHrtfSet(measured, lengths) : keepSound(measured, lengths);
  checkDirections(set);
  return set;
}

/** The set as it was measured, without its base delay. */
function keepSound(whole: MeasuredHrtf, { leadTapCount }: BuildHrtfOptions): HrtfSet {
  const measured = withoutTail(whole);
  const aligned = alignMeasured(measured, { equalizeDiffuseField: false });
  const spectra = hasLowestRing(aligned) ? fillLowerDirections(aligned) : aligned;
  const { name, source, licence } = measured;
  // Some sets begin before their onset (linear phase): a millisecond keeps that.
  const lead = 6 * leadTapCount;
  const tapCount = Math.max(16, Math.ceil((measured.tapCount + lead) / 16) * 16);
  return {
    name,
    source,
    licence,
    ...cutSpectra(spectra, { tapCount, leadTapCount: lead, fadeTapCount: 16 }),
  };
}

/** Shortens all responses to where the last of them has ended. */
function withoutTail(measured: MeasuredHrtf): MeasuredHrtf {
  const { responses, tapCount } = measured;
  let length = 1;
  for (let from = 0; from < responses.length; from += tapCount) {
    let total = 0;
    for (let n = 0; n < tapCount; n++) total += responses[from + n]! ** 2;
    let tail = 0;
    let end = tapCount;
    while (end > length && tail + responses[from + end - 1]! ** 2 <= tailPower * total)
      tail += responses[from + --end]! ** 2;
    length = Math.max(length, end);
  }
  if (length === tapCount) return measured;
  const shorter = new Float64Array((responses.length / tapCount) * length);
  for (let r = 0; r < responses.length / tapCount; r++)
    shorter.set(responses.subarray(r * tapCount, r * tapCount + length), r * length);
  return { ...measured, tapCount: length, responses: shorter };
}

function hasLowestRing({ directionsDeg }: AlignedSpectra): boolean {
  const elevations = directionsDeg.filter((_, index) => index % 2 === 1);
  const lowest = elevations.reduce((least, elevation) => Math.min(least, elevation), 90);
  return elevations.filter((elevation) => elevation < lowest + 0.5).length >= fewestRingDirections;
}

function checkSound({ name, responses, tapCount }: MeasuredHrtf): void {
  for (let from = 0; from < responses.length; from += tapCount)
    if (responses.subarray(from, from + tapCount).every((sample) => sample === 0))
      throw new HrtfError(
        'hrtf-silent',
        `"${name}": the response of direction ${Math.floor(from / tapCount / 2)}, ${(from / tapCount) % 2 ? 'right' : 'left'} ear, is silent`,
      );
}

function checkDirections({ name, directionsDeg }: HrtfSet): void {
  const points = Array.from({ length: directionsDeg.length / 2 }, (_, i) =>
    polarToCartesian(directionsDeg[2 * i]!, directionsDeg[2 * i + 1]!),
  );
  if (triangulateSphere(points)) return;
  throw new HrtfError(
    'hrtf-directions',
    `the ${points.length} directions of "${name}" do not surround the head`,
    { hint: 'use a set that covers the sphere, or at least more than a half of it' },
  );
}
