import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { masterRules } from '../../src/deliver/master-rules/master-rules.ts';
import { openWavFile } from '../../src/io/wav/wav-reader.ts';
import { readMasterFile } from '../../src/job/master-facts.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { editChunk, chunksOf, inFolder, riffOf, writeMaster } from '../deliver/master-rules/master-files.ts';
import { realMaster } from '../io/adm/real-masters.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();
const kernels = await loadKernels();

async function read(file: string) {
  const reader = await openWavFile(file, { kernels });
  try {
    return (await readMasterFile(reader, readFileSync(file).length)).facts;
  } finally {
    await reader.close();
  }
}

test('a master lies in its facts as it lies in its file', async () => {
  const file = await writeMaster(inFolder(folder, 'whole'));
  const bytes = readFileSync(file);
  const facts = await read(file);
  expect(facts).toMatchObject({
    container: 'WAV',
    formatTag: 1,
    sampleRateHz: 48_000,
    bitDepth: 24,
    channelCount: 13,
    frameCount: 12_000,
    fileBytes: bytes.length,
  });
  for (const { id, byteOffset, sizeBytes } of facts.chunks) {
    expect(bytes.toString('latin1', byteOffset, byteOffset + 4)).toBe(id);
    expect(bytes.readUInt32LE(byteOffset + 4)).toBe(sizeBytes);
  }
  const text = chunksOf(bytes)
    .find(({ id }) => id === 'axml')!
    .bytes.toString()
    .split('\n');
  const programme = facts.model.content!.children.find(({ name }) => name === 'audioProgramme')!;
  expect(text[programme.line! - 1]).toContain('<audioProgramme ');
  for (const { byteOffset, uid } of facts.tracks.content!.entries)
    expect(bytes.toString('latin1', byteOffset + 2, byteOffset + 14)).toBe(uid);
  for (const { byteOffset, id, isWhole, hasRightChecksum } of facts.studio.content!.segments) {
    expect([bytes[byteOffset], isWhole, hasRightChecksum]).toEqual([id, true, true]);
  }
  expect(facts.studio.content).toMatchObject({ channelCount: 13, hasFrameRate: true });
});

test.each([
  ['axml', /^chunk axml is not well-formed XML/],
  ['chna', /^chunk chna has 3 bytes/],
  ['dbmd', /^chunk dbmd is damaged/],
] as const)('what is wrong with %s is a fact, not an error', async (id, fault) => {
  const file = await writeMaster(inFolder(folder, `damaged ${id}`));
  const damaged = riffOf(editChunk(id, () => Buffer.from('<x>'))(chunksOf(readFileSync(file))));
  writeFileSync(file, damaged);
  const facts = await read(file);
  const part = { axml: facts.model, chna: facts.tracks, dbmd: facts.studio }[id];
  expect(part.content).toBeUndefined();
  expect(part.fault).toMatch(fault);
});

test('the real masters keep every rule', async (context) => {
  for (const index of [0, 1, 2]) {
    const facts = await read(realMaster(context, index));
    const broken = masterRules.filter(({ check }) => check(facts).length > 0).map(({ id }) => id);
    expect(broken).toEqual([]);
  }
});
