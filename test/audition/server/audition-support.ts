import { request } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createAudioDesk, withFilterMemory } from '../../../src/audition/server/audio-desk.ts';
import { planAudition, type AuditionInput } from '../../../src/audition/server/audition-plan.ts';
import { createNotesFile } from '../../../src/audition/server/notes-file.ts';
import { createOverviewBook } from '../../../src/audition/server/overview-book.ts';
import { listPageFiles } from '../../../src/audition/server/page-files.ts';
import { serveAudition, type ListenOptions } from '../../../src/audition/server/serve-audition.ts';
import type { Audition } from '../../../src/audition/server/start-audition.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { sine, whiteNoise, writeWav } from '../../cli/cli-support.ts';

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** How a request is made. */
export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Sends a request whose path goes out as it is written, `..` and all. */
export function ask(origin: string, path: string, asking: Asking = {}): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = asking;
    const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          body: Buffer.concat(pieces),
        }),
      );
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A running audition, asked by addresses below its token. */
export interface Asked extends Audition {
  get(path: string, asking?: Asking): Promise<Answer>;
  getJson(path: string): Promise<unknown>;
}

/**
 * Starts an audition without threads and cache, which ends with the test.
 * @param atEnd takes what ends it: `afterAll` for a file's own
 */
export async function startForTest(
  options: AuditionInput & ListenOptions & { readonly pageFolder?: string },
  atEnd: (end: () => Promise<void>) => void = onTestFinished,
): Promise<Asked> {
  const plan = await planAudition(options, await loadKernels());
  const desk = withFilterMemory(createAudioDesk(plan));
  const cache = { find: async () => undefined, keep: async () => undefined };
  const server = await serveAudition(
    {
      plan,
      pageFiles: await listPageFiles(options.pageFolder ?? 'none'),
      notes: createNotesFile(plan.folder),
      desk,
      overviews: createOverviewBook(desk, cache),
    },
    options,
  );
  const close = async (): Promise<void> => {
    await server.close();
    await desk.close();
  };
  atEnd(close);
  const get = (path: string, asking?: Asking): Promise<Answer> =>
    ask(server.url, `${new URL(server.url).pathname}${path}`, asking);
  return {
    url: server.url,
    session: plan.session,
    close,
    get,
    getJson: async (path) => JSON.parse((await get(path)).body.toString('utf8')) as unknown,
  };
}

/** Samples of an answer. */
export const samplesOf = ({ body }: Answer): Float32Array =>
  new Float32Array(body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength));

/** Frames of the files of `writeDeliverables`. */
export const deliverableFrames = 24_000;

/** Writes a folder as mastering leaves it: binaural, stereo, 5.1 by its mask, first-order ambisonics, a report. */
export function writeDeliverables(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const write = (target: string, count: number, channelMask?: number): void =>
    writeWav(
      join(folder, `song.${target}.wav`),
      Array.from({ length: count }, (_, channel) =>
        channel === 3 && count === 6 ? sine(50, 0.2) : whiteNoise(channel + 1, 0.1),
      ),
      deliverableFrames,
      channelMask === undefined ? {} : { channelMask },
    );
  write('binaural', 2);
  write('stereo', 2);
  write('5.1', 6, 0x60f);
  write('ambix1', 4);
  const check = {
    profile: 'spotify',
    id: 'integratedLufs',
    rule: 'integrated loudness -14 LUFS',
    result: 'pass',
    measured: -14,
    message: '-14.0 LUFS',
    strength: 'required',
  };
  const targets = [
    { target: 'binaural', file: 'song.binaural.wav', loudnessTargetLufs: -16, checks: [] },
    { target: 'stereo', file: 'song.stereo.wav', loudnessTargetLufs: -14, checks: [check] },
    { target: '5.1', file: 'song.5.1.wav', loudnessTargetLufs: -18, checks: [] },
    { target: 'ambix1', file: 'song.ambix1.wav', checks: [] },
  ];
  writeFileSync(join(folder, 'report.json'), JSON.stringify({ version: 1, scene: 'song', targets }));
}
