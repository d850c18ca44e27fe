import { trackCountOf, type AudioObject, type Bed, type ObjectBlock, type Scene } from '../../scene/scene.ts';
import { bedDirections } from '../../scene/bed-directions.ts';
import { cubeToPolar } from '../../base/cube-coordinates.ts';
import { explainTrack, type TrackExplanation } from './explanation.ts';

/** How a format without loudspeakers speaks of what it does. */
export interface DirectionTerms {
  /** "HRTF" or "encoded": goes before a direction. */
  readonly verb: string;
  /** What becomes of an LFE channel, and at which level. */
  readonly lfe: string;
  readonly lfeDb: number;
  /** What becomes of a channel of an ambisonic bed; undefined where it is cut off. */
  ambisonicRule(acn: number): string | undefined;
}

/** Explains a render that has no loudspeakers: in which direction every track is heard. */
export const explainDirections = (scene: Scene, terms: DirectionTerms): TrackExplanation[] =>
  scene.elements.flatMap((element) => {
    switch (element.kind) {
      case 'bed':
        return explainBed(element, terms);
      case 'object':
        return [explainObject(element, terms)];
      case 'ambisonic':
        return Array.from({ length: trackCountOf(element) }, (_, index) => {
          const rule = terms.ambisonicRule(index);
          const level = rule === undefined ? -Infinity : element.gainDb;
          return explainTrack(element, String(index), atLevel(rule ?? 'cut off: of a higher order', level));
        });
    }
  });

const atLevel = (rule: string, levelDb: number) => ({
  rule,
  outputs: [],
  leastLevelDb: levelDb,
  mostLevelDb: levelDb,
});

function explainBed(bed: Bed, { verb, lfe, lfeDb }: DirectionTerms): TrackExplanation[] {
  return bedDirections(bed).map((direction, index) => {
    const { label, gainDb } = bed.channels[index]!;
    const levelDb = bed.gainDb + gainDb + (direction ? 0 : lfeDb);
    return explainTrack(
      bed,
      label,
      atLevel(direction ? `${verb} at ${formatDirection(direction)}` : lfe, levelDb),
    );
  });
}

function explainObject(object: AudioObject, { verb }: DirectionTerms): TrackExplanation {
  const levelsDb = object.blocks.map(({ gainDb }) => object.gainDb + gainDb);
  const places = object.blocks.length > 1 ? `${object.blocks.length} blocks from ` : '';
  return explainTrack(object, undefined, {
    rule: `${verb} at ${places}${formatDirection(directionOf(object.blocks[0]!))}`,
    outputs: [],
    leastLevelDb: levelsDb.reduce((least, level) => Math.min(least, level)),
    mostLevelDb: levelsDb.reduce((most, level) => Math.max(most, level)),
  });
}

interface Direction {
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
}

const directionOf = ({ position }: ObjectBlock): Direction =>
  position.kind === 'polar' ? position : cubeToPolar(position.xyz);

const formatDirection = ({ azimuthDeg, elevationDeg }: Direction): string =>
  `azimuth ${Number(azimuthDeg.toFixed(1))}, elevation ${Number(elevationDeg.toFixed(1))}`;
