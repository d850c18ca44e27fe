/** Reads frames of a source. Rejects with a message for the listener. */
export type FetchFrames = (
  firstFrame: number,
  frameCount: number,
  signal: AbortSignal,
) => Promise<Float32Array>;

/**
 * Makes the reader of a source: interleaved float32 by range requests.
 * @param address of the audio
 * @param label what the listener calls the source
 */
export function createFetchFrames(address: string, channelCount: number, label: string): FetchFrames {
  const frameBytes = 4 * channelCount;
  return async (firstFrame, frameCount, signal) => {
    const range = `bytes=${firstFrame * frameBytes}-${(firstFrame + frameCount) * frameBytes - 1}`;
    const answer = await fetch(address, { headers: { range }, signal });
    if (!answer.ok) throw new Error(`${label}: ${await reasonOf(answer)}`);
    const bytes = await answer.arrayBuffer();
    if (answer.status !== 206 || bytes.byteLength !== frameCount * frameBytes)
      throw new Error(
        `${label}: the server sent ${bytes.byteLength} bytes with status ${answer.status}; ` +
          `${frameCount * frameBytes} bytes with 206 were asked for`,
      );
    return new Float32Array(bytes);
  };
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
