/** Reads frames of a source; what it gives holds until the next call. Rejects with a message for the listener. */
export type FetchFrames = (
  firstFrame: number,
  frameCount: number,
  signal: AbortSignal,
) => Promise<Float32Array>;

/**
 * Makes the reader of a source: interleaved float32 by range requests, into one memory again and again: what is fetched
 * anew and thrown away, megabytes a second, browsers keep for long.
 * @param address of the audio
 * @param label what the listener calls the source
 */
export function createFetchFrames(address: string, channelCount: number, label: string): FetchFrames {
  const frameBytes = 4 * channelCount;
  let spare = new ArrayBuffer(0);
  return async (firstFrame, frameCount, signal) => {
    const range = `bytes=${firstFrame * frameBytes}-${(firstFrame + frameCount) * frameBytes - 1}`;
    const answer = await fetch(address, { headers: { range }, signal });
    if (!answer.ok) throw new Error(`${label}: ${await reasonOf(answer)}`);
    const wantedBytes = frameCount * frameBytes;
    // One byte more tells whether there are too many.
    const room = spare.byteLength > wantedBytes ? spare : new ArrayBuffer(wantedBytes + 1);
    spare = new ArrayBuffer(0);
    const { buffer, byteCount } = await readInto(room, answer.body);
    if (answer.status !== 206 || byteCount !== wantedBytes)
      throw new Error(
        `${label}: the server sent ${byteCount > wantedBytes ? 'more than ' : ''}${Math.min(byteCount, wantedBytes)} bytes ` +
          `with status ${answer.status}; ${wantedBytes} bytes with 206 were asked for`,
      );
    spare = buffer;
    return new Float32Array(buffer, 0, wantedBytes / 4);
  };
}

/** Bytes that were read, at the beginning of a memory. */
interface ReadBytes {
  readonly buffer: ArrayBuffer;
  readonly byteCount: number;
}

/** Reads a body until it ends or the room is full. @returns the memory of the room, which may have changed hands */
async function readInto(
  room: ArrayBuffer,
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
): Promise<ReadBytes> {
  if (!body) return { buffer: room, byteCount: 0 };
  let reader;
  try {
    reader = body.getReader({ mode: 'byob' });
  } catch {
    // Not every browser reads into memory that it is lent.
    return copyInto(room, body.getReader());
  }
  let buffer = room;
  let byteCount = 0;
  while (byteCount < buffer.byteLength) {
    const { value, done } = await reader.read(new Uint8Array(buffer, byteCount));
    if (value) {
      buffer = value.buffer;
      byteCount += value.byteLength;
    }
    if (done) return { buffer, byteCount };
  }
  reader.cancel().catch(() => undefined);
  return { buffer, byteCount };
}

async function copyInto(
  room: ArrayBuffer,
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
): Promise<ReadBytes> {
  let byteCount = 0;
  while (byteCount < room.byteLength) {
    const { value, done } = await reader.read();
    if (done) return { buffer: room, byteCount };
    const taken = value.subarray(0, room.byteLength - byteCount);
    new Uint8Array(room).set(taken, byteCount);
    byteCount += taken.byteLength;
  }
  reader.cancel().catch(() => undefined);
  return { buffer: room, byteCount };
}

/** What the server says of an error, or its status. */
export async function reasonOf(answer: Response): Promise<string> {
  const text = await answer.text().catch(() => '');
  try {
    const { error } = JSON.parse(text) as { readonly error?: { readonly message?: string } };
    if (error?.message) return error.message;
  } catch {
    // No JSON: the status has to do.
  }
  return `the server answers with status ${answer.status}`;
}
