import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'vite';
import type { HrtfSet } from '../../../src/hrtf/hrtf-set.ts';
import type { Session } from '../../../src/audition/protocol/session.ts';
import { earGain } from '../../../src/render/binaural/ear-filters.ts';
import type { Scene } from '../../../src/scene/scene.ts';
import { formatSceneText } from '../../../src/scene/scene-text.ts';
import { designBinauralDecoder } from '../../../src/render/ambisonic/binaural-decoder.ts';

/** What is heard in a test: a session and its audio. */
export interface EngineProgramme {
  readonly session: Session;
  /** Interleaved, by the id of the source. */
  readonly audio: ReadonlyMap<string, Float32Array>;
  readonly scene?: Scene;
  readonly hrtf: HrtfSet;
  /** [loudspeaker][ear][tap], by layout. */
  readonly loudspeakers: ReadonlyMap<string, Float32Array>;
}

/** A server that gives the engine's page and a programme, with the headers of the real one. */
export interface EngineServer {
  readonly address: string;
  /** Requests whose address holds this text fail, until it is undefined. */
  failing: string | undefined;
  close(): Promise<void>;
}

const headers = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'content-security-policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'",
};

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** Bundles the page as the build does and starts the server. */
export async function startEngineServer(programme: EngineProgramme): Promise<EngineServer> {
  const outDir = await mkdtemp(join(tmpdir(), 'periphon-engine-page-'));
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'engine-page'),
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, minify: false },
  });
  const state = { failing: undefined as string | undefined };
  const server = createServer((request, response) => {
    answer(programme, outDir, request, response, state.failing).catch((error: unknown) => {
      const { message } = error as Error;
      response.writeHead(404, headers).end(JSON.stringify({ error: { code: 'gone', message } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    address: `http://127.0.0.1:${port}/token/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(outDir, { recursive: true, force: true });
    },
  });
}

async function answer(
  programme: EngineProgramme,
  folder: string,
  request: IncomingMessage,
  response: ServerResponse,
  failing: string | undefined,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
  const path = pathname.replace('/token/', '');
  if (failing !== undefined && path.includes(failing)) throw new Error('this source is gone');
  const send = (body: Uint8Array | string, type: string): void => {
    response.writeHead(200, { ...headers, 'content-type': type }).end(body);
  };
  const parts = path.split('/');
  if (path === 'api/scene') send(formatSceneText(programme.scene!), 'text/plain');
  else if (path.startsWith('api/sources/')) sendFrames(programme.audio.get(parts[2]!)!, request, response);
  else if (path.endsWith('/ambisonic')) {
    const order = Number(searchParams.get('order'));
    send(bytesOf(ambisonicFilters(order, programme.hrtf)), 'application/octet-stream');
  } else if (path.endsWith('/loudspeakers')) {
    send(bytesOf(programme.loudspeakers.get(searchParams.get('layout')!)!), 'application/octet-stream');
  } else {
    const name = path === '' ? 'index.html' : path;
    send(await readFile(join(folder, name)), types[extname(name)] ?? 'application/octet-stream');
  }
}

const designed = new Map<number, Float32Array>();

/** Filters of an order as the protocol has them. */
export function ambisonicFilters(order: number, hrtf: HrtfSet): Float32Array {
  const known = designed.get(order);
  if (known) return known;
  const { left, right } = designBinauralDecoder(order, hrtf);
  const filters = Float32Array.from([...left, ...right].flatMap((row) => [...row])).map(
    (tap) => tap * earGain,
  );
  designed.set(order, filters);
  return filters;
}

function sendFrames(audio: Float32Array, request: IncomingMessage, response: ServerResponse): void {
  const bytes = bytesOf(audio);
  const [, first, last] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '')!.map(Number);
  const part = bytes.subarray(first, last! + 1);
  response
    .writeHead(206, {
      ...headers,
      'content-type': 'application/octet-stream',
      'content-range': `bytes ${first}-${last}/${bytes.length}`,
    })
    .end(part);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
