import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OutputError } from '../../src/base/errors.ts';
import {
  createAtomicFile,
  makeFolder,
  toOutputError,
  writeAll,
  writeFileAtomically,
} from '../../src/io/atomic-file.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'periphon-atomic-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true, force: true });
});

test('the name appears only when the file is whole', async () => {
  const file = join(dir, 'a.bin');
  const target = await createAtomicFile(file);
  await target.write(Buffer.from('world'), 6);
  await target.write(Buffer.from('hello '), 0);
  expect(readdirSync(dir)).not.toContain('a.bin');
  await target.finish();
  expect(readFileSync(file, 'utf8')).toBe('hello world');
  await target.abort();
  expect(readdirSync(dir)).toEqual(['a.bin']);
});

test('an existing file is kept, even one that appears meanwhile', async () => {
  const file = join(dir, 'a.bin');
  const late = await createAtomicFile(file);
  await writeFileAtomically(file, 'first');
  await expect(late.finish()).rejects.toMatchObject({ code: 'output-exists' });
  await expect(createAtomicFile(file)).rejects.toMatchObject({ code: 'output-exists' });
  expect([readFileSync(file, 'utf8'), readdirSync(dir)]).toEqual(['first', ['a.bin']]);
  await writeFileAtomically(file, Buffer.from('second'), { overwrite: true });
  expect(readFileSync(file, 'utf8')).toBe('second');
});

test('folders that do not exist, or are files, or hold that name', async () => {
  const unwritable = { name: 'OutputError', code: 'output-unwritable' };
  await expect(createAtomicFile(join(dir, 'no', 'a'))).rejects.toMatchObject(unwritable);
  writeFileSync(join(dir, 'file'), '');
  await expect(createAtomicFile(join(dir, 'file', 'a'))).rejects.toMatchObject(unwritable);
  mkdirSync(join(dir, 'folder'));
  await expect(createAtomicFile(join(dir, 'folder'), { overwrite: true })).rejects.toMatchObject(unwritable);
});

test('a failure to sync leaves nothing behind', async () => {
  const target = await createAtomicFile(join(dir, 'a'));
  const probe = await open(join(dir, 'probe'), 'w');
  vi.spyOn(Object.getPrototypeOf(probe), 'sync').mockRejectedValue(
    Object.assign(new Error(), { code: 'ENOSPC' }),
  );
  await probe.close();
  await expect(target.finish()).rejects.toMatchObject({ code: 'disk-full' });
  expect(readdirSync(dir)).toEqual(['probe']);
});

test('what a check of the whole file throws keeps it from its name', async () => {
  const file = join(dir, 'a.bin');
  const refuse = new OutputError('metadata-verify', 'not what was written');
  for (const isRight of [false, true]) {
    const target = await createAtomicFile(file);
    await target.write(Buffer.from('abc'), 0);
    const finished = target.finish(async (temporary) => {
      if (readFileSync(temporary, 'utf8') !== 'abc' || !isRight) throw refuse;
    });
    await (isRight ? finished : expect(finished).rejects.toBe(refuse));
    expect(readdirSync(dir)).toEqual(isRight ? ['a.bin'] : []);
  }
});

test('folders are made with those above them, or refused at once', async () => {
  const deep = join(dir, 'a b', 'c');
  await makeFolder(deep);
  await makeFolder(deep);
  await makeFolder('.');
  expect(readdirSync(join(dir, 'a b'))).toEqual(['c']);
  writeFileSync(join(dir, 'file'), '');
  const code = 'output-unwritable';
  await expect(makeFolder(join(dir, 'file'))).rejects.toMatchObject({ code });
  await expect(makeFolder(join(dir, 'file', 'below'))).rejects.toMatchObject({ code });
  if (existsSync('/proc/self')) await expect(makeFolder('/proc/none/below')).rejects.toMatchObject({ code });
});

test('system errors become two kinds', () => {
  const codeOf = (code: string): string => toOutputError(Object.assign(new Error('x'), { code }), 'f').code;
  expect(['ENOSPC', 'EDQUOT', 'EFBIG'].map(codeOf)).toEqual(['disk-full', 'disk-full', 'disk-full']);
  expect(['EACCES', 'EROFS', 'EIO'].map(codeOf)).toEqual(Array(3).fill('output-unwritable'));
  const own = new OutputError('output-exists', 'm');
  expect(toOutputError(own, 'f')).toBe(own);
});

test('writeAll goes on where the system stopped', async () => {
  const written: number[] = [];
  const handle = {
    write: async (_: Uint8Array, offset: number, length: number) => {
      written.push(offset);
      return { bytesWritten: Math.min(3, length) };
    },
  };
  await writeAll(handle as never, new Uint8Array(8), 100);
  expect(written).toEqual([0, 3, 6]);
});
