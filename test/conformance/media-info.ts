import { open } from 'node:fs/promises';
import { mediaInfoFactory } from 'mediainfo.js';

/** An error that MediaInfo finds: the element that it names and what it says. */
export interface ConformanceError {
  readonly place: string;
  readonly message: string;
}

/** Errors and warnings of MediaInfo's checks of a file, by the path that it gives for each. */
export async function conformanceErrors(file: string): Promise<ConformanceError[]> {
  const text = await mediaInfoOf(file);
  const { track: tracks } = (JSON.parse(text) as { media: { track: Record<string, unknown>[] } }).media;
  return tracks.flatMap((track) =>
    ['ConformanceErrors', 'ConformanceWarnings'].flatMap((kind) =>
      leaves((track.extra as Record<string, unknown> | undefined)?.[kind] ?? track[kind], kind),
    ),
  );
}

/** All that MediaInfo says of a file, as JSON. */
export async function mediaInfoOf(file: string): Promise<string> {
  const info = await mediaInfoFactory({ format: 'JSON', full: true });
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    return await info.analyzeData(
      () => size,
      async (chunkBytes, offset) => {
        const bytes = new Uint8Array(chunkBytes);
        const { bytesRead } = await handle.read(bytes, 0, chunkBytes, offset);
        return bytes.subarray(0, bytesRead);
      },
    );
  } finally {
    await handle.close();
    info.close();
  }
}

function leaves(node: unknown, place: string): ConformanceError[] {
  if (node === undefined || node === null) return [];
  if (typeof node !== 'object') return [{ place, message: String(node) }];
  return Object.entries(node).flatMap(([key, value]) => leaves(value, `${place}/${key}`));
}
