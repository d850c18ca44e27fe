import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { PeriphonError } from '../../../src/base/errors.ts';
import type { Warning, SceneError } from '../../../src/base/errors.ts';
import { rationalToSec } from '../../../src/base/time.ts';
import type { SceneReader } from '../../../src/io/scene-reader.ts';
import { openScene } from '../../../src/io/stems/open-scene.ts';
import type { OpenSceneOptions } from '../../../src/io/stems/open-scene.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { ramp, writeTestWav } from './write-wav.ts';

let folder: string;
let warnings: Warning[];
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'periphon scene ')));
  warnings = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kernels = createScalarKernels();
const at = (...parts: string[]) => join(folder, ...parts);
const position = { azimuthDeg: 0 };

async function open(document: object, options: Partial<OpenSceneOptions> = {}): Promise<SceneReader> {
  writeFileSync(at('song.scene.json'), JSON.stringify({ version: 1, ...document }));
  return openScene(at('song.scene.json'), {
    kernels,
    onWarning: (warning) => warnings.push(warning),
    ...options,
  });
}

async function errorOf(promise: Promise<unknown>): Promise<SceneError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PeriphonError);
  return error as SceneError;
}

/** Reads all of a scene in blocks of one size. */
async function readAll(reader: SceneReader, blockFrames: number): Promise<Float32Array[]> {
  const all = createAudioBlock(reader.channelCount, reader.frameCount);
  const block = createAudioBlock(reader.channelCount, blockFrames);
  for (let position = 0; position < reader.frameCount;) {
    block.channels.forEach((channel) => channel.fill(99));
    const frames = await reader.read(block);
    block.channels.forEach((channel, index) =>
      all.channels[index]!.set(channel.subarray(0, frames), position),
    );
    position += frames;
  }
  expect(await reader.read(block)).toBe(0);
  return all.channels;
}

/** A ramp that starts at a frame of a silent track. */
function placed(length: number, start: number, signal: Float32Array): Float32Array {
  const track = new Float32Array(length);
  track.set(signal, start);
  return track;
}

test.each([1, 7, 512])('tracks come in the order of the scene, in blocks of %d', async (blockFrames) => {
  writeTestWav(at('bed.wav'), [ramp(100, 1), ramp(100, 2)]);
  writeTestWav(at('stems', 'all.wav'), [ramp(100, 3), ramp(100, 4), ramp(100, 5)]);
  const reader = await open({
    beds: [{ name: 'bed', layout: '0+2+0', file: 'bed.wav' }],
    objects: [
      { name: 'a', file: 'stems/all.wav', channel: 3, position },
      { name: 'b', file: 'stems/all.wav', channel: 1, position },
      { name: 'late', file: 'stems/all.wav', channel: 1, position, startSec: '20/48000' },
      { name: 'again', file: 'stems/all.wav', channel: 3, position },
    ],
  });
  expect(reader).toMatchObject({ sampleRateHz: 48000, channelCount: 6, frameCount: 120 });
  expect(reader.scene.name).toBe('song');
  const expected = [1, 2, 5, 3, 3, 5].map((value, track) =>
    placed(120, track === 4 ? 20 : 0, ramp(100, value)),
  );
  expect(await readAll(reader, blockFrames)).toEqual(expected);
  reader.seek(0);
  expect(await readAll(reader, 64)).toEqual(expected);
  reader.seek(50);
  const block = createAudioBlock(6, 10);
  await reader.read(block);
  expect(block.channels[4]).toEqual(expected[4]!.slice(50, 60));
  expect(reader.stems).toHaveLength(3);
  expect(reader.stems[1]).toMatchObject({ channelCount: 3, elements: ['a', 'b', 'again'] });
  await reader.close();
  expect(warnings.map(({ code }) => code)).toEqual(['stem-short', 'stem-short']);
});

describe('channel orders of a 7.1 bed', () => {
  // BS.2051 0+7+0: L R C LFE Lss Rss Lrs Rrs; WAVE masks put the rears before the sides.
  const channels = Array.from({ length: 8 }, (_, index) => ramp(8, index));
  const bed = { name: 'bed', layout: '7.1', file: 'bed.wav' };
  const firsts = async (document: object): Promise<number[]> => {
    const reader = await open(document);
    const all = await readAll(reader, 8);
    await reader.close();
    return all.map((track) => track[0]!);
  };

  test.each([
    ['no mask: as they lie', undefined, bed, [0, 1, 2, 3, 4, 5, 6, 7]],
    ['a mask', 0x63f, bed, [0, 1, 2, 3, 6, 7, 4, 5]],
    ['wav order stated', undefined, { ...bed, channelOrder: 'wav' }, [0, 1, 2, 3, 6, 7, 4, 5]],
    [
      'film order stated: L C R Lss Rss Lrs Rrs LFE',
      undefined,
      { ...bed, channelOrder: 'film' },
      [0, 2, 1, 7, 3, 4, 5, 6],
    ],
    ['stated order before the mask', 0x63f, { ...bed, channelOrder: 'itu' }, [0, 1, 2, 3, 4, 5, 6, 7]],
  ])('%s', async (_, mask, document, expected) => {
    writeTestWav(at('bed.wav'), channels, mask === undefined ? {} : { mask });
    expect(await firsts({ beds: [document] })).toEqual(expected);
  });

  test('channels listed one by one are in the order of the file', async () => {
    writeTestWav(at('bed.wav'), channels.slice(0, 3), { mask: 7 });
    const reader = await open({ beds: [{ name: 'b', channels: ['C', 'L', 'R'], file: 'bed.wav' }] });
    expect((await readAll(reader, 8)).map((track) => track[0])).toEqual([0, 1, 2]);
    await reader.close();
  });

  test('a mask that names other loudspeakers is passed over with a warning', async () => {
    writeTestWav(at('bed.wav'), channels, { mask: 0xff });
    expect(await firsts({ beds: [bed] })).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(warnings.map(({ code }) => code)).toEqual(['stem-mask']);
  });
});

describe('multi-mono beds', () => {
  const names = ['L', 'R', 'C', 'LFE', 'Ls', 'Rs'];

  test('are found by pattern or listed', async () => {
    names.forEach((name, index) => writeTestWav(at('Bed', `Mix.${name}.wav`), [ramp(4, index)]));
    writeTestWav(at('Bed', 'Mix.verb.wav'), [ramp(4, 9)]);
    const files = Object.fromEntries(names.toReversed().map((name) => [name, `Bed/Mix.${name}.wav`]));
    for (const source of [{ pattern: 'Bed/Mix.*.wav' }, { files }]) {
      const reader = await open({ beds: [{ name: 'bed', layout: '5.1', ...source }] });
      expect((await readAll(reader, 4)).map((track) => track[0])).toEqual([0, 1, 2, 3, 4, 5]);
      await reader.close();
    }
  });

  test('name what is missing, double, or not mono', async () => {
    for (const name of ['L', 'R', 'C', 'Ls', 'rs', 'LS']) writeTestWav(at(`Mix.${name}.wav`), [ramp(4, 0)]);
    const bed = { name: 'bed', layout: '5.1', pattern: 'Mix.*.wav' };
    const { issues } = await errorOf(open({ beds: [bed] }));
    expect(issues.map(({ code }) => code)).toEqual(['stem-missing', 'stem-ambiguous']);
    expect(issues[0]?.message).toContain('finds no file for LFE1');
    writeTestWav(at('wide.wav'), [ramp(4, 0), ramp(4, 0)]);
    const error = await errorOf(open({ beds: [{ name: 'b', files: { L: 'wide.wav', R: 'Mix.R.wav' } }] }));
    expect(error.issues).toEqual([
      { code: 'stem-channels', path: 'beds[0].files.L', message: '"wide.wav" has 2 channels; allowed: mono' },
    ]);
  });
});

describe('time stamps', () => {
  test('place files relative to the earliest; startSec overrides them', async () => {
    const hour = 3600 * 48000;
    writeTestWav(at('a.wav'), [ramp(100, 1)], { timeReferenceSamples: hour });
    writeTestWav(at('b.wav'), [ramp(50, 2)], { timeReferenceSamples: hour + 30 });
    writeTestWav(at('c.wav'), [ramp(50, 3)], { timeReferenceSamples: 5 });
    writeTestWav(at('d.wav'), [ramp(100, 4)]);
    const objects = ['a', 'b', 'c', 'd'].map((name) => ({ name, file: `${name}.wav`, position }));
    const reader = await open({
      objects: objects.map((object) => (object.name === 'c' ? { ...object, startSec: 0.0005 } : object)),
    });
    expect(reader.frameCount).toBe(100);
    const all = await readAll(reader, 33);
    expect(all[0]).toEqual(ramp(100, 1));
    expect(all[1]).toEqual(placed(100, 30, ramp(50, 2)));
    expect(all[2]).toEqual(placed(100, 24, ramp(50, 3)));
    expect(all[3]).toEqual(ramp(100, 4));
    expect(rationalToSec(reader.scene.elements[1]!.startSec)).toBe(30 / 48000);
    expect(warnings).toEqual([]);
    await reader.close();
  });

  test('a stamp beyond everything else is honoured with a warning', async () => {
    writeTestWav(at('a.wav'), [ramp(100, 1)], { timeReferenceSamples: 0 });
    writeTestWav(at('b.wav'), [ramp(50, 2)], { timeReferenceSamples: 48000 });
    const reader = await open({
      objects: ['a', 'b'].map((name) => ({ name, file: `${name}.wav`, position })),
    });
    expect(reader.frameCount).toBe(48050);
    expect(warnings.map(({ code }) => code)).toContain('stem-far');
    await reader.close();
  });
});

describe('faults', () => {
  test('all missing and outside files are named at once, with near names', async () => {
    writeTestWav(at('inside', 'vocal.wav'), [ramp(4, 0)]);
    writeTestWav(at('secret.wav'), [ramp(4, 0)]);
    symlinkSync(at('secret.wav'), at('inside', 'link.wav'));
    const files = ['vocals.wav', '../secret.wav', 'link.wav', at('secret.wav'), 'nothing-like-it.wav'];
    const objects = files.map((file, index) => ({ name: `o${index}`, file, position }));
    const path = at('inside', 'song.scene.json');
    mkdirSync(at('inside'), { recursive: true });
    writeFileSync(path, JSON.stringify({ version: 1, objects, stereoMaster: 'master.wav' }));
    const error = await errorOf(openScene(path, { kernels }));
    expect(error.code).toBe('stem-missing');
    expect(error.issues.map(({ code, path: place }) => `${place} ${code}`)).toEqual([
      'objects[0].file stem-missing',
      'objects[1].file stem-outside',
      'objects[2].file stem-outside',
      'objects[3].file stem-outside',
      'objects[4].file stem-missing',
      'stereoMaster stem-missing',
    ]);
    expect(error.issues[0]?.message).toBe('there is no file "vocals.wav" (did you mean "vocal.wav"?)');
    writeFileSync(path, JSON.stringify({ version: 1, objects: objects.slice(1, 4) }));
    const reader = await openScene(path, { kernels, allowOutside: true });
    expect(reader.channelCount).toBe(3);
    await reader.close();
  });

  describe('rates that differ', () => {
    /** A click at 0.01 s, whatever the rate. */
    const click = (sampleRateHz: number): Float32Array => {
      const samples = new Float32Array(sampleRateHz / 50);
      samples[sampleRateHz / 100] = 1;
      return samples;
    };
    const openRates = (ratesHz: readonly number[], options: Partial<OpenSceneOptions> = {}) => {
      for (const [index, sampleRateHz] of ratesHz.entries())
        writeTestWav(at(`${index}.wav`), [click(sampleRateHz)], { sampleRateHz });
      return open(
        { objects: ratesHz.map((_, index) => ({ name: `${index}`, file: `${index}.wav`, position })) },
        options,
      );
    };

    test('become that of most files, of the first among equals, with a warning each', async () => {
      const rateOf = async (...ratesHz: number[]): Promise<number> => {
        const reader = await openRates(ratesHz);
        await reader.close();
        return reader.sampleRateHz;
      };
      expect(await rateOf(96000, 44100, 48000, 44100)).toBe(44100);
      expect(warnings.map(({ code, message }) => [code, message])).toEqual([
        ['stem-rate', `${at('0.wav')}: has 96000 Hz; converted to 44100 Hz, the rate of the scene`],
        ['stem-rate', `${at('2.wav')}: has 48000 Hz; converted to 44100 Hz, the rate of the scene`],
      ]);
      expect(await rateOf(48000, 44100)).toBe(48000);
      expect(await rateOf(44100, 48000)).toBe(44100);
    });

    test('all tracks stay in time, also after seeking', async () => {
      const reader = await openRates([48000, 44100, 96000, 48000]);
      expect(reader.frameCount).toBe(960);
      const tracks = await readAll(reader, 100);
      for (const track of tracks) {
        expect(track.indexOf(Math.max(...track))).toBe(480);
      }
      reader.seek(470);
      const rest = createAudioBlock(4, 490);
      expect(await reader.read(rest)).toBe(490);
      expect(rest.channels).toEqual(tracks.map((track) => track.slice(470)));
      await reader.close();
    });

    test('a file that two elements start at different times is converted for each, and named once', async () => {
      writeTestWav(at('a.wav'), [click(48000)]);
      writeTestWav(at('b.wav'), [click(44100)], { sampleRateHz: 44100 });
      const reader = await open({
        objects: [
          { name: 'a', file: 'a.wav', position },
          { name: 'b', file: 'b.wav', position },
          { name: 'later', file: 'b.wav', startSec: 0.01, position },
        ],
      });
      expect(warnings.filter(({ code }) => code === 'stem-rate')).toHaveLength(1);
      const [, b, later] = await readAll(reader, 64);
      expect(later!.slice(480, 1440)).toEqual(b!.slice(0, 960));
      await reader.close();
    });

    test('are refused by a handler that throws, and where the ratio is too odd', async () => {
      const strict = openRates([48000, 44100], {
        onWarning: ({ code, message }) => {
          throw new PeriphonError(code, message);
        },
      });
      expect((await errorOf(strict)).code).toBe('stem-rate');
      writeTestWav(at('odd.wav'), [new Float32Array(4)], { sampleRateHz: 191999 });
      const odd = open({
        objects: ['0', '1', 'odd'].map((name) => ({ name, file: `${name}.wav`, position })),
      });
      expect(await errorOf(odd)).toMatchObject({ code: 'sample-rates' });
    });
  });

  test('channel counts that do not fit are named together', async () => {
    writeTestWav(at('two.wav'), [ramp(4, 0), ramp(4, 0)]);
    const error = await errorOf(
      open({
        beds: [{ name: 'bed', layout: '5.1', file: 'two.wav' }],
        objects: [
          { name: 'a', file: 'two.wav', channel: 3, position },
          { name: 'b', file: 'two.wav', position },
        ],
        ambisonics: [{ name: 'amb', file: 'two.wav', order: 1 }],
      }),
    );
    expect(error.issues.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'beds[0].file: "two.wav" has 2 channels; "bed" has 6',
      'objects[0].channel: found 3; "two.wav" has 2 channel(s)',
      'objects[1].file: "two.wav" has 2 channels; say which with "channel": 1 to 2',
      'ambisonics[0].file: "two.wav" has 2 channels; "amb" has 4',
    ]);
  });

  test('documents: syntax, faults, missing file', async () => {
    writeFileSync(at('x.scene.json'), '{"version": 1,\n "objects": [}');
    const syntax = await errorOf(openScene(at('x.scene.json'), { kernels }));
    expect(syntax).toMatchObject({ code: 'json-syntax', file: at('x.scene.json') });
    expect(syntax.message).toMatch(/^line 2, column 14/);
    expect(await errorOf(open({}))).toMatchObject({ code: 'scene-invalid' });
    expect((await errorOf(openScene(at('none.scene.json'), { kernels }))).code).toBe('file-missing');
  });

  test('a path outside the folder is refused, a path inside is followed', async () => {
    writeTestWav(at('a.wav'), [ramp(4, 0)]);
    writeFileSync(at('fly.csv'), 'time,azimuth\n0,-30\n1,30\n');
    const reader = await open({ objects: [{ name: 'a', file: 'a.wav', path: 'fly.csv' }] });
    expect(reader.scene.elements[0]).toMatchObject({ blocks: { length: 14 } });
    await reader.close();
    const error = await errorOf(open({ objects: [{ name: 'a', file: 'a.wav', path: '../fly.csv' }] }));
    expect(error.code).toBe('stem-outside');
  });
});
