import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Warning } from '../../src/base/errors.ts';
import type { MetadataEdits } from '../../src/job/metadata-edits.ts';
import { setMetadata, type SetMetadataOptions } from '../../src/job/metadata-set.ts';
import { showMetadata } from '../../src/job/metadata-show.ts';
import { trimLayouts } from '../../src/scene/scene.ts';
import { mediaInfoOf } from '../conformance/media-info.ts';
import { realMaster } from '../io/adm/real-masters.ts';
import { chunksIn } from '../io/wav/wav-bytes.ts';
import { asBw64, surroundChunks, writeMaster } from './metadata-masters.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();
const master = await writeMaster(folder, 'master');
let count = 0;
let outDir = '';
beforeEach(() => {
  outDir = join(folder, `out ${count++}`);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Sets metadata of one file; gives the new file's path and bytes. */
async function setOne(file: string, edits: MetadataEdits, options: Partial<SetMetadataOptions> = {}) {
  const warnings: string[] = [];
  const onWarning = ({ code }: Warning): void => void warnings.push(code);
  const { files } = await setMetadata([file], { edits, outDir, onWarning, ...options });
  const [edited] = files;
  return { ...edited!, bytes: readFileSync(edited!.out), warnings };
}

const shown = async (file: string) => (await showMetadata([file])).files[0]!;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const audioOf = (bytes: Buffer): Buffer => chunksIn(bytes).find(({ id }) => id === 'data')!.payload;
/** Chunks but for some, each as its id and hash. */
const withoutChunk = (bytes: Buffer, ...wanted: string[]): string =>
  chunksIn(bytes)
    .filter(({ id }) => !wanted.includes(id))
    .map(({ id, payload }) => `${id} ${sha256(payload)}`)
    .join('\n');

/** What MediaInfo says of a file's first track of this key, as far as its text goes. */
const mediaInfo = async (file: string, key: string): Promise<string | undefined> =>
  new RegExp(`"${key}":"([^"]*)"`).exec(await mediaInfoOf(file))?.[1];

describe('real masters', () => {
  const edits: MetadataEdits = {
    warpMode: 'warping',
    downmixType: 'ltRtProLogic',
    phaseShift90: 'on',
    frameRate: '25',
    firstFrameOfAction: '01:02:03:05',
    trims: [
      { layout: 'all', automatic: false },
      { layout: '5.1', values: { centreDb: -1.5, surroundDb: -3, heightDb: -6 } },
      { layout: '7.1.4', automatic: true },
    ],
    binauralModes: [
      { of: '*', mode: 'far' },
      { of: '*Obj_2', mode: 'near' },
    ],
  };

  test('each file: fields as set, as MediaInfo reads them; all other chunks and the audio as they were', async (context) => {
    for (const index of [0, 1, 2]) {
      const file = realMaster(context, index);
      const before = readFileSync(file);
      const { out, bytes, audioSha256, warnings } = await setOne(file, edits);
      expect(warnings).toEqual([]);
      expect(bytes).toHaveLength(before.length);
      expect(withoutChunk(bytes, 'dbmd')).toBe(withoutChunk(before, 'dbmd'));
      expect(audioSha256).toBe(sha256(audioOf(before)));
      expect(await shown(out)).toMatchObject({
        warpMode: 'warping',
        downmixType: 'ltRtProLogic',
        phaseShift90: 'on',
        frameRate: '25',
        firstFrameOfAction: { timecode: '01:02:03:05' },
      });
      const text = await mediaInfoOf(out);
      for (const said of [
        '"Downmix_5_1_x":"Direct Render with room balance"',
        '"Downmix_5to2":"Lt/Rt (Dolby Pro Logic) w/ Phase 90"',
        '"AssociatedVideo_FrameRate":"25.000"',
        '"FirstFrameOfAction_TimeCode":"01:02:03:05"',
        '"TrimMode1i":[{"Trim_Center":"-1.500"',
        '"Trim_Surround":"-3.000"',
        '"Trim_Height":"-6.000"',
        '"TrimMode2i":"Manual"',
        '"TrimMode8i":[{"Trim_Center":"Automatic"',
      ])
        expect(text, said).toContain(said);
      const modes = [...text.matchAll(/"BinauralRenderMode":"([^"]*)"/g)].map(([, mode]) => mode);
      // Of two objects, then of their two tracks.
      expect(modes).toEqual(['Far', 'Near', 'Far', 'Near']);
    }
  });

  test('each downmix type and warp mode has the name that MediaInfo gives it', async (context) => {
    const file = realMaster(context, 0);
    const named = async (key: string, change: MetadataEdits): Promise<string | undefined> =>
      mediaInfo((await setOne(file, change, { overwrite: true })).out, key);
    const warp = (warpMode: MetadataEdits['warpMode']) => named('Downmix_5_1_x', { warpMode });
    const type = (downmixType: MetadataEdits['downmixType']) => named('Downmix_5to2', { downmixType });
    expect([await warp('normal'), await warp('proLogicIIx'), await warp('loRo')]).toEqual([
      'Direct Render',
      'Dolby Pro Logic IIx',
      'Standard (Lo/Ro)',
    ]);
    expect([await type('loRo'), await type('ltRtPLII'), await type('directStereo')]).toEqual([
      'Lo/Ro',
      'Lt/Rt (Dolby Pro Logic II)',
      'Direct stereo render',
    ]);
  });

  test('setting back what was gives the very file', async (context) => {
    for (const index of [0, 1, 2]) {
      const file = realMaster(context, index);
      const before = await shown(file);
      const { out } = await setOne(file, { ...edits, renames: [{ before: 'Atmos_Obj_1', after: 'Vox' }] });
      const back = await setOne(
        out,
        {
          warpMode: before.warpMode,
          downmixType: before.downmixType,
          phaseShift90: before.phaseShift90,
          frameRate: before.frameRate,
          firstFrameOfAction: before.firstFrameOfAction!.timecode,
          trims: trimLayouts.map((layout) => {
            const { automatic, ...values } = before.trims![layout];
            return automatic ? { layout, automatic } : { layout, values };
          }),
          binauralModes: before.elements.map(({ name, channels }) => ({
            of: name.replace('Atmos_Obj_1', 'Vox'),
            mode: channels[0]!.binauralMode!,
          })),
          renames: [{ before: 'Vox', after: 'Atmos_Obj_1' }],
        },
        { outDir: `${outDir} back` },
      );
      expect(back.bytes.equals(readFileSync(file)), String(index)).toBe(true);
    }
  });
});

describe('containers', () => {
  const edits: MetadataEdits = { frameRate: '25', renames: [{ before: 'Vox 1', after: 'A longer name' }] };

  test('odd chunks before and behind the audio', async () => {
    const file = surroundChunks(master, join(folder, 'surrounded.wav'));
    const { bytes } = await setOne(file, edits);
    expect(withoutChunk(bytes, 'axml', 'dbmd')).toBe(withoutChunk(readFileSync(file), 'axml', 'dbmd'));
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
  });

  test('RF64 and BW64 stay so, with ds64 right', async () => {
    for (const form of ['RF64', 'BW64'] as const) {
      const file = asBw64(master, join(folder, `${form}.wav`), form);
      const { out, bytes, audioSha256 } = await setOne(file, edits);
      expect(audioSha256).toBe(sha256(audioOf(readFileSync(master))));
      expect(bytes.toString('latin1', 0, 4)).toBe(form);
      expect(bytes.readBigUInt64LE(20)).toBe(BigInt(bytes.length - 8));
      expect(await shown(out)).toMatchObject({ container: form, frameRate: '25' });
      expect(await mediaInfo(out, 'AssociatedVideo_FrameRate')).toBe('25.000');
    }
  });

  test('96 kHz', async () => {
    const file = await writeMaster(folder, 'fast', { sampleRateHz: 96_000 });
    const { out, bytes } = await setOne(file, { binauralModes: [{ of: 'bed', mode: 'mid' }] });
    expect(audioOf(bytes).equals(audioOf(readFileSync(file)))).toBe(true);
    const modes = (await shown(out)).elements[0]!.channels.map(({ binauralMode }) => binauralMode);
    expect(modes).toEqual(['mid', 'mid', 'mid', 'off', 'mid', 'mid']);
  });

  test('a file without dbmd: names alone leave it so, studio metadata makes one', async () => {
    const file = await writeMaster(folder, 'itu', { to: 'adm-itu' });
    const named = await setOne(file, { programmeName: 'Evening' });
    expect(chunksIn(named.bytes).map(({ id }) => id)).not.toContain('dbmd');
    expect((await shown(named.out)).programme!.name).toBe('Evening');
    const made = await setOne(file, { frameRate: '25' }, { outDir: `${outDir} more` });
    expect(made.warnings).toEqual(['metadata-dbmd-new']);
    expect(chunksIn(made.bytes).at(-1)!.id).toBe('dbmd');
    expect(await mediaInfo(made.out, 'AssociatedVideo_FrameRate')).toBe('25.000');
  });

  test('what we renamed opens as a scene of the new names', async () => {
    const { out, changes } = await setOne(master, {
      renames: [{ before: 'Keys: left', after: 'Rhodes & co' }],
    });
    expect(changes).toEqual([
      { field: 'elementName', of: 'Keys: left', before: 'Keys: left', after: 'Rhodes & co' },
    ]);
    expect((await shown(out)).elements.map(({ name }) => name)).toEqual([
      'Bed',
      'Vox 1',
      'Vox 2',
      'Rhodes & co',
    ]);
    expect(await mediaInfoOf(out)).toContain('"Title":"PCM_Rhodes & co"');
  });
});

describe('many files', () => {
  test('all are checked before any is written, and all faults come at once', async () => {
    const cut = join(folder, 'cut.wav');
    copyFileSync(master, cut);
    truncateSync(cut, 20_000);
    mkdirSync(outDir);
    writeFileSync(join(outDir, 'master.wav'), 'mine');
    const files = [master, cut, join(folder, 'missing.wav')];
    const failed = setMetadata(files, { edits: { binauralModes: [{ of: 'Vax 1', mode: 'off' }] }, outDir });
    await expect(failed).rejects.toMatchObject({
      name: 'FormatError',
      code: 'metadata-files',
      issues: [
        { code: 'output-exists', path: master },
        { code: 'wav-truncated', path: cut },
        { code: 'file-missing', message: 'no such file' },
        { code: 'metadata-no-element', message: expect.stringContaining('did you mean "Vox 1"?') },
      ],
    });
    expect(readdirSync(outDir)).toEqual(['master.wav']);
    expect(readFileSync(join(outDir, 'master.wav'), 'utf8')).toBe('mine');
  });

  test('no two files to one name, none over a file that is edited, by whatever name', async () => {
    mkdirSync(outDir);
    const twin = join(outDir, 'master.wav');
    copyFileSync(master, twin);
    const linked = join(folder, 'linked.wav');
    linkSync(twin, linked);
    const options = { edits: { frameRate: '25' }, overwrite: true } as const;
    const into = (files: string[], more: Partial<SetMetadataOptions>) =>
      setMetadata(files, { ...options, ...more });
    await expect(into([master, twin], { outDir: `${outDir} new` })).rejects.toThrow(/as .*master\.wav would/);
    await expect(into([twin], { outDir })).rejects.toThrow(/one of the files to edit/);
    await expect(into([twin], { out: linked })).rejects.toThrow(/one of the files to edit/);
    await expect(into([linked, twin], { outDir })).rejects.toMatchObject({ code: 'output-is-input' });
    expect(readFileSync(twin).equals(readFileSync(master))).toBe(true);
  });

  test('a pattern that some files do not know is a remark, one that none knows an error', async () => {
    const other = join(folder, 'other.wav');
    copyFileSync((await setOne(master, { renames: [{ before: 'Vox 1', after: 'Solo' }] })).out, other);
    const warnings: string[] = [];
    const { files } = await setMetadata([master, other], {
      edits: { binauralModes: [{ of: 'Solo', mode: 'near' }] },
      outDir: `${outDir} both`,
      onWarning: ({ code, file }) => void warnings.push(`${code} ${file}`),
    });
    expect(warnings).toEqual([`metadata-no-element ${master}`]);
    expect(files.map(({ changes }) => changes.length)).toEqual([0, 1]);
    expect(readFileSync(files[0]!.out).equals(readFileSync(master))).toBe(true);
  });

  test('a dry run says what would change and writes nothing', async () => {
    const result = await setMetadata([master], { edits: { frameRate: '25' }, outDir, dryRun: true });
    expect(result).toMatchObject({
      dryRun: true,
      files: [{ changes: [{ field: 'frameRate', before: '24', after: '25' }], audioSha256: undefined }],
    });
    expect(existsSync(outDir)).toBe(false);
  });

  test('nothing to set, no place to write to, empty names', async () => {
    const edits = { frameRate: '25' } as const;
    await expect(setMetadata([master], { edits: { trims: [] }, outDir })).rejects.toMatchObject({
      code: 'metadata-nothing',
    });
    for (const where of [{}, { out: 'a', outDir }])
      await expect(setMetadata([master], { edits, ...where })).rejects.toMatchObject({
        code: 'metadata-out',
      });
    await expect(setMetadata([master, master], { edits, out: 'a' })).rejects.toThrow(/one file for 2/);
    await expect(setMetadata([master], { edits: { programmeName: ' ' }, outDir })).rejects.toThrow(/empty/);
  });
});

describe('nothing is left behind', () => {
  const edits = { frameRate: '25' } as const;
  const handleOf = async (): Promise<object> => {
    const handle = await open(master);
    await handle.close();
    return Object.getPrototypeOf(handle) as object;
  };

  test('a full disk', async () => {
    vi.spyOn((await handleOf()) as { write: () => unknown }, 'write').mockRejectedValue(
      Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }),
    );
    await expect(setMetadata([master], { edits, outDir })).rejects.toMatchObject({ code: 'disk-full' });
    expect(existsSync(outDir)).toBe(false);
  });

  test('a folder that cannot be made', async () => {
    const failed = setMetadata([master], { edits, outDir: '/proc/none/here' });
    await expect(failed).rejects.toMatchObject({ code: 'output-unwritable' });
  });

  test('stopped while it writes', async () => {
    const controller = new AbortController();
    const stopped = setMetadata([master], {
      edits,
      outDir,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    expect(existsSync(outDir)).toBe(false);
  });

  test('a disk that gives back other bytes than it was given', async () => {
    const prototype = (await handleOf()) as {
      write(bytes: Uint8Array, ...rest: unknown[]): Promise<unknown>;
    };
    const { write } = prototype;
    vi.spyOn(prototype, 'write').mockImplementation(function (this: unknown, bytes, ...rest) {
      const bad = bytes.slice();
      if (bad.length > 1000) bad[500]! ^= 1;
      return write.call(this as never, bad, ...rest);
    });
    await expect(setMetadata([master], { edits, outDir })).rejects.toMatchObject({ code: 'metadata-verify' });
    expect(existsSync(outDir)).toBe(false);
  });
});
