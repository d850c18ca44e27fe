import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { periphon, sine, startPeriphon, temporaryFolder, writeSmallScene, writeWav } from './cli-support.ts';

/**
 * What bad input gets: the right exit code, a message that names the file and what is wrong, no stack trace,
 * and nothing left behind.
 */
const folder = temporaryFolder();
const out = join(folder, 'out');
let scenePath: string;

beforeAll(() => {
  scenePath = writeSmallScene(folder, 2);
});

/** What these tests change of a scene document. */
interface SceneDocument {
  objects: { file: string; [key: string]: unknown }[];
}

/** A copy of the small scene with changes to its document. */
function variant(name: string, change: (scene: SceneDocument) => void): string {
  const scene = JSON.parse(readFileSync(scenePath, 'utf8')) as SceneDocument;
  change(scene);
  const file = join(folder, `${name}.scene.json`);
  writeFileSync(file, JSON.stringify(scene));
  return file;
}

function expectRefusal(args: readonly string[], status: number, ...messages: (string | RegExp)[]): void {
  const result = periphon(args, folder);
  expect({ status: result.status, stderr: result.stderr }).toMatchObject({ status });
  for (const message of messages) expect(result.stderr).toMatch(message);
  expect(result.stderr).not.toMatch(/^\s+at .*\.(js|ts):\d+/m);
  expect(listOut()).toEqual([]);
}

function listOut(): string[] {
  try {
    return readdirSync(out);
  } catch {
    return [];
  }
}

const master = (scene: string, ...more: string[]): string[] => ['master', scene, '--out', out, ...more];

describe('positions, blocks and channels', () => {
  test('every fault names its element and block, all at once', () => {
    const at = (azimuthDeg: number) => ({ azimuthDeg });
    const scene = variant('faults', (document) => {
      const { file } = document.objects[0]!;
      Object.assign(document, {
        beds: [{ name: 'odd', channels: ['L', 'Booth'], file: 'stems/none.wav' }],
        ambisonics: [{ name: 'dome', order: 8, file: 'stems/none.wav' }],
      });
      document.objects = [
        { name: 'far', file, position: at(200) },
        {
          name: 'overlap',
          file,
          blocks: [
            { startSec: 0, durationSec: 1, position: at(0) },
            { startSec: 0.5, durationSec: 1, position: at(9) },
          ],
        },
        {
          name: 'long',
          file,
          blocks: [{ durationSec: 1, jumpPosition: true, interpolationLengthSec: 2, position: at(0) }],
        },
        { name: 'negative', file, blocks: [{ position: at(0), width: -5 }] },
      ];
    });
    expectRefusal(
      master(scene),
      3,
      /beds\[0\]\.channels\[1\].*Booth/,
      /ambisonics\[0\]\.order.*8/,
      /objects\[0\]\.position\.azimuthDeg.*200/,
      /objects\[1\]\.blocks\[1\]\.startSec.*overlap/,
      /objects\[2\]\.blocks\[0\]\.interpolationLengthSec.*2 s.*at most/,
      /objects\[3\]\.blocks\[0\]\.width.*-5/,
    );
  });

  test('17 channels are no ambisonics', () => {
    const stem = join(folder, 'stems', 'seventeen.wav');
    writeWav(
      stem,
      Array.from({ length: 17 }, () => sine(440, 0.1)),
      480,
    );
    const scene = variant('seventeen', (document) =>
      Object.assign(document, { ambisonics: [{ name: 'dome', order: 3, file: 'stems/seventeen.wav' }] }),
    );
    expectRefusal(master(scene), 3, 'seventeen.wav', '17', '16');
  });

  test('loudspeakers that leave half of the horizon open, or too many of them', () => {
    const layoutFile = (name: string, azimuthsDeg: readonly number[]): string => {
      const loudspeakers = azimuthsDeg.map((azimuthDeg) => ({
        label: `S${azimuthDeg}`,
        azimuthDeg,
        elevationDeg: 0,
      }));
      writeFileSync(join(folder, name), JSON.stringify({ name, loudspeakers }));
      return join(folder, name);
    };
    const front = layoutFile('front.json', [-60, 0, 60]);
    expectRefusal(master(scenePath, '--to', front), 3, /gap of 240 degrees/, /foldFrom/);
    const many = layoutFile(
      'many.json',
      Array.from({ length: 65 }, (_, index) => index * 5 - 180),
    );
    expectRefusal(master(scenePath, '--to', many), 3, /loudspeakers/, /64/);
  });
});

describe('stems', () => {
  test('a missing stem is named', () => {
    const scene = variant('missing', (document) => (document.objects[0]!.file = 'stems/voise.wav'));
    expectRefusal(master(scene), 3, 'voise.wav', /voice\.wav/);
  });

  test('a truncated stem', () => {
    const stem = join(folder, 'stems', 'cut.wav');
    writeWav(stem, [sine(440, 0.1)], 96000);
    truncateSync(stem, 100_000);
    const scene = variant('truncated', (document) => (document.objects[0]!.file = 'stems/cut.wav'));
    expectRefusal(master(scene), 3, 'cut.wav', /288000|truncat|ends/i);
  });

  test('a stem of another rate, with --strict, names both rates', () => {
    writeWav(join(folder, 'stems', 'slow.wav'), [sine(440, 0.1)], 88200, { sampleRateHz: 44100 });
    const scene = variant('rates', (document) => (document.objects[0]!.file = 'stems/slow.wav'));
    expectRefusal(master(scene, '--strict'), 3, 'slow.wav', '44100', '48000', '--strict');
  });

  test('0 channels', () => {
    const stem = join(folder, 'stems', 'none.wav');
    writeWav(stem, [sine(440, 0.1)], 10);
    const bytes = readFileSync(stem);
    bytes.writeUInt16LE(0, 22);
    writeFileSync(stem, bytes);
    const scene = variant('channels', (document) => (document.objects[0]!.file = 'stems/none.wav'));
    expectRefusal(master(scene), 3, 'none.wav', /channel/);
  });

  test('NaN samples', () => {
    const signal = (frame: number): number => (frame === 5000 ? NaN : 0.1);
    writeWav(join(folder, 'stems', 'nan.wav'), [signal], 96000, { float: true });
    const scene = variant('nan', (document) => (document.objects[0]!.file = 'stems/nan.wav'));
    expectRefusal(master(scene), 3, 'nan.wav', /NaN|finite/);
  });

  test('a path outside the folder of the scene', () => {
    const scene = variant('outside', (document) => (document.objects[0]!.file = '../elsewhere.wav'));
    expectRefusal(master(scene), 3, 'elsewhere.wav', /allow-outside|outside/);
  });
});

describe('scenes', () => {
  test('20 faults at once, each with its place', () => {
    const scene = variant('faults', (document) => {
      document.objects = Array.from({ length: 20 }, (_, index) => ({
        name: `object ${index}`,
        file: 'stems/voice.wav',
        position: { azimuthDeg: 200 + index, elevationDeg: 0 },
      }));
    });
    const result = periphon(master(scene), folder);
    expect(result.status).toBe(3);
    for (let index = 0; index < 20; index++) expect(result.stderr).toContain(`objects[${index}].position`);
  });

  test('not JSON: line and column', () => {
    const file = join(folder, 'broken.scene.json');
    writeFileSync(file, '{\n  "version": 1,\n  "beds": [}\n');
    expectRefusal(master(file), 3, 'broken.scene.json', /line 3|3:/);
  });

  test('no such file', () => {
    expectRefusal(master(join(folder, 'nothing.scene.json')), 3, 'nothing.scene.json');
  });

  test('a WAV without a single frame', () => {
    const file = join(folder, 'empty.wav');
    writeWav(file, [sine(440, 0.1), sine(440, 0.1)], 0);
    expectRefusal(master(file), 3, 'empty.wav', /no audio|0 frames|empty|nothing/i);
  });

  test('a text file is no audio', () => {
    const file = join(folder, 'notes.wav');
    writeFileSync(file, 'these are my notes\n');
    expectRefusal(master(file), 3, 'notes.wav');
  });
});

describe('settings', () => {
  test('an unknown layout comes with a suggestion', () => {
    expectRefusal(master(scenePath, '--to', '7.1.5'), 2, '7.1.5', /did you mean|7\.1\.4/);
  });

  test('an unknown target word comes with a suggestion', () => {
    expectRefusal(master(scenePath, '--to', 'binaurl'), 2, 'binaurl', /binaural/);
  });

  test('faults of a recipe have line and column', () => {
    const recipe = join(folder, 'bad.yaml');
    writeFileSync(recipe, 'version: 1\ntargets:\n  stereo:\n    loudnesLufs: -14\n');
    expectRefusal(master(scenePath, '--recipe', recipe), 2, 'bad.yaml', /line 4/, /loudnessLufs/);
  });

  test('another sample rate', () => {
    expectRefusal(master(scenePath, '--sample-rate', '4800'), 2, '4800', '8000 to 192000');
  });

  test('no command, and an unknown one', () => {
    expect(periphon([]).status).toBe(2);
    expect(periphon(['mastre', 'x']).status).toBe(2);
  });
});

describe('outputs', () => {
  test('an existing deliverable is not replaced', () => {
    const there = join(folder, 'there');
    mkdirSync(there);
    writeFileSync(join(there, 'small.stereo.wav'), 'mine');
    const result = periphon(['master', scenePath, '--to', 'stereo', '--out', there], folder);
    expect(result.status).toBe(4);
    expect(result.stderr).toMatch(/small\.stereo\.wav/);
    expect(result.stderr).toMatch(/--overwrite/);
    expect(readFileSync(join(there, 'small.stereo.wav'), 'utf8')).toBe('mine');
  });

  test('a folder that cannot be made', () => {
    const result = periphon(['master', scenePath, '--out', join(folder, 'notes.wav', 'deep')], folder);
    expect(result.status).toBe(4);
    expect(result.stderr).toContain('notes.wav');
  });

  test.skipIf(process.getuid?.() === 0)('a folder without permission to write', () => {
    const locked = join(folder, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    expect(periphon(['master', scenePath, '--out', locked], folder).status).toBe(4);
  });

  test('a folder that takes no files, not even from root', (context) => {
    if (!existsSync('/proc/self')) context.skip('no /proc on this system');
    const result = periphon(['master', scenePath, '--to', 'stereo', '--out', '/proc/self'], folder);
    expect(result.status).toBe(4);
    expect(result.stderr).toContain('/proc/self');
    expect(result.stderr).not.toMatch(/^\s+at /m);
  });

  test.each([
    ['SIGINT', 'render'],
    ['SIGTERM', 'render'],
    ['SIGINT', 'master'],
  ] as const)('%s while it is in the step "%s" leaves nothing behind', async (signal, step) => {
    const long = join(folder, `${signal} ${step}`);
    const scratch = join(long, 'scratch');
    mkdirSync(scratch, { recursive: true });
    const scene = writeSmallScene(long, step === 'render' ? 60 : 5);
    const child = startPeriphon(master(scene, '--scratch-dir', scratch), folder);
    const ended = new Promise((resolve) => child.on('exit', resolve));
    const hasBegun = (): boolean => (step === 'render' ? readdirSync(scratch) : listOut()).length > 0;
    while (!hasBegun() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill(signal);
    expect(await ended).toBe(130);
    expect(readdirSync(scratch)).toEqual([]);
    expect(listOut()).toEqual([]);
  });
});
