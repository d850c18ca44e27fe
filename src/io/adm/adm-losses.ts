import { isLfeLabel } from '../../layouts/labels.ts';
import type { Bed, DeliveryMetadata, Scene, SceneElement, TrackModes } from '../../scene/scene.ts';
import { admExtrasOf, type AdmExtras } from './adm-extras.ts';
import { loudnessName } from './stated-loudness.ts';
import type { AdmFlavour, AdmPlanOptions } from './write-plan.ts';

/** Longest name of an object in a studio master. */
export const maxDolbyNameLength = 64;

/**
 * Warns, with 'adm-lossy', of what a scene says as a whole, and its beds and elements beside their automation, that a
 * flavour has no place for.
 */
export function warnOfLosses(
  scene: Scene,
  flavour: AdmFlavour,
  { file, onWarning }: Pick<AdmPlanOptions, 'file' | 'onWarning'>,
): void {
  const format = flavour === 'dolby' ? 'a Dolby Atmos master' : 'BS.2076-2';
  const warn = (subject: string, path: string, losses: readonly string[]): void => {
    if (losses.length === 0) return;
    const message = `${file}: ${subject} loses ${losses.join(', ')}, which ${format} does not state`;
    onWarning({ code: 'adm-lossy', message, file, path });
  };
  const isDolby = flavour === 'dolby';
  const extras = admExtrasOf(scene);
  warn('the scene', 'programme', isDolby ? dolbyProgrammeLosses(scene) : []);
  warn('the scene', 'delivery', isDolby ? [] : deliveryLosses(scene.delivery, extras));
  warn('the scene', 'extras', [
    ...Object.keys(scene.extras)
      .filter((name) => name !== 'adm')
      .map((name) => `data of the format "${name}"`),
    ...(isDolby && extras ? droppedNames(extras, scene) : []),
  ]);
  for (const element of scene.elements) {
    const losses = isDolby ? dolbyElementLosses(element) : ituElementLosses(element);
    warn(`${element.kind} "${element.name}"`, element.id, losses);
  }
}

function dolbyProgrammeLosses({ name, programme }: Scene): string[] {
  const isStated = programme.name !== name && programme.name !== 'Atmos_Master';
  return [
    ...(isStated ? [`the name of its programme ("${programme.name}")`] : []),
    ...(programme.referenceScreen ? ['its reference screen'] : []),
  ];
}

/** Names of the fields as messages have them. */
const deliveryWords: Readonly<Record<keyof DeliveryMetadata, string>> = {
  trims: 'trims',
  warpMode: 'the warp mode',
  downmixType: 'the downmix type',
  phaseShift90: 'the phase shift',
  frameRate: 'the frame rate',
  firstFrameOfActionSec: 'the first frame of action',
};

function deliveryLosses(delivery: DeliveryMetadata, extras: AdmExtras | undefined): string[] {
  const stated = Object.entries(deliveryWords)
    .filter(([key]) => {
      const value = delivery[key as keyof DeliveryMetadata];
      return typeof value === 'object' ? Object.keys(value).length > 0 : value !== undefined;
    })
    .map(([, words]) => words);
  return [...stated, ...(extras?.dbmd === undefined ? [] : ['the other studio metadata (dbmd)'])];
}

/** Elements of its ADM file that a studio master has no place for. */
function droppedNames({ nodes, elements }: AdmExtras, scene: Scene): string[] {
  const written: Readonly<Record<string, ReadonlySet<string>>> = {
    audioProgramme: new Set(['audioContentIDRef', 'audioProgrammeReferenceScreen', loudnessName]),
    audioContent: new Set(['audioObjectIDRef', 'dialogue']),
    audioObject: new Set([
      'audioPackFormatIDRef',
      'audioObjectIDRef',
      'audioTrackUIDRef',
      'audioComplementaryObjectIDRef',
      'gain',
      'mute',
      'positionOffset',
    ]),
  };
  const inObjects = nodes.flatMap(({ name, children }) =>
    written[name] ? children.filter((child) => !written[name]!.has(child.name)) : [],
  );
  const isOff = (id: string): boolean =>
    scene.elements.some((element) => element.id === id && element.binauralMode === 'off');
  const inBlocks = Object.entries(elements).flatMap(([id, { channels }]) =>
    channels
      .flatMap(({ unknown }) => unknown.flatMap(([, unread]) => unread))
      .filter(({ name }) => name !== 'headphoneVirtualise' || !isOff(id)),
  );
  return [...new Set([...inObjects, ...inBlocks].map(({ name }) => name))];
}

const muteLoss = (element: SceneElement): string[] => (element.mute ? ['its mute (it becomes silence)'] : []);

function dolbyElementLosses(element: SceneElement): string[] {
  const name = element.name.trim();
  return [
    ...([...name].length > maxDolbyNameLength
      ? [`what its name has beyond ${maxDolbyNameLength} characters`]
      : []),
    ...muteLoss(element),
    ...(element.kind === 'bed' ? bedLosses(element) : []),
  ];
}

function bedLosses({ channels }: Bed): string[] {
  return [
    ...(channels.some(({ position }) => position?.bounds) ? ['bounds of its channels'] : []),
    ...(channels.some(({ position }) => position?.screenEdgeLock) ? ['the tie to the screen'] : []),
    ...lfeLosses(channels),
  ];
}

/** A channel that is labelled as LFE is read as one. */
const lfeLosses = (channels: Bed['channels']): string[] =>
  channels.some(({ isLfe, label }) => !isLfe && isLfeLabel(label))
    ? ['that a channel labelled LFE is none']
    : [];

function ituElementLosses(element: SceneElement): string[] {
  const modes: TrackModes = element;
  const own = element.kind === 'bed' ? element.channels : [];
  const isStated = (key: keyof TrackModes): boolean =>
    modes[key] !== undefined || own.some((channel) => channel[key] !== undefined);
  // Blocks of objects can ask for no HRTF.
  const keepsBinaural = element.kind === 'object' && modes.binauralMode === 'off';
  return [
    ...(isStated('binauralMode') && !keepsBinaural ? ['its binaural mode'] : []),
    ...(isStated('trimBypass') ? ['its trim bypass'] : []),
    ...(isStated('headTracking') ? ['its head tracking'] : []),
    ...(element.kind === 'bed' ? lfeLosses(element.channels) : []),
  ];
}
