import { open, readFile, realpath, stat, type FileHandle } from 'node:fs/promises';
import { FormatError } from '../base/errors.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EISDIR: 'a folder, not a file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EMFILE: 'too many open files',
};

/** Turns a system error met while reading `file` into a FormatError ('file-missing' or 'file-unreadable'). */
export function toInputError(error: unknown, file: string): FormatError {
  const systemCode = (error as NodeJS.ErrnoException).code ?? '';
  const reason = reasons[systemCode] ?? (error as Error).message;
  const code = systemCode === 'ENOENT' || systemCode === 'ENOTDIR' ? 'file-missing' : 'file-unreadable';
  return new FormatError(code, `${file}: ${reason}`, { file, cause: error });
}

/** An open file that is read by position. */
export interface InputFile {
  readonly file: string;
  readonly sizeBytes: number;
  /** Fills `target` from `byteOffset` on as far as the file reaches. @returns bytes given */
  readInto(target: Uint8Array, byteOffset: number): Promise<number>;
  /** Bytes [byteOffset, byteOffset + byteCount), fewer at the end of the file. */
  readBytes(byteOffset: number, byteCount: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Opens a regular file for reading. @throws FormatError 'file-missing' or 'file-unreadable' */
export async function openInputFile(file: string): Promise<InputFile> {
  const handle = await openRegularFile(file);
  const { size } = await handle.stat();
  const readInto = async (target: Uint8Array, byteOffset: number): Promise<number> => {
    let filled = 0;
    try {
      while (filled < target.length) {
        const { bytesRead } = await handle.read(target, filled, target.length - filled, byteOffset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
    } catch (error) {
      throw toInputError(error, file);
    }
    return filled;
  };
  return {
    file,
    sizeBytes: size,
    readInto,
    async readBytes(byteOffset, byteCount) {
      const bytes = new Uint8Array(Math.max(0, Math.min(byteCount, size - byteOffset)));
      return bytes.subarray(0, await readInto(bytes, byteOffset));
    },
    close: () => handle.close(),
  };
}

async function openRegularFile(file: string): Promise<FileHandle> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    throw toInputError(error, file);
  }
  const stats = await handle.stat();
  if (stats.isFile()) return handle;
  await handle.close();
  const kind = stats.isDirectory() ? 'a folder' : 'a device or pipe';
  throw new FormatError('file-unreadable', `${file}: ${kind}, not a file`, { file });
}

/** All bytes of a small file. @throws FormatError 'file-missing' or 'file-unreadable' */
export async function readWholeFile(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw toInputError(error, file);
  }
}

/** What tells a file from all others, by whatever path it is named; undefined where there is none. */
export async function fileIdentity(file: string): Promise<string | undefined> {
  const found = await stat(file, { bigint: true }).catch(() => undefined);
  if (!found) return undefined;
  // Some file systems have no numbers for files.
  return found.ino === 0n ? realpath(file) : `${found.dev}:${found.ino}`;
}

const pieceBytes = 256 * 1024;

/** Bytes [byteOffset, byteOffset + sizeBytes) as far as the file reaches, in pieces; each is valid until the next. */
export async function* readPieces(
  input: InputFile,
  byteOffset: number,
  sizeBytes: number,
): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(Math.min(pieceBytes, sizeBytes));
  for (let done = 0; done < sizeBytes;) {
    const wanted = buffer.subarray(0, Math.min(buffer.length, sizeBytes - done));
    const found = await input.readInto(wanted, byteOffset + done);
    if (found === 0) return;
    yield buffer.subarray(0, found);
    done += found;
  }
}
