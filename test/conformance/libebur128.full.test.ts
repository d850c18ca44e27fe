import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { createLoudnessMeter } from '../../src/meter/loudness-meter.ts';
import { noise, requirePythonLibrary } from '../support.ts';

// Debian's libebur128, an independent implementation of BS.1770, on random signals.
const folder = mkdtempSync(join(tmpdir(), 'periphon-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Numbers of L, R, C, LFE (which does not count), Ls and Rs in libebur128. */
const channelMaps: Readonly<Record<string, readonly number[]>> = {
  '0+2+0': [1, 2],
  '5.1': [1, 2, 3, 0, 4, 5],
};

/**
 * Coloured noise in stretches of random length and level, some of them silent or under the gates: its level, colour
 * and length depend on the seed.
 */
function randomSignal(seed: number, channelCount: number, sampleRateHz: number): Float32Array[] {
  const dice = noise(4000, seed).map((x) => (x + 1) / 2);
  let next = 0;
  const roll = (): number => dice[next++]!;
  const frameCount = Math.round((1 + 7 * roll()) * sampleRateHz);
  const levels = new Float32Array(frameCount);
  for (let frame = 0; frame < frameCount;) {
    const end = frame + Math.round((0.05 + 2 * roll()) * sampleRateHz);
    levels.fill(roll() < 0.1 ? 0 : 10 ** (-2.5 * roll()), frame, Math.min(end, frameCount));
    frame = end;
  }
  return Array.from({ length: channelCount }, (_, channel) => {
    const [gain, colour] = [0.9 * roll(), 0.02 + 0.9 * roll()];
    let last = 0;
    return noise(frameCount, 1000 * seed + channel).map((x, n) => {
      last += colour * (x - last);
      return gain * levels[n]! * last;
    });
  });
}

test('50 random signals, stereo and 5.1, read within 0.005 LU', { timeout: 60_000 }, async (context) => {
  requirePythonLibrary(context, 'libebur128.so.1');
  const kernels = await loadKernels();
  const entries = [];
  const ours = [];
  for (let seed = 1; seed <= 50; seed++) {
    const layout = seed % 2 === 0 ? '5.1' : '0+2+0';
    const sampleRateHz = seed % 5 === 0 ? 44100 : 48000;
    const map = channelMaps[layout]!;
    const channels = randomSignal(seed, map.length, sampleRateHz);
    const frameCount = channels[0]!.length;
    const interleaved = new Float32Array(frameCount * map.length);
    channels.forEach((row, channel) => {
      for (let n = 0; n < frameCount; n++) interleaved[n * map.length + channel] = row[n]!;
    });
    const file = join(folder, `${seed}.f32`);
    writeFileSync(file, new Uint8Array(interleaved.buffer));
    entries.push({ file, channels: map.length, rate: sampleRateHz, map, mode: 'LRA' });
    const meter = createLoudnessMeter({ kernels, sampleRateHz, layout: getLayout(layout) });
    meter.process({ channels, frameCount });
    ours.push(meter.result());
  }
  const { stdout, stderr } = spawnSync('python3', [resolve(import.meta.dirname, '../ebur128.py')], {
    input: JSON.stringify(entries),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const theirs = JSON.parse(stdout) as { integrated: number; range: number }[];
  expect(theirs).toHaveLength(50);
  const differences = ours.map(({ integratedLufs }, index) =>
    Math.abs(integratedLufs - theirs[index]!.integrated),
  );
  const ranges = ours.map(({ loudnessRangeLu }, index) => Math.abs(loudnessRangeLu - theirs[index]!.range));
  process.stdout.write(
    `libebur128: integrated differs by ${Math.max(...differences).toFixed(5)} LU at most; ` +
      `its range, sampled once a second, by ${Math.max(...ranges).toFixed(2)} LU at most\n`,
  );
  expect(Math.max(...differences)).toBeLessThanOrEqual(0.005);
});
