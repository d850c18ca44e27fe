import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import type { Warning } from '../../../src/base/errors.ts';
import { planDamf } from '../../../src/io/damf/damf-writer.ts';
import { openScene } from '../../../src/io/stems/open-scene.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { sceneTracks, type Scene } from '../../../src/scene/scene.ts';
import { caf, cafChunk, cafData, desc } from '../caf/caf-bytes.ts';

/** Masters in DAMF, for tests. */

const kernels = await loadKernels();

/** Text of a root file with a 7.1 bed and two objects, but for what is given. */
export const rootText = (presentation: readonly string[] = [], instances = defaultInstances): string =>
  [
    'version: 0.5.1',
    'presentations:',
    '  - type: home',
    '    simplified: false',
    '    metadata: mix.atmos.metadata',
    '    audio: mix.atmos.audio',
    '    offset: 0.0',
    ...presentation.map((line) => `    ${line}`),
    ...instances.map((line) => `    ${line}`),
    '',
  ].join('\n');

const defaultInstances = [
  'bedInstances:',
  '  - channels:',
  '      - channel: LFE',
  '        ID: 3',
  'objects:',
  '  - ID: 10',
  '  - description: lead',
  '    ID: 11',
];

/** Text of an event file. */
export const eventText = (...events: readonly (readonly string[])[]): string =>
  `sampleRate: 48000\nevents:\n${events.map((lines) => `  - ${lines.join('\n    ')}\n`).join('')}`;

/** Audio of so many channels; channel n is the constant (n + 1) / 256. */
export function cafOf(channels: number, frames: number): Buffer {
  const samples = Buffer.alloc(3 * channels * frames);
  for (let at = 0; at < channels * frames; at++)
    samples.writeIntBE(((at % channels) + 1) * 2 ** 15, 3 * at, 3);
  return caf(cafChunk('desc', desc({ channels })), cafChunk('data', cafData(samples)));
}

/** Writes the files of a master; returns the path of its root file. */
export function saveMaster(
  folder: string,
  { root = rootText(), events = eventText(), channels = 3, frames = 48_000, name = 'mix' } = {},
): string {
  const file = join(folder, `${name}.atmos`);
  writeFileSync(file, root);
  writeFileSync(`${file}.metadata`, events);
  writeFileSync(`${file}.audio`, cafOf(channels, frames));
  return file;
}

/** Opens a scene: its data, the level of each track in 256ths at a frame, the codes and texts of warnings. */
export async function openMaster(file: string, frame = 100) {
  const warnings: Warning[] = [];
  const reader = await openScene(file, { kernels, onWarning: (warning) => void warnings.push(warning) });
  try {
    reader.seek(Math.min(frame, reader.frameCount));
    const block = createAudioBlock(reader.channelCount, 1);
    await reader.read(block);
    return {
      reader,
      scene: reader.scene,
      levels: block.channels.map(([level]) => level! * 256),
      warnings,
      codes: warnings.map(({ code }) => code),
    };
  } finally {
    await reader.close();
  }
}

/** Writes a scene as a master; track n is the constant (n + 1) / 256. Returns the codes of warnings. */
export async function writeMaster(
  file: string,
  scene: Scene,
  { frameCount = 96_000, sampleRateHz = 48_000, overwrite = false } = {},
): Promise<string[]> {
  const codes: string[] = [];
  const writer = await planDamf(file, {
    scene,
    kernels,
    sampleRateHz,
    frameCount,
    overwrite,
    tool: { name: 'periphon', version: [1, 2, 3] },
    onWarning: ({ code }) => void codes.push(code),
  }).start();
  const block = createAudioBlock(sceneTracks(scene).length, frameCount);
  for (const [track, samples] of block.channels.entries()) samples.fill((track + 1) / 256);
  await writer.write(block);
  await writer.finish();
  return codes;
}
