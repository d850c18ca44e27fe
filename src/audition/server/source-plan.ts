import { basename } from 'node:path';
import { SceneError, type WarningHandler } from '../../base/errors.ts';
import type { SceneReader } from '../../io/scene-reader.ts';
import { openScene } from '../../io/stems/open-scene.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { findLayout } from '../../layouts/built-in.ts';
import type { Layout } from '../../layouts/layout.ts';
import { shChannelCount } from '../../math/spherical-harmonics.ts';
import { ambixChannels } from '../../render/ambisonic/ambisonic-conversion.ts';
import { ambisonicChannelLabels } from '../../render/ambisonic/ambisonic-format.ts';
import { bedDirections } from '../../scene/bed-directions.ts';
import { ambisonicScene } from '../../scene/make-scene.ts';
import { sceneTracks, type AmbisonicBed, type Bed, type Scene } from '../../scene/scene.ts';
import type { SceneBed, Source, SpeakerPlace } from '../protocol/session.ts';

/** Highest order that the page decodes. */
const maxHeardOrder = 3;

/** One channel of a source as it is served: a track of what is read, times a gain. */
export interface ServedChannel {
  readonly track: number;
  /** Linear. */
  readonly gain: number;
}

/** How a source is read and heard; plain data, so that it can go to a thread. */
export interface SourcePlan {
  /** What is opened: an audio file, or a scene. */
  readonly path: string;
  /** All files that it is read from. */
  readonly files: readonly string[];
  /** Programme of an ADM file, by ID or name. */
  readonly programme: string | undefined;
  readonly allowOutside: boolean;
  readonly kind: Source['kind'];
  /** [served channel] */
  readonly channels: readonly ServedChannel[];
  /** What the served channels are, as a scene: a bed, ambisonics (ACN, SN3D), or the scene itself. */
  readonly scene: Scene;
}

/** What a file turned out to be. */
export interface ProbedSource {
  readonly plan: SourcePlan;
  readonly labels: readonly string[];
  /** Name of the layout of a bed. */
  readonly layout: string | undefined;
  readonly speakers: readonly SpeakerPlace[];
  /** Beds of a scene. */
  readonly beds?: readonly SceneBed[] | undefined;
  /** Order of ambisonics, as it is heard; and that of the file. */
  readonly order: number | undefined;
  readonly fileOrder: number | undefined;
  readonly sampleRateHz: number;
  readonly frameCount: number;
  readonly stereoMasterFile: string | undefined;
}

/** How a file is opened. */
export interface ProbeOptions {
  readonly kernels: Kernels;
  /** What it was made for, where that is known. */
  readonly target?: string | undefined;
  readonly programme?: string | undefined;
  readonly allowOutside?: boolean | undefined;
  readonly layout?: Layout | undefined;
  readonly onWarning?: WarningHandler | undefined;
}

/**
 * Opens a file or scene to find out what it is, and closes it again.
 * @throws the errors of `openScene`; SceneError 'empty-audio' for audio without a frame
 */
export async function probeSource(file: string, options: ProbeOptions): Promise<ProbedSource> {
  const reader = await openScene(file, options);
  try {
    if (reader.frameCount === 0)
      throw new SceneError('empty-audio', `${file}: holds no audio: 0 frames, 1 or more are expected`, {
        file,
      });
    return describeSource(reader, options);
  } finally {
    await reader.close();
  }
}

function describeSource(reader: SceneReader, options: ProbeOptions): ProbedSource {
  const { scene, file, sampleRateHz, frameCount, stereoMasterFile } = reader;
  const opening = {
    path: file,
    files: [...new Set([file, ...reader.stems.map((stem) => stem.file)])],
    programme: options.programme,
    allowOutside: options.allowOutside ?? false,
  };
  const common = { sampleRateHz, frameCount, stereoMasterFile };
  const whole = { ...opening, channels: tracksOf(scene), scene };
  const [first] = scene.elements;
  const isFile = reader.stems.length === 1 && reader.stems[0]!.file === file && isPlain(scene);
  if (isFile && first?.kind === 'ambisonic') {
    const order = Math.min(first.order, maxHeardOrder);
    const isHeadLocked = scene.elements.length > 1;
    return {
      ...common,
      plan: { ...opening, kind: 'ambisonics', ...servedAmbisonics(first, order, isHeadLocked) },
      labels: ambisonicChannelLabels(order, { headLocked: isHeadLocked }),
      layout: undefined,
      speakers: [],
      order,
      fileOrder: first.order,
    };
  }
  const noOrder = { order: undefined, fileOrder: undefined };
  if (isFile && first?.kind === 'bed') {
    const labels = first.channels.map(({ label }) => label);
    const kind = kindOfBed(first, options.target ?? basename(file));
    const layout = kind === 'loudspeakers' ? (layoutName(first) ?? `${labels.length} channels`) : undefined;
    const speakers = kind === 'loudspeakers' ? speakersOf(first) : [];
    return { ...common, ...noOrder, plan: { ...whole, kind }, labels, layout, speakers };
  }
  const plan = { ...whole, kind: 'scene' as const };
  const beds = bedsOf(scene);
  return { ...common, ...noOrder, plan, labels: trackLabels(scene), layout: undefined, speakers: [], beds };
}

/** Whether a scene is what stands for a finished audio file: one bed or ambisonics, with nothing said of it. */
const isPlain = ({ elements, extras }: Scene): boolean =>
  Object.keys(extras).length === 0 && elements.length > 0 && elements[0]!.id === 'bed1';

const tracksOf = (scene: Scene): ServedChannel[] =>
  sceneTracks(scene).map((_, track) => ({ track, gain: 1 }));

/** Ambisonics in ACN and SN3D without the orders that are not heard; a head-locked pair comes behind. */
function servedAmbisonics(
  bed: AmbisonicBed,
  order: number,
  isHeadLocked: boolean,
): Pick<SourcePlan, 'channels' | 'scene'> {
  const channels: ServedChannel[] = [];
  ambixChannels(bed.normalization, bed.order).forEach(({ acn, gain }, track) => {
    if (acn < shChannelCount(order)) channels[acn] = { track, gain };
  });
  const pairTrack = shChannelCount(bed.order);
  if (isHeadLocked) channels.push({ track: pairTrack, gain: 1 }, { track: pairTrack + 1, gain: 1 });
  return { channels, scene: ambisonicScene(order, { normalization: 'SN3D', isHeadLocked }) };
}

function kindOfBed({ channels }: Bed, name: string): Source['kind'] {
  const labels = channels.map(({ label }) => label);
  if (labels.join() !== 'M+030,M-030') return 'loudspeakers';
  return /binaural|headphone/i.test(name) ? 'binaural' : 'stereo';
}

/** Name of a bed's layout as people call it; undefined for one without. */
function layoutName(bed: Bed): string | undefined {
  const layout = bed.layout === undefined ? undefined : findLayout(bed.layout);
  return layout?.aliases[0] ?? bed.layout;
}

function speakersOf(bed: Bed): SpeakerPlace[] {
  const directions = bedDirections(bed);
  return bed.channels.map(({ label, isLfe }, channel) => {
    const { azimuthDeg, elevationDeg } = directions[channel] ?? { azimuthDeg: 45, elevationDeg: -30 };
    return { label, azimuthDeg, elevationDeg, isLfe };
  });
}

const bedsOf = ({ elements }: Scene): SceneBed[] =>
  elements.flatMap((element, elementIndex) =>
    element.kind === 'bed'
      ? [{ elementIndex, layout: layoutName(element), speakers: speakersOf(element) }]
      : [],
  );

/** Name of every track of a scene: that of its element, and of its channel. */
function trackLabels(scene: Scene): string[] {
  return sceneTracks(scene).map(({ elementIndex, channelIndex }) => {
    const element = scene.elements[elementIndex]!;
    const name = element.name || element.id;
    if (element.kind === 'object') return name;
    const channel = element.kind === 'bed' ? element.channels[channelIndex]!.label : `ACN${channelIndex}`;
    return `${name} ${channel}`;
  });
}
