import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { PeriphonError } from '../../src/base/errors.ts';
import { openScene } from '../../src/io/stems/open-scene.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { cafOf, eventText, rootText } from '../io/damf/open-damf.ts';

const events = eventText(
  ['ID: 3', 'samplePos: 0', 'active: true', 'gain: -inf', 'binauralRenderMode: off'],
  ['ID: 10', 'samplePos: 0', 'pos: [-1, 1, 0]', 'size: 0.5', 'zones: no back', 'rampLength: 480'],
  ['ID: 11', 'samplePos: 0', 'pos: [1, 1, 0]', 'snap: true', 'importance: 0.5', 'unknown: "x"'],
  ...Array.from({ length: 20 }, (_, index) => [
    `ID: ${10 + (index % 2)}`,
    `samplePos: ${100 * index}`,
    `pos: [0, ${index / 20}, 1]`,
  ]),
);
const root = rootText([
  'fps: 23.976',
  'warpMode: LoRo',
  'trimMode:',
  '  NoSurroundsNoHeights:',
  '    heightTrim: -3',
]);

/** The three files that mutants are made of. */
const seeds: readonly Buffer[] = [Buffer.from(root), Buffer.from(events), cafOf(3, 2000)];
const suffixes = ['', '.metadata', '.audio'];

/** Texts that say something else where they come to stand. */
const pieces = [
  '-',
  ':',
  '\n',
  '  ',
  '[',
  ']',
  '{',
  '&a',
  '*a',
  '#',
  '"',
  'NaN',
  '-inf',
  '1e999',
  '-1',
  '99999999999999999999',
  '\t',
  '\0',
  '- ID: 10\n',
  'events:\n',
  'null',
  '!!js/function ""',
  '<<: *a',
];

const mutation = fc.record({
  part: fc.nat(2),
  edits: fc.array(
    fc.record({
      at: fc.nat(9999),
      cut: fc.oneof(fc.constant(0), fc.nat(40)),
      insert: fc.oneof(
        fc.constantFrom(...pieces).map(Buffer.from),
        fc.uint8Array({ maxLength: 4 }).map(Buffer.from),
      ),
      times: fc.constantFrom(1, 1, 1, 200),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  cutTo: fc.oneof({ arbitrary: fc.constant(10_000), weight: 4 }, { arbitrary: fc.nat(9999), weight: 1 }),
});

const secondsAllowed = 2;

/**
 * Opens and reads mutants of a master in DAMF: each is read, or refused by a `PeriphonError` that says the file, in time.
 * @returns how many were read
 */
export async function fuzzDamf(runCount: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'periphon-damf-fuzz-'));
  const file = join(folder, 'mix.atmos');
  const kernels = createScalarKernels();
  let readCount = 0;
  const property = fc.asyncProperty(mutation, async ({ part, edits, cutTo }) => {
    for (const [index, seed] of seeds.entries()) {
      let bytes = seed;
      if (index === part) {
        for (const { at, cut, insert, times } of edits) {
          // Most of the audio is samples; its header is what can be wrong.
          const from = Math.floor((at / 10_000) * (part === 2 ? 72 : bytes.length));
          bytes = Buffer.concat([
            bytes.subarray(0, from),
            ...Array<Buffer>(times).fill(insert),
            bytes.subarray(from + cut),
          ]);
        }
        bytes = bytes.subarray(0, Math.floor((bytes.length * cutTo) / 10_000));
      }
      writeFileSync(file + suffixes[index]!, bytes);
    }
    const start = process.cpuUsage();
    try {
      const reader = await openScene(file, { kernels, onWarning: () => {} });
      try {
        const block = createAudioBlock(reader.channelCount, 512);
        for (let given = await reader.read(block); given > 0; given = await reader.read(block));
        readCount++;
      } finally {
        await reader.close();
      }
    } catch (error) {
      if (!(error instanceof PeriphonError)) throw error;
      expect(error.message).toContain('mix.atmos');
    }
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(secondsAllowed);
  });
  try {
    await fc.assert(property, { seed: 20261127, numRuns: runCount, endOnFailure: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return readCount;
}
