import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { masterScene } from '../../src/job/master-scene.ts';
import { readPlainWav } from '../cli/outside-tools.ts';
import { jobFolder, writeText, writeTinyScene } from './scenes.ts';

const folder = jobFolder();
let scene: string;
beforeAll(() => {
  scene = writeTinyScene(folder, 72_000);
});

const markers = [
  { name: 'one', timeSec: 0 },
  { name: 'two', timeSec: 0.3003 },
  { name: 'three', timeSamples: 40_001 },
];

test.each([
  [undefined, undefined],
  [44_100, 16],
] as const)('tracks joined again are the uncut file, bit for bit (%s Hz, %s bits)', async (rate, bits) => {
  const options = { scene, targets: ['stereo', '5.1', 'ambix1'], sampleRateHz: rate, bitDepth: bits };
  const uncutDir = join(folder, `uncut ${rate}`);
  const cutDir = join(folder, `cut ${rate}`);
  const { report: uncut } = await masterScene({ ...options, outDir: uncutDir });
  const { report: cut } = await masterScene({ ...options, outDir: cutDir, markers });
  for (const [index, target] of cut.targets.entries()) {
    const whole = readPlainWav(join(uncutDir, uncut.targets[index]!.file));
    const tracks = target.tracks!.map(({ file }) => readPlainWav(join(cutDir, file)));
    for (const [channel, samples] of whole.channels.entries()) {
      const joined = tracks.flatMap(({ channels }) => [...channels[channel]!]);
      expect(joined).toHaveLength(samples.length);
      expect(joined.every((sample, n) => sample === samples[n])).toBe(true);
    }
    expect(target.tracks!.map(({ lengthSamples }) => lengthSamples)).toEqual(
      tracks.map(({ channels }) => channels[0]!.length),
    );
    const rateHz = rate ?? 48_000;
    expect(target.tracks![1]!.startSamples).toBe(Math.round(0.3003 * rateHz));
    expect(target.tracks![2]!.startSamples).toBe(Math.round((40_001 / 48_000) * rateHz));
    for (const { file, sha256 } of target.tracks!) {
      const bytes = readFileSync(join(cutDir, file));
      expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
    const { file: _file, sha256: _sha256, tracks: _tracks, ...figures } = target;
    expect(uncut.targets[index]).toMatchObject(figures);
  }
});

test('tracks are named in a dry run, and refused where one is there already', async () => {
  const file = writeText(folder, 'tracks.csv', '0,Opening\n1,Finale\n');
  const options = { scene, targets: ['stereo'], markers: file, outDir: join(folder, 'mine') };
  const { report } = await masterScene({ ...options, dryRun: true });
  expect(report.targets[0]).toMatchObject({
    file: '',
    tracks: [
      { file: 'tiny.stereo.01-Opening.wav', durationSec: 1 },
      { file: 'tiny.stereo.02-Finale.wav', durationSec: 0.5 },
    ],
  });
  await masterScene(options);
  writeFileSync(join(options.outDir, 'tiny.stereo.01-Opening.wav'), 'mine');
  await expect(masterScene(options)).rejects.toMatchObject({ code: 'output-exists' });
  expect(readdirSync(options.outDir).sort()).toEqual([
    'manifest.json',
    'report.json',
    'tiny.stereo.01-Opening.wav',
    'tiny.stereo.02-Finale.wav',
  ]);
});
