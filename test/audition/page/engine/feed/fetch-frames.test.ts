import { afterEach, expect, test, vi } from 'vitest';
import { createFetchFrames } from '../../../../../src/audition/page/engine/feed/fetch-frames.ts';

afterEach(() => vi.unstubAllGlobals());

/** Answers the next request. */
function answerWith(status: number, body: BodyInit): { range?: string } {
  const asked: { range?: string } = {};
  vi.stubGlobal('fetch', async (_address: string, { headers }: { headers: { range: string } }) => {
    asked.range = headers.range;
    return new Response(body, { status });
  });
  return asked;
}

const { signal } = new AbortController();

test('frames are asked for as a range of bytes', async () => {
  const asked = answerWith(206, new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).buffer));
  const samples = await createFetchFrames('a', 2, 'Stereo')(10, 3, signal);
  expect(asked.range).toBe('bytes=80-103');
  expect([...samples]).toEqual([1, 2, 3, 4, 5, 6]);
});

test("the server's own words are passed on", async () => {
  answerWith(410, JSON.stringify({ error: { code: 'gone', message: 'the file has changed' } }));
  await expect(createFetchFrames('a', 2, 'Stereo')(0, 3, signal)).rejects.toThrow(
    'Stereo: the file has changed',
  );
  answerWith(500, 'no JSON');
  await expect(createFetchFrames('a', 2, 'Stereo')(0, 3, signal)).rejects.toThrow('status 500');
});

test('another length than that asked for is refused', async () => {
  answerWith(206, new Uint8Array(8));
  await expect(createFetchFrames('a', 2, 'Stereo')(0, 3, signal)).rejects.toThrow(
    'sent 8 bytes with status 206; 24',
  );
  answerWith(206, new Uint8Array(40));
  await expect(createFetchFrames('a', 2, 'Stereo')(0, 3, signal)).rejects.toThrow(
    'sent more than 24 bytes with status 206; 24',
  );
});

test('one memory serves all requests that it is large enough for', async () => {
  const fetchFrames = createFetchFrames('a', 1, 'Stereo');
  const read = async (values: number[]): Promise<Float32Array> => {
    answerWith(206, new Uint8Array(Float32Array.from(values).buffer));
    return fetchFrames(0, values.length, signal);
  };
  const first = await read([1, 2, 3]);
  expect([...first]).toEqual([1, 2, 3]);
  const second = await read([4, 5]);
  expect([...second]).toEqual([4, 5]);
  expect(first).toHaveLength(0);
  expect([...(await read([6, 7, 8, 9]))]).toEqual([6, 7, 8, 9]);
});

test('a body that cannot be read into lent memory is copied', async () => {
  const fetchFrames = createFetchFrames('a', 1, 'Stereo');
  const bytes = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
  const body = (...pieces: Uint8Array<ArrayBuffer>[]) =>
    new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    });
  answerWith(206, body(bytes.slice(0, 5), bytes.slice(5)));
  expect([...(await fetchFrames(0, 4, signal))]).toEqual([1, 2, 3, 4]);
  answerWith(206, body(bytes, bytes));
  await expect(fetchFrames(0, 4, signal)).rejects.toThrow('more than 16 bytes');
  answerWith(206, body(bytes.slice(0, 7)));
  await expect(fetchFrames(0, 4, signal)).rejects.toThrow('sent 7 bytes');
});
