import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { encodeClip, maxClipBytes } from '../../../src/io/wav/clip.ts';
import { openWavFile } from '../../../src/io/wav/wav-reader.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { noise } from '../../support.ts';
import { readWhole } from './read-whole.ts';

test.each(['int16', 'float32'] as const)('a stereo clip of %s is a WAV file', async (format) => {
  const dir = mkdtempSync(join(tmpdir(), 'periphon-clip-'));
  try {
    const channels = [noise(500, 1), noise(500, 2)];
    const file = join(dir, 'clip.wav');
    writeFileSync(file, encodeClip({ channels, frameCount: 400 }, 44100, format));
    const reader = await openWavFile(file, { kernels: createScalarKernels() });
    expect([reader.sampleRateHz, reader.channelCount, reader.frameCount]).toEqual([44100, 2, 400]);
    const read = await readWhole(reader);
    await reader.close();
    const step = format === 'int16' ? 2 ** -15 : 0;
    read.forEach((channel, index) =>
      channel.forEach((sample, frame) =>
        expect(Math.abs(sample - channels[index]![frame]!)).toBeLessThanOrEqual(step),
      ),
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test('what the encoder cannot do is refused', () => {
  const refusal = expect.objectContaining({ code: 'clip-limits' });
  expect(() => encodeClip(createAudioBlock(3, 10), 48000)).toThrow(refusal);
  expect(() => encodeClip(createAudioBlock(0, 10), 48000)).toThrow(refusal);
  expect(() => encodeClip({ channels: [new Float32Array(0)], frameCount: maxClipBytes }, 48000)).toThrow(
    refusal,
  );
});
