import type { Scene, SceneElement } from '../../../scene/scene.ts';
import { trackCountOf } from '../../../scene/scene.ts';
import type { SceneBed, Session, Source } from '../../protocol/session.ts';

/** A place that sound comes from without moving: a loudspeaker, or a channel of a bed. */
export interface HeardPlace {
  readonly label: string;
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
  readonly isLfe: boolean;
  /** Channel of the heard source, or track of the scene, whose level it shows. */
  readonly channel: number;
  /** Element that a bed channel belongs to. */
  readonly elementIndex: number | undefined;
}

/** What stands around the listener while a source is heard. */
export interface HeardPlaces {
  /** Whether levels are those of the scene's tracks, else those of the source's channels. */
  readonly isScene: boolean;
  readonly places: readonly HeardPlace[];
  /** Channels of the two ears, for what was made for headphones. */
  readonly earChannels: readonly [number, number] | undefined;
  /** Ambisonics, which come from everywhere: the channel (W) that stands for the level of all. */
  readonly fields: readonly {
    readonly label: string;
    readonly channel: number;
    readonly elementIndex: number | undefined;
  }[];
  /** Words for it: "7.1.4 loudspeakers". */
  readonly description: string;
}

const nothing: HeardPlaces = {
  isScene: false,
  places: [],
  earChannels: undefined,
  fields: [],
  description: 'no loudspeakers',
};

/** Places of the source that is heard. */
export function heardPlaces(session: Session, scene: Scene | undefined, sourceId: string): HeardPlaces {
  const source = session.sources.find(({ id }) => id === sourceId);
  if (!source) return nothing;
  switch (source.kind) {
    case 'scene':
      return scene ? scenePlaces(scene, source.beds ?? []) : nothing;
    case 'loudspeakers':
      return layoutPlaces(session, source);
    case 'ambisonics':
      return {
        ...nothing,
        fields: [{ label: source.label, channel: 0, elementIndex: undefined }],
        description: `ambisonics of order ${source.order ?? 1}`,
      };
    case 'binaural':
      return { ...nothing, earChannels: [0, 1], description: 'headphones' };
    case 'stereo':
      return { ...nothing, places: stereoPlaces, description: 'two loudspeakers' };
  }
}

const stereoPlaces: readonly HeardPlace[] = ['L', 'R'].map((label, channel) => ({
  label,
  azimuthDeg: channel === 0 ? 30 : -30,
  elevationDeg: 0,
  isLfe: false,
  channel,
  elementIndex: undefined,
}));

function layoutPlaces(session: Session, { layout }: Source): HeardPlaces {
  const speakers = layout === undefined ? undefined : session.layouts[layout];
  if (!speakers) return nothing;
  return {
    ...nothing,
    places: speakers.map((speaker, channel) => ({ ...speaker, channel, elementIndex: undefined })),
    description: `${speakers.length} loudspeakers of ${layout}`,
  };
}

function scenePlaces(scene: Scene, beds: readonly SceneBed[]): HeardPlaces {
  const ranges = trackRanges(scene);
  const places = beds.flatMap(({ elementIndex, speakers }) =>
    speakers.map((speaker, index) => ({
      ...speaker,
      channel: ranges[elementIndex]!.first + index,
      elementIndex,
    })),
  );
  const fields = scene.elements.flatMap((element, elementIndex) =>
    element.kind === 'ambisonic'
      ? [{ label: element.name, channel: ranges[elementIndex]!.first, elementIndex }]
      : [],
  );
  return { ...nothing, isScene: true, places, fields, description: sceneDescription(scene.elements) };
}

function sceneDescription(elements: readonly SceneElement[]): string {
  const countOf = (kind: SceneElement['kind'], one: string, many: string): string[] => {
    const count = elements.filter((element) => element.kind === kind).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  };
  const parts = [
    ...countOf('bed', 'bed', 'beds'),
    ...countOf('object', 'object', 'objects'),
    ...countOf('ambisonic', 'ambisonic bed', 'ambisonic beds'),
  ];
  return parts.length === 0 ? 'an empty scene' : parts.join(', ');
}

/** First track and number of tracks of each element, in the order of `sceneTracks`. */
export function trackRanges(scene: Scene): { readonly first: number; readonly count: number }[] {
  let first = 0;
  return scene.elements.map((element) => {
    const range = { first, count: trackCountOf(element) };
    first += range.count;
    return range;
  });
}
