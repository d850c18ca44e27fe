import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { extname } from 'node:path';
import { notFound, type Resource } from './answers.ts';

const pieceBytes = 256 * 1024;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.flac': 'audio/flac',
};

/** Type of a file by its name. */
export const contentTypeOf = (name: string): string =>
  contentTypes[extname(name).toLowerCase()] ?? 'application/octet-stream';

/**
 * A file as it lies on the disk. It is opened for each reading.
 * @param path real path; where a link has taken its place it is not followed
 * @throws RequestError 404 where it is gone
 */
export async function fileResource(path: string): Promise<Resource> {
  const { size } = await withFile(path, (handle) => handle.stat());
  return {
    sizeBytes: size,
    contentType: contentTypeOf(path),
    async *read(start, end) {
      const handle = await openFile(path);
      try {
        for (let at = start; at <= end;) {
          const piece = new Uint8Array(Math.min(pieceBytes, end + 1 - at));
          const { bytesRead } = await handle.read(piece, 0, piece.length, at);
          if (bytesRead === 0) return;
          yield piece.subarray(0, bytesRead);
          at += bytesRead;
        }
      } finally {
        await handle.close();
      }
    },
  };
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch {
    throw notFound();
  }
}

async function withFile<T>(path: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await openFile(path);
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}
