import { basename } from 'node:path';
import { LayoutError, SceneError } from '../../base/errors.ts';
import type { WarningHandler } from '../../base/errors.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { isLfeLabel } from '../../layouts/labels.ts';
import type { Layout } from '../../layouts/layout.ts';
import { ambisonicElements, bedChannelsOf, createScene, elementDefaults } from '../../scene/make-scene.ts';
import type { Bed, BedChannel, Scene } from '../../scene/scene.ts';
import { isAdmFile, openAdmScene, warnOfLoneAxml } from '../adm/adm-scene.ts';
import type { AudioReader } from '../audio-file.ts';
import { openAudioFile } from '../open-audio-file.ts';
import type { SceneReader } from '../scene-reader.ts';
import { inferChannels, saysAmbisonic } from './infer-channels.ts';
import type { InferredChannels } from './infer-channels.ts';
import { createStemReader } from './stem-reader.ts';

/** Options of `openAudioScene`. */
export interface OpenAudioSceneOptions {
  readonly kernels: Kernels;
  /** Layout of the file; without it the file's mask, name and channel count decide. */
  readonly layout?: Layout | undefined;
  /** Programme of an ADM file, by ID or name; its first where undefined. */
  readonly programme?: string | undefined;
  readonly onWarning?: WarningHandler | undefined;
}

/**
 * Opens an audio file as a scene. An ADM BWF holds one; a finished audio file is a scene of one bed: loudspeaker channels, or ambisonics if its name says so
 * ("mix.ambix3.wav") or no layout has its channel count. What only name or count say comes with the warning
 * 'layout-assumed'.
 * @throws LayoutError 'layout-unknown' if nothing fits; SceneError 'stem-channels' if `layout` does not
 */
export async function openAudioScene(file: string, options: OpenAudioSceneOptions): Promise<SceneReader> {
  const { kernels, layout, onWarning = () => undefined } = options;
  const reader = await openAudioFile(file, { kernels, onWarning });
  try {
    if (isAdmFile(reader)) {
      if (layout) {
        const message = `${file}: its metadata says what its channels are; "${layout.name}" is not used`;
        onWarning({ code: 'layout-unused', message, file });
      }
      return await openAdmScene(reader, { programme: options.programme, onWarning });
    }
    await warnOfLoneAxml(reader, onWarning);
    const inferred = layout ? statedChannels(layout, reader) : infer(reader, onWarning);
    const { scene, tracks } = sceneOf(reader, inferred);
    const stems = [{ reader, startSample: 0, tracks }];
    const { sampleRateHz } = reader;
    return createStemReader({ file, scene, sampleRateHz, stems, stereoMasterFile: undefined, onWarning });
  } catch (error) {
    await reader.close();
    throw error;
  }
}

function infer(reader: AudioReader, onWarning: WarningHandler): InferredChannels {
  const { file, channelCount } = reader;
  const inferred = inferChannels(reader);
  if (!inferred) {
    const message = saysAmbisonic(basename(file))
      ? `${file}: ${channelCount} channels, named as ambisonics; allowed are 4, 9, 16, 25, 36, 49 and 64 (orders 1 to 7), or two more for a head-locked pair`
      : `${file}: ${channelCount} channels, and neither its mask nor its name says which`;
    throw new LayoutError('layout-unknown', message, {
      file,
      hint: 'state the layout: --layout, or a scene file',
    });
  }
  if (!['mask', 'file'].includes(inferred.saidBy) && channelCount > 2) {
    const what =
      inferred.kind === 'ambisonic'
        ? `ambisonics of order ${inferred.order} (${inferred.normalization})${inferred.isHeadLocked ? ' with a head-locked pair' : ''}`
        : `${inferred.layout?.aliases[0] ?? inferred.layout?.name} in BS.2051 order (${inferred.labels.join(' ')})`;
    const message = `${file}: taken as ${what}, by its ${inferred.saidBy}`;
    onWarning({ code: 'layout-assumed', message, file });
  }
  return inferred;
}

function statedChannels(layout: Layout, reader: AudioReader): InferredChannels {
  const labels = layout.loudspeakers.map(({ label }) => label);
  if (labels.length !== reader.channelCount) {
    const message = `${reader.file}: has ${reader.channelCount} channels; layout ${layout.name} has ${labels.length}`;
    throw new SceneError('stem-channels', message, { file: reader.file });
  }
  const own = reader.channelLabels;
  const ordered = own && labels.every((label) => own.includes(label)) ? own : labels;
  return { kind: 'bed', layout, labels: ordered, saidBy: 'mask' };
}

function sceneOf(reader: AudioReader, inferred: InferredChannels): { scene: Scene; tracks: number[][] } {
  const name = basename(reader.file).replace(/\.[^.]*$/, '') || 'audio';
  const tracksBy = (trackOf: (channel: number) => number): number[][] =>
    Array.from({ length: reader.channelCount }, (_, channel) => [trackOf(channel)]);
  if (inferred.kind === 'ambisonic') {
    const scene = createScene(name, ambisonicElements(inferred.order, inferred, name));
    return { scene, tracks: tracksBy((channel) => channel) };
  }
  const { layout, labels } = inferred;
  const channels = bedChannels(inferred);
  const bed: Bed = { ...elementDefaults, id: 'bed1', name, kind: 'bed', layout: layout?.name, channels };
  const trackOf = (channel: number): number => channels.findIndex(({ label }) => label === labels[channel]);
  return { scene: createScene(name, [bed]), tracks: tracksBy(trackOf) };
}

/** Channels in the order of the layout; those of a layout file carry their positions. */
function bedChannels({ layout, labels }: InferredChannels & { kind: 'bed' }): BedChannel[] {
  if (!layout) {
    return labels.map((label) => ({ label, position: undefined, isLfe: isLfeLabel(label), gainDb: 0 }));
  }
  return bedChannelsOf(layout);
}
