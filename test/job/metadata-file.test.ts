import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openMetadataFile, readMetadata } from '../../src/job/metadata-file.ts';
import { realMaster } from '../io/adm/real-masters.ts';
import { chunk, fmt, riff } from '../io/wav/wav-bytes.ts';
import { writeMaster } from './metadata-masters.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();

/** Opens a file, takes its metadata, closes it. */
async function metadataOf(file: string) {
  const { input, metadata } = await openMetadataFile(file, {});
  await input.close();
  return metadata;
}

test('a real master, as the vendor parser has it', async (context) => {
  const metadata = await metadataOf(realMaster(context, 1));
  expect(metadata).toMatchObject({
    container: 'WAV',
    sampleRateHz: 48000,
    channelCount: 2,
    durationSec: 5,
    isStudioMaster: true,
    programme: { id: 'APR_1001', name: 'Atmos_Master' },
    creationTool: 'Dolby Atmos Conversion Tool 1.9.0',
    frameRate: '24',
    firstFrameOfAction: { timeSec: 0, timecode: '00:00:00:00' },
    warpMode: 'normal',
    downmixType: 'notIndicated',
  });
  const manual = Object.entries(metadata.trims!).filter(([, { automatic }]) => !automatic);
  expect(manual.map(([layout]) => layout)).toEqual(['5.1', '5.1.2']);
});

test('beds have the labels that engineers know; tracks are those of the file', async () => {
  const { elements } = await metadataOf(await writeMaster(folder, 'a'));
  expect(elements.map(({ name, kind }) => [name, kind])).toEqual([
    ['Bed', 'bed'],
    ['Vox 1', 'object'],
    ['Vox 2', 'object'],
    ['Keys: left', 'object'],
  ]);
  expect(elements[0]!.channels.map(({ label, track, isLfe }) => [label, track, isLfe])).toEqual([
    ['L', 1, false],
    ['R', 2, false],
    ['C', 3, false],
    ['LFE', 4, true],
    ['Ls', 5, false],
    ['Rs', 6, false],
  ]);
  expect(elements.at(-1)!.channels).toEqual([
    { label: 'mono', track: 9, isLfe: false, binauralMode: 'notIndicated' },
  ]);
});

test('a file without studio metadata states none of it', async () => {
  const metadata = await metadataOf(await writeMaster(folder, 'itu', { to: 'adm-itu' }));
  expect(metadata).toMatchObject({ isStudioMaster: false, frameRate: undefined, trims: undefined });
  expect(metadata.elements[0]!.channels[0]).toMatchObject({ label: 'M+030', binauralMode: undefined });
});

test('chunks can be read as they will be', async () => {
  const opened = await openMetadataFile(await writeMaster(folder, 'b'), {});
  const { byteOffset, sizeBytes } = opened.riff.chunks.find(({ id }) => id === 'axml')!;
  const text = Buffer.from(await opened.input.readBytes(byteOffset, sizeBytes)).toString();
  const axml = Buffer.from(text.replaceAll('Vox 1', 'Lead'));
  const { metadata } = await readMetadata(opened, new Map([['axml', axml]]), {});
  expect(metadata.elements[1]!.name).toBe('Lead');
  await opened.input.close();
});

test('a WAVE file that is no ADM BWF is refused', async () => {
  const file = join(folder, 'plain.wav');
  writeFileSync(file, riff([chunk('fmt ', fmt({})), chunk('data', new Uint8Array(4))]));
  await expect(openMetadataFile(file, {})).rejects.toMatchObject({ code: 'adm-missing', file });
  writeFileSync(file, riff([chunk('data', new Uint8Array(4))]));
  await expect(openMetadataFile(file, {})).rejects.toMatchObject({ code: 'wav-fmt-missing' });
});
