import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findModeEvents, planModeEdits, type DamfBinauralMode } from '../../../src/io/damf/edit-events.ts';
import { openInputFile } from '../../../src/io/input-file.ts';
import { jobFolder } from '../../job/scenes.ts';
import { eventText } from './open-damf.ts';

const file = join(jobFolder(), 'a.atmos.metadata');

/** The text with modes set, and what was found before. */
async function edited(text: string, wanted: Readonly<Record<number, DamfBinauralMode>>) {
  writeFileSync(file, text);
  const input = await openInputFile(file);
  const found = await findModeEvents(input);
  const pieces = await planModeEdits(
    input,
    found,
    new Map(Object.entries(wanted).map(([id, mode]) => [Number(id), mode])),
  );
  await input.close();
  const bytes = readFileSync(file);
  const made = pieces.map((piece) =>
    'bytes' in piece ? piece.bytes : bytes.subarray(piece.byteOffset, piece.byteOffset + piece.sizeBytes),
  );
  return { ...found, made: Buffer.concat(made).toString() };
}

const events = [
  ['ID: 10', 'samplePos: 0', 'pos: [0, 1, 0] # centre', 'binauralRenderMode: off'],
  ['ID: 11', 'samplePos: 0', 'pos:\n      - 0\n      - 1\n      - 0'],
  ['samplePos: 100', 'gain: -3'],
  ['ID: 10', 'samplePos: 100', 'binauralRenderMode: "mid" # later'],
] as const;

test('modes at the beginning, and those that change', async () => {
  const { modes, changing, made } = await edited(eventText(...events), {});
  expect([...modes]).toEqual([
    [10, 'off'],
    [11, 'undefined'],
  ]);
  expect([...changing]).toEqual([10]);
  expect(made).toBe(eventText(...events));
});

test('a mode holds to the end; all else stays byte by byte, and setting it back gives the file', async () => {
  const first = eventText(...events).replace('"mid"', 'off');
  const { made } = await edited(first, { 10: 'near' });
  expect(made).toBe(first.replaceAll('binauralRenderMode: off', 'binauralRenderMode: near'));
  expect((await edited(made, { 10: 'off' })).made).toBe(first);
  expect((await edited(first.replaceAll('off', '"off"'), { 10: 'off' })).made).toContain('"off"');
});

test('what says no mode gets one in its first event, what has no event gets one', async () => {
  for (const text of [
    eventText(...events),
    eventText(...events).replaceAll('\n', '\r\n'),
    eventText(...events).replaceAll(/^ {2}- /gm, '  -\n    '),
  ]) {
    const { made } = await edited(text, { 11: 'far', 12: 'mid' });
    expect([...(await edited(made, {})).modes]).toEqual([
      [12, 'mid'],
      [10, 'off'],
      [11, 'far'],
    ]);
  }
  const { made } = await edited('sampleRate: 48000\nevents: []\n', { 3: 'off' });
  expect(made).toBe(eventText(['ID: 3', 'samplePos: 0', 'binauralRenderMode: off']));
});

test('lines across the pieces that a file is read in', async () => {
  const long = eventText(...Array.from({ length: 40_000 }, (_, at) => [`ID: 10`, `samplePos: ${at}`]), [
    'ID: 11',
    'samplePos: 0',
    'binauralRenderMode: mid',
  ]);
  expect(Buffer.byteLength(long)).toBeGreaterThan(1 << 20);
  const { made } = await edited(long, { 11: 'far' });
  expect(made).toBe(long.replace('mid', 'far'));
});
