import { dbToGain, gainToDb, powerToDb } from '../../base/units.ts';
import type { Layout } from '../../layouts/layout.ts';
import type { TrimmedScene } from '../trim/trim-scene.ts';
import type { AudioObject, ObjectBlock } from '../../scene/scene.ts';
import { createBedDecoder } from '../ambisonic/bed-decoder.ts';
import type { HoaDecoder } from '../ambisonic/loudspeaker-decoder.ts';
import { createBedRouter } from '../panner/bed-router.ts';
import type { SpeakerRule } from '../panner/direct-speakers.ts';
import type { FoldDown } from '../downmix/stereo-rules.ts';
import { createObjectGains, type ObjectGainWriter } from '../panner/object-gains.ts';
import { explainTrack, type TrackExplanation } from './explanation.ts';

/** A fold-down behind a render. */
export interface Fold extends FoldDown {
  readonly labels: readonly string[];
}

/** What `explainLoudspeakers` is asked. */
export interface LoudspeakerExplanationOptions {
  readonly trimmed: TrimmedScene;
  readonly layout: Layout;
  readonly meetsInFold?: boolean | undefined;
  readonly fold?: Fold | undefined;
  /** How ambisonic beds are decoded; the renderer's default where undefined. */
  readonly hoaDecoder?: HoaDecoder | undefined;
}

/** Gains below this are not listed. */
const faintestDb = -80;

/** Explains a render to loudspeakers, with the gains that the renderer uses and those of the fold-down behind it. */
export function explainLoudspeakers(options: LoudspeakerExplanationOptions): TrackExplanation[] {
  const { trimmed, layout } = options;
  const { scene } = trimmed;
  const labels = options.fold?.labels ?? layout.loudspeakers.map(({ label }) => label);
  const fold = options.fold ? createFolder(options.fold) : (gains: Float64Array) => gains;
  const routesOfBed = createBedRouter(layout, options.meetsInFold);
  const decode = createBedDecoder(layout, options.hoaDecoder);
  const writeObjectGains = createObjectGains(layout, {
    referenceScreen: scene.programme.referenceScreen,
  });
  const suffix = options.fold ? `, folded from ${layout.aliases[0] ?? layout.name}` : '';

  const still = (rule: string, gains: Float64Array, gainDb: number) => {
    const folded = fold(gains).map((gain) => gain * dbToGain(gainDb));
    const levelDb = powerToDb(powerOf(folded));
    return {
      rule: rule + suffix,
      outputs: outputsOf(folded, labels),
      leastLevelDb: levelDb,
      mostLevelDb: levelDb,
    };
  };
  const trimOf = (elementIndex: number): TrackExplanation['trim'] => {
    const trimsDb = trimmed.trimsDb[elementIndex]!;
    const rule = trimmed.rules[elementIndex];
    if (rule === undefined) return undefined;
    const leastDb = trimsDb.reduce((least, trimDb) => Math.min(least, trimDb), Infinity);
    const mostDb = trimsDb.reduce((most, trimDb) => Math.max(most, trimDb), -Infinity);
    return { rule, leastDb, mostDb };
  };
  return scene.elements.flatMap((element, elementIndex) => {
    switch (element.kind) {
      case 'bed':
        return routesOfBed(element).map(({ rule, gains }, index) =>
          explainTrack(element, element.channels[index]!.label, still(ruleText(rule), gains, element.gainDb)),
        );
      case 'ambisonic': {
        const rule = `decoded (${options.hoaDecoder ?? 'max-re'})`;
        return decode(element).map((gains, channel) =>
          explainTrack(element, String(channel), still(rule, gains, element.gainDb)),
        );
      }
      case 'object': {
        const speakerGains = trimmed.objectSpeakerGains[elementIndex];
        const writeGains: ObjectGainWriter = (block, gain, gains) =>
          writeObjectGains(block, gain, gains, speakerGains);
        return [
          {
            ...explainObject(element, writeGains, layout.loudspeakers.length, fold, labels, suffix),
            ...(element.mute ? {} : { trim: trimOf(elementIndex) }),
          },
        ];
      }
    }
  });
}

/** What a rule is called, with its clause of BS.2127-1. */
function ruleText(rule: SpeakerRule): string {
  switch (rule) {
    case 'own loudspeaker':
      return 'own loudspeaker';
    case 'mapping rule':
      return 'mapping rule (BS.2127 8.4)';
    case 'undivided':
      return 'mapping rule (BS.2127 8.4), undivided as front and surround meet in the fold-down';
    case 'bounds':
      return 'loudspeaker within its bounds (BS.2127 8.6)';
    case 'panned':
      return 'panned to its position (BS.2127 8.6)';
    case 'first LFE':
      return 'LFE to the first LFE';
    case 'dropped LFE':
      return 'LFE dropped: the layout has none';
  }
}

function explainObject(
  object: AudioObject,
  writeGains: ObjectGainWriter,
  loudspeakerCount: number,
  fold: (gains: Float64Array) => Float64Array,
  labels: readonly string[],
  suffix: string,
): TrackExplanation {
  const both = new Float64Array(2 * loudspeakerCount);
  const largest = new Float64Array(labels.length);
  let [least, most] = [Infinity, 0];
  for (const block of object.blocks) {
    writeGains(block, dbToGain(object.gainDb), both);
    // The diffuse signals are decorrelated: their powers add to those of the direct ones.
    const direct = fold(both.subarray(0, loudspeakerCount));
    const diffuse = fold(both.subarray(loudspeakerCount));
    let power = 0;
    direct.forEach((gain, output) => {
      const outputPower = gain ** 2 + diffuse[output]! ** 2;
      power += outputPower;
      largest[output] = Math.max(largest[output]!, Math.sqrt(outputPower));
    });
    least = Math.min(least, power);
    most = Math.max(most, power);
  }
  const features = featuresOf(object.blocks);
  const count = object.blocks.length > 1 ? `, ${object.blocks.length} blocks` : '';
  return explainTrack(object, undefined, {
    rule: `panned (BS.2127 7.3)${count}${features.map((feature) => `, ${feature}`).join('')}${suffix}`,
    outputs: outputsOf(largest, labels),
    leastLevelDb: powerToDb(least),
    mostLevelDb: powerToDb(most),
  });
}

/** What any of the blocks asks for beside its position. */
function featuresOf(blocks: readonly ObjectBlock[]): string[] {
  const features: readonly [string, (block: ObjectBlock) => boolean][] = [
    ['extent', ({ width, height, depth }) => width > 0 || height > 0 || depth > 0],
    ['divergence', ({ divergence }) => (divergence?.value ?? 0) > 0],
    ['channel lock', ({ channelLock }) => channelLock !== undefined],
    ['zone exclusion', ({ zoneExclusion }) => zoneExclusion.length > 0],
    ['screen', ({ screenRef, position }) => screenRef || position.screenEdgeLock !== undefined],
    ['diffuse', ({ diffuse }) => diffuse > 0],
  ];
  return features.flatMap(([name, has]) => (blocks.some(has) ? [name] : []));
}

const powerOf = (gains: Float64Array): number => gains.reduce((sum, gain) => sum + gain * gain, 0);

function outputsOf(gains: Float64Array, labels: readonly string[]): TrackExplanation['outputs'] {
  return labels
    .map((label, output) => ({ label, gainDb: gainToDb(gains[output]!) }))
    .filter(({ gainDb }) => gainDb > faintestDb)
    .sort((a, b) => b.gainDb - a.gainDb);
}

/** What is turned by 90 degrees adds to the rest in power. */
function createFolder({ matrix, quadrature, labels }: Fold): (gains: Float64Array) => Float64Array {
  const inputCount = matrix.length / labels.length;
  const sumOf = (rows: Float64Array, output: number, gains: Float64Array): number => {
    let sum = 0;
    for (let input = 0; input < inputCount; input++)
      sum += rows[output * inputCount + input]! * gains[input]!;
    return sum;
  };
  return (gains) =>
    Float64Array.from(labels, (_, output) =>
      quadrature
        ? Math.hypot(sumOf(matrix, output, gains), sumOf(quadrature, output, gains))
        : sumOf(matrix, output, gains),
    );
}
