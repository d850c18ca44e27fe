import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { PeriphonError } from '../../base/errors.ts';
import { parseByteRange } from '../protocol/byte-range.ts';

/** A request that cannot be served, in words for the page. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  /** @param status of HTTP, 400 or more */
  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** What all wrong addresses and tokens get: nothing that tells one from the other. */
export const notFound = (): RequestError => new RequestError(404, 'not-found', 'there is nothing here');

/** Bytes that can be asked for in part. */
export interface Resource {
  readonly sizeBytes: number;
  readonly contentType: string;
  /** Bytes from start to end, both included; ended early, it lets go of what it holds. */
  read(start: number, end: number): AsyncGenerator<Uint8Array>;
}

/** Sends a document as JSON; numbers that are not finite become null. */
export function sendJson(response: ServerResponse, document: unknown, status = 200): void {
  const bytes = Buffer.from(JSON.stringify(document));
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': bytes.length,
  });
  response.end(bytes);
}

/** Sends plain text. */
export function sendText(response: ServerResponse, text: string): void {
  const bytes = Buffer.from(text);
  response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': bytes.length });
  response.end(bytes);
}

/** Sends samples as they lie in memory: float32, little-endian. */
export function sendSamples(response: ServerResponse, samples: Float32Array<ArrayBuffer>): void {
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length });
  response.end(bytes);
}

/**
 * Sends a resource, or the part that is asked for (RFC 9110 clause 14). What goes wrong before the first byte is
 * thrown; after that the connection is cut, for the length is promised.
 */
export async function sendResource(
  request: IncomingMessage,
  response: ServerResponse,
  resource: Resource,
): Promise<void> {
  const { sizeBytes, contentType } = resource;
  const range = parseByteRange(request.headers.range, sizeBytes);
  if (range === 'unsatisfiable')
    throw new RequestError(416, 'range', `the range lies behind the end, at ${sizeBytes} bytes`, {
      'Content-Range': `bytes */${sizeBytes}`,
    });
  const { start, end } = range === 'whole' ? { start: 0, end: sizeBytes - 1 } : range;
  const pieces = request.method === 'HEAD' || sizeBytes === 0 ? undefined : resource.read(start, end);
  const first = await pieces?.next();
  response.writeHead(range === 'whole' ? 200 : 206, {
    'Content-Type': contentType,
    'Content-Length': end - start + 1,
    'Accept-Ranges': 'bytes',
    ...(range === 'whole' ? {} : { 'Content-Range': `bytes ${start}-${end}/${sizeBytes}` }),
  });
  if (!pieces || !first || first.done === true) return void response.end();
  await pipeline(continued(first.value, pieces), response).catch(() => response.destroy());
}

/** A sequence whose first piece was taken out already. */
async function* continued(first: Uint8Array, pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    yield* pieces;
  } finally {
    await pieces.return(undefined);
  }
}

/** Answers with what went wrong, without a word of how the server is made. */
export function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const { status, headers } =
    error instanceof RequestError ? error : { status: 500, headers: {} as Record<string, string> };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  sendJson(response, { error: describe(error) }, status);
}

function describe(error: unknown): { code: string; message: string; hint?: string | undefined } {
  if (error instanceof RequestError) return { code: error.code, message: error.message };
  if (error instanceof PeriphonError) return { code: error.code, message: error.message, hint: error.hint };
  return { code: 'internal', message: 'a fault of periphon itself' };
}
