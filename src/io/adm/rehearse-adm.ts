import { InternalError } from '../../base/errors.ts';
import { createPlannedAudio, type PlannedAudio } from '../planned-audio.ts';
import type { SceneReader } from '../scene-reader.ts';
import type { TrackSource } from '../scene-writer.ts';
import type { WavReader } from '../wav/wav-reader.ts';
import type { TrailingChunk } from '../wav/write-chunks.ts';
import { openAdmScene } from './adm-scene.ts';

/** An ADM BWF that is planned. */
export interface PlannedAdm extends Omit<PlannedAudio, 'container'> {
  readonly chunks: readonly TrailingChunk[];
}

/** Opens a planned file as if it were written, its channels those of the scene's tracks. */
export function rehearseAdm({ chunks, ...audio }: PlannedAdm, tracks: TrackSource): Promise<SceneReader> {
  const payloadOf = (wanted: string): TrailingChunk => {
    const chunk = chunks.find(({ id }) => id === wanted);
    if (chunk) return chunk;
    throw new InternalError('adm-rehearsal', `${audio.file}: no chunk "${wanted}" is planned`);
  };
  const reader: WavReader = {
    ...createPlannedAudio({ ...audio, container: 'BW64' }, tracks),
    ...{ container: 'BW64', channelMask: 0, isFuma: false, bext: undefined, ixml: undefined },
    chunks: chunks.map(({ id }) => ({ id, byteOffset: 0, sizeBytes: 0 })),
    async readChunk({ id }) {
      const payload = payloadOf(id);
      if ('bytes' in payload) return payload.bytes;
      // A piece is good until the next.
      return Buffer.concat(Array.from(payload.pieces(), (piece) => piece.slice()));
    },
    async *readPieces({ id }) {
      const payload = payloadOf(id);
      if ('bytes' in payload) yield payload.bytes;
      else yield* payload.pieces();
    },
  };
  return openAdmScene(reader);
}
