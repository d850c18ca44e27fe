import { expect, test } from 'vitest';
import type { AudioReader } from '../../../src/io/audio-file.ts';
import { createStemReader } from '../../../src/io/stems/stem-reader.ts';
import { parseScene } from '../../../src/scene/parse-scene.ts';

const objects = ['a', 'b'].map((name) => ({ name, file: name, position: { azimuthDeg: 0 } }));
const { scene } = parseScene({ version: 1, objects });
const reader = (frameCount: number, closed: string[]): AudioReader => ({
  file: `${frameCount}.wav`,
  container: 'WAV',
  sampleRateHz: 48000,
  channelCount: 1,
  frameCount,
  sampleFormat: 'int24',
  bitDepth: 24,
  seek: () => undefined,
  read: async (block) => block.frameCount,
  close: async () => void closed.push(`${frameCount}`),
});

test('is as long as what ends last, warns of what ends early, and closes its files', async () => {
  const closed: string[] = [];
  const warnings: string[] = [];
  const scenes = createStemReader({
    file: 'x',
    scene,
    sampleRateHz: 48000,
    stems: [
      { reader: reader(100, closed), startSample: 0, tracks: [[0]] },
      { reader: reader(80, closed), startSample: 40, tracks: [[1]] },
    ],
    stereoMasterFile: undefined,
    onWarning: ({ code, message }) => warnings.push(`${code} ${message}`),
  });
  expect(scenes).toMatchObject({ frameCount: 120, channelCount: 2 });
  expect(scenes.stems[1]).toMatchObject({ startSample: 40, elements: ['b'], bitDepth: 24 });
  expect(warnings).toEqual([
    'stem-short 100.wav: ends 20 samples (0.000 s) before the scene; silence follows it',
  ]);
  expect(() => scenes.seek(121)).toThrow(RangeError);
  await scenes.close();
  expect(closed).toEqual(['100', '80']);
});
