import { createPlannedAudio, type PlannedAudio } from '../planned-audio.ts';
import type { SceneReader } from '../scene-reader.ts';
import type { TrackSource } from '../scene-writer.ts';
import { parseDamfRoot } from './damf-root.ts';
import { damfScene } from './damf-scene.ts';

/** A master in DAMF that is planned. */
export interface PlannedDamf extends Omit<PlannedAudio, 'container'> {
  /** Text of the root file. */
  readonly root: string;
  /** Texts of the event file. */
  readonly events: Iterable<string>;
}

/** Opens a planned master as if it were written, its channels those of the scene's tracks. */
export function rehearseDamf(
  { root, events, ...audio }: PlannedDamf,
  tracks: TrackSource,
): Promise<SceneReader> {
  const { file } = audio;
  const bytes = Buffer.concat(Array.from(events, (text) => Buffer.from(text)));
  return damfScene({
    ...{ file, root: parseDamfRoot(root, file, () => undefined) },
    reader: createPlannedAudio({ ...audio, container: 'CAF' }, tracks),
    events: {
      ...{ file, sizeBytes: bytes.length },
      async readInto(target, byteOffset) {
        const piece = bytes.subarray(byteOffset, byteOffset + target.length);
        target.set(piece);
        return piece.length;
      },
    },
    onWarning: () => undefined,
  });
}
