import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRecipeText } from '../src/job/read-recipe.ts';
import { parseLayout } from '../src/layouts/custom.ts';
import { parseScene } from '../src/scene/parse-scene.ts';
import { sceneTracks } from '../src/scene/scene.ts';
import { requireTool, run } from './support.ts';

const root = resolve(import.meta.dirname, '..');
const commandLine = join(root, 'dist', 'cli', 'main.js');

/** A copy of the examples, so that the reader's own stems and outputs stay as they are. */
const workDir = mkdtempSync(join(tmpdir(), 'periphon-examples-'));
const songDir = join(workDir, 'master-stems');
const stemsDir = join(songDir, 'stems');

const readText = (...parts: string[]): string => readFileSync(join(...parts), 'utf8');
const runScript = (script: string, args: readonly string[], cwd: string): string =>
  execFileSync(process.execPath, [script, ...args], { cwd, encoding: 'utf8', stdio: 'pipe' });

/** Arguments of the `npx periphon` command in the README of an example. */
function readmeCommand(example: string): string[] {
  const line = readText(workDir, example, 'README.md')
    .split('\n')
    .find((text) => text.startsWith('npx periphon '));
  return line?.split(' ').slice(2) ?? [];
}

beforeAll(() => {
  cpSync(join(root, 'examples'), workDir, {
    recursive: true,
    filter: (source) => !['stems', 'out'].includes(basename(source)),
  });
  runScript('make-stems.mjs', [], songDir);
}, 120_000);
afterAll(() => rmSync(workDir, { recursive: true, force: true }));

interface Pcm24 {
  channelCount: number;
  sampleRateHz: number;
  frameCount: number;
  /** Interleaved, 1 is full scale. */
  samples: Float64Array;
}

/** Reads a 24-bit WAV file with a 68-byte header, as `writeWav` of the examples makes it. */
function readPcm24(path: string): Pcm24 {
  const file = readFileSync(path);
  const channelCount = file.readUInt16LE(22);
  const sampleCount = file.readUInt32LE(64) / 3;
  const samples = new Float64Array(sampleCount);
  for (let index = 0; index < sampleCount; index++) {
    const offset = 68 + 3 * index;
    const value = file[offset]! | (file[offset + 1]! << 8) | (file[offset + 2]! << 16);
    samples[index] = ((value << 8) >> 8) / 2 ** 23;
  }
  return {
    channelCount,
    sampleRateHz: file.readUInt32LE(24),
    frameCount: sampleCount / channelCount,
    samples,
  };
}

describe('the files of the examples', () => {
  test('the picture of the song is current (periphon inspect --svg writes it)', () => {
    const picture = join(workDir, 'trajectories.svg');
    runScript(
      commandLine,
      ['inspect', join(songDir, 'song.scene.json'), '--svg', picture, '--quiet'],
      workDir,
    );
    expect(readText(picture)).toBe(readText(songDir, 'trajectories.svg'));
  });

  test('the scene of the song is valid: a 7.1.2 bed and eleven objects', () => {
    const names = readdirSync(join(songDir, 'paths'));
    const sideFiles = new Map(names.map((name) => [`paths/${name}`, readText(songDir, 'paths', name)]));
    const { scene, stereoMaster } = parseScene(JSON.parse(readText(songDir, 'song.scene.json')), {
      sideFiles,
    });
    expect(scene.elements.map((element) => element.kind)).toEqual(['bed', ...Array(11).fill('object')]);
    expect(sceneTracks(scene)).toHaveLength(10 + 11);
    expect(stereoMaster).toBe('stems/stereo-master.wav');
  });

  test('the recipe of the song has an entry for every target of its command', () => {
    const { targets } = parseRecipeText(readText(songDir, 'recipe.yaml'), 'recipe.yaml');
    const args = readmeCommand('master-stems');
    expect(Object.keys(targets).sort()).toEqual(args.filter((_, i) => args[i - 1] === '--to').sort());
  });

  test.each(['studio', 'dome'])('the layout %s has ten loudspeakers', (name) => {
    const layout = parseLayout(JSON.parse(readText(workDir, 'custom-layout', `${name}.json`)), name);
    expect(layout.loudspeakers).toHaveLength(10);
  });
});

describe('the stems', () => {
  const stemNames = (): string[] => readdirSync(stemsDir).sort();

  test('are 48 kHz / 24 bit, of one length, below full scale, free of DC, and faded at both ends', () => {
    expect(stemNames()).toHaveLength(13);
    for (const name of stemNames()) {
      const { channelCount, sampleRateHz, frameCount, samples } = readPcm24(join(stemsDir, name));
      expect(sampleRateHz, name).toBe(48000);
      expect(channelCount, name).toBe(name.startsWith('bed') ? 10 : name.startsWith('stereo') ? 2 : 1);
      expect(frameCount, name).toBe(31.2 * 48000);
      let peak = 0;
      let sum = 0;
      for (const sample of samples) {
        peak = Math.max(peak, Math.abs(sample));
        sum += sample;
      }
      expect(peak, name).toBeGreaterThan(0.1);
      expect(peak, name).toBeLessThan(0.9);
      expect(Math.abs(sum / samples.length), name).toBeLessThan(1e-4);
      const ends = [...samples.subarray(0, channelCount), ...samples.subarray(-channelCount)];
      expect(Math.max(...ends.map(Math.abs)), name).toBeLessThan(1e-5);
    }
  });

  test('sound within the first 50 ms', () => {
    const { samples } = readPcm24(join(stemsDir, 'bed_7.1.2.wav'));
    expect(samples.subarray(0, 10 * 2400).some((sample) => Math.abs(sample) > 0.003)).toBe(true);
  });

  test('add up to a dynamic mix with headroom, as ffmpeg measures it', (context) => {
    requireTool(context, 'ffmpeg');
    const file = join(stemsDir, 'stereo-master.wav');
    const { stderr } = run('ffmpeg', ['-nostats', '-i', file, '-af', 'ebur128=peak=true', '-f', 'null', '-']);
    const summary = stderr.slice(stderr.lastIndexOf('Summary:'));
    const figure = (name: string): number => Number(new RegExp(`${name}:\\s+(-?[\\d.]+)`).exec(summary)?.[1]);
    expect(figure('I')).toBeGreaterThan(-20);
    expect(figure('I')).toBeLessThan(-16);
    expect(figure('LRA')).toBeGreaterThan(4);
    expect(figure('LRA')).toBeLessThan(9);
    expect(figure('Peak')).toBeGreaterThan(-6);
    expect(figure('Peak')).toBeLessThan(-1);
  });
});

describe.skipIf(!existsSync(commandLine))('the commands of the READMEs (they need `npm run build`)', () => {
  const examples = ['master-stems', 'binaural-headphones', 'stereo-folddown', 'custom-layout'];

  test.each(examples)('%s', { timeout: 300_000 }, (example) => {
    const args = readmeCommand(example);
    runScript(commandLine, args, join(workDir, example));
    const targetCount = args.filter((arg) => arg === '--to').length;
    const made = readdirSync(join(workDir, example, 'out'));
    expect(made.filter((name) => /^song\..+\.wav$/.test(name))).toHaveLength(targetCount);
    expect(made.includes('report.json')).toBe(args[0] === 'master');
  });
});
