import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { masterScene as builtMasterScene } from 'periphon';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkFiles } from '../../src/job/check-file.ts';
import { masterScene } from '../../src/job/master-scene.ts';
import { parseRecipe } from '../../src/master/recipe.ts';
import { measureFiles } from '../../src/job/measure-file.ts';
import { readPlainWav } from '../cli/outside-tools.ts';
import { requireTool } from '../support.ts';
import { jobFolder, writeText, writeTinyScene } from './scenes.ts';

const folder = jobFolder();
let scene: string;
beforeAll(() => {
  scene = writeTinyScene(folder, 24_000);
});

test('the report is what was asked for, and is written beside the files', async () => {
  const outDir = join(folder, 'report');
  const { report, reportFile } = await masterScene({ scene, outDir, targets: ['stereo', '5.1'] });
  expect(reportFile).toBe(join(outDir, 'report.json'));
  expect(JSON.parse(readFileSync(reportFile, 'utf8'))).toEqual(JSON.parse(JSON.stringify(report)));
  for (const { file, sha256 } of report.targets) {
    expect(
      createHash('sha256')
        .update(readFileSync(join(outDir, file)))
        .digest('hex'),
    ).toBe(sha256);
  }
});

test('threads and blocks change nothing', async () => {
  const targets = ['7.1.4', 'binaural', 'ambix1', 'stereo'];
  const reports = [];
  for (const [threads, blockFrames] of [
    [1, undefined],
    [2, 512],
    [4, 7],
  ] as const) {
    const outDir = join(folder, `threads ${threads}`);
    reports.push((await builtMasterScene({ scene, outDir, targets, threads, blockFrames })).report);
  }
  expect(reports[1]).toEqual(reports[0]);
  expect(reports[2]).toEqual(reports[0]);
}, 60_000);

test('a recipe: a file or an object, its targets the default ones, options over it', async () => {
  const file = writeText(folder, 'recipe.yaml', 'version: 1\ntargets:\n  stereo: { loudnessLufs: -20 }\n');
  const dry = { scene, outDir: folder, dryRun: true };
  expect((await masterScene({ ...dry, recipe: file })).report.targets).toMatchObject([
    { target: 'stereo', loudnessTargetLufs: -20 },
  ]);
  const options = { recipe: file, loudnessLufs: { '*': -15 }, targets: ['stereo', 'ambix1'] };
  expect((await masterScene({ ...dry, ...options })).report.targets).toMatchObject([
    { target: 'stereo', loudnessTargetLufs: -15 },
    { target: 'ambix1', loudnessRule: 'none' },
  ]);
});

test('a trace of the limiter beside each deliverable that it worked on, with the settings of the recipe', async () => {
  const outDir = join(folder, 'trace');
  const { report } = await masterScene({
    scene,
    outDir,
    gainTrace: true,
    loudnessLufs: { '5.1': -6, stereo: -50 },
    recipe: parseRecipe({
      version: 1,
      targets: { '5.1': { limiter: { linkPercent: 100, releaseMs: 30 } }, stereo: {} },
    }),
  });
  const [bed, stereo] = report.targets;
  expect(stereo!.limiter).toBeUndefined();
  expect(readdirSync(outDir).filter((name) => name.endsWith('.csv'))).toEqual([bed!.limiter!.traceFile]);
  expect(bed!.limiter).toMatchObject({ linkPercent: 100, releaseMs: 30, holdMs: 10 });
  const rows = readFileSync(join(outDir, bed!.limiter!.traceFile!), 'utf8').trimEnd().split('\n');
  const [header, ...lines] = rows.map((row) => row.split(','));
  const names = bed!.limiter!.groups.map(({ name }) => name);
  expect(header).toEqual(['time_sec', ...names.map((name) => `${name}_db`)]);
  expect(lines.length).toBe(5);
  bed!.limiter!.groups.forEach(({ maxReductionDb }, group) => {
    expect(Math.max(...lines.map((line) => Number(line[group + 1])))).toBeCloseTo(maxReductionDb, 1);
  });
  // Front and surround are linked in full here.
  const [front, surround] = ['front', 'surround'].map((name) => names.indexOf(name as never) + 1);
  for (const line of lines) expect(line[front!]).toBe(line[surround!]);
  expect(bed!.maxReductionDb).toBeGreaterThan(1);
});

test('a trace of an earlier run does not stay beside a deliverable that was not limited', async () => {
  const options = { scene, outDir: join(folder, 'stale'), targets: ['stereo'], gainTrace: true };
  const first = await masterScene({ ...options, loudnessLufs: { '*': -6 } });
  const trace = join(options.outDir, first.report.targets[0]!.limiter!.traceFile!);
  expect(existsSync(trace)).toBe(true);
  await masterScene({ ...options, loudnessLufs: { '*': -50 }, overwrite: true });
  expect(existsSync(trace)).toBe(false);
});

test('filters, trims and fades come before loudness is solved, whatever threads and blocks', async () => {
  const recipe = parseRecipe({
    version: 1,
    targets: {
      stereo: {
        ...{ sampleRateHz: 44_100, bitDepth: 16, dither: 'shaped', dcRemoval: true },
        eq: [
          { type: 'highpass', frequencyHz: 40, slopeDbPerOct: 24 },
          { type: 'highshelf', frequencyHz: 8000, gainDb: 4, channels: ['M+030'] },
        ],
        ...{ trimHead: { durationSamples: 1001 }, fadeOut: { durationSec: 0.1 } },
      },
      '5.1': { trimTail: { durationSec: 0.1 }, fadeIn: { durationSamples: 10, curve: 'linear' } },
    },
  });
  const edit = { fadeIn: { durationSec: 0.01, curve: 'equal-power' } } as const;
  const results = [];
  for (const [threads, blockFrames] of [
    [1, undefined],
    [2, 333],
  ] as const) {
    const outDir = join(folder, `finished ${threads}`);
    const options = { scene, outDir, recipe, edit, threads, blockFrames };
    results.push((await builtMasterScene(options)).report);
  }
  expect(results[1]).toEqual(results[0]);
  const [stereo, bed] = results[0]!.targets;
  // 24000 frames at 48 kHz are 22050 at 44.1.
  expect(stereo).toMatchObject({
    durationSec: 21_049 / 44_100,
    applied: {
      ...{ dcRemovalHz: 2, trimHeadSamples: 1001, trimTailSamples: 0, dither: 'shaped' },
      fadeIn: { durationSamples: 441, curve: 'equal-power' },
      fadeOut: { durationSamples: 4410, curve: 'raised-cosine' },
    },
  });
  expect(bed).toMatchObject({ durationSec: 0.4, applied: { eq: [], fadeIn: { durationSamples: 480 } } });
  expect(Math.abs(stereo!.integratedLufs - stereo!.loudnessTargetLufs!)).toBeLessThan(0.1);
  const wav = readPlainWav(join(folder, 'finished 1', stereo!.file));
  expect([wav.sampleRateHz, wav.channels[0]!.length]).toEqual([44_100, 21_049]);
  expect(() => parseRecipe({ version: 1, targets: { stereo: { eq: [{ type: 'bell' }] } } })).toThrow('eq[0]');
  const long = { trimHead: { durationSec: 0.5 } };
  await expect(
    masterScene({ scene, outDir: folder, targets: ['5.1'], edit: long, dryRun: true }),
  ).rejects.toThrow('5.1: 24000 samples are to be trimmed off');
}, 60_000);

test('deliverables at other rates: as long, as loud and under the ceiling at the rate that they have', async () => {
  const outDir = join(folder, 'rates');
  const recipe = writeText(
    folder,
    'rate.yaml',
    'version: 1\ntargets:\n  stereo: { sampleRateHz: 44100 }\n  ambix1: { sampleRateHz: 96000 }\n  5.1: {}\n',
  );
  const { report } = await masterScene({ scene, outDir, recipe });
  const { files } = await measureFiles(report.targets.map(({ file }) => join(outDir, file)));
  for (const [index, rateHz] of [44100, 96000, 48000].entries()) {
    const { target, file, sampleRateHz, truePeakDbtp, ceilingDbtp, ...figures } = report.targets[index]!;
    expect([target, sampleRateHz]).toEqual([target, rateHz]);
    const wav = readPlainWav(join(outDir, file));
    expect([wav.sampleRateHz, wav.channels[0]!.length]).toEqual([rateHz, rateHz / 2]);
    expect(truePeakDbtp).toBeLessThanOrEqual(ceilingDbtp);
    expect(files[index]!.truePeakDbtp).toBeCloseTo(truePeakDbtp, 2);
    if (target !== 'ambix1') expect(files[index]!.integratedLufs).toBeCloseTo(figures.integratedLufs, 2);
    if (target === 'stereo') expect(Math.abs(figures.integratedLufs + 14)).toBeLessThan(0.1);
  }
});

test('one rate for all goes over the recipe, and is checked before anything is made', async () => {
  const recipe = { version: 1, scene: [], targets: { stereo: { sampleRateHz: 44100 } } } as const;
  const { report } = await masterScene({ scene, outDir: folder, dryRun: true, recipe, sampleRateHz: 96000 });
  expect(report.targets).toMatchObject([{ sampleRateHz: 96000 }]);
  for (const sampleRateHz of [7999, 44100.5, 192001]) {
    const running = masterScene({ scene, outDir: join(folder, 'rate'), sampleRateHz });
    await expect(running).rejects.toMatchObject({ code: 'sample-rate' });
  }
  expect(existsSync(join(folder, 'rate'))).toBe(false);
});

describe('what stops it leaves nothing behind', () => {
  const cases = ['render', 'master'].flatMap((phase) => [1, 2].map((threads) => [phase, threads] as const));

  test.each(cases)('stopped in the phase "%s" on %i threads', async (phase, threads) => {
    const outDir = join(folder, `stopped ${phase} ${threads}`);
    const scratchDir = join(folder, `scratch ${phase} ${threads}`);
    mkdirSync(scratchDir);
    const controller = new AbortController();
    const running = builtMasterScene({
      scene,
      outDir,
      scratchDir,
      threads,
      targets: ['stereo', 'binaural', '5.1'],
      blockFrames: 256,
      signal: controller.signal,
      onProgress: (progress) => {
        if (progress.phase === phase) controller.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    expect(readdirSync(scratchDir)).toEqual([]);
    expect(readdirSync(outDir)).toEqual([]);
  });

  test('stopped when some deliverables are finished', async () => {
    const outDir = join(folder, 'late');
    const controller = new AbortController();
    let finished = 0;
    const running = builtMasterScene({
      scene,
      outDir,
      threads: 1,
      targets: ['stereo', '0+2+0', 'mono'],
      blockFrames: 256,
      signal: controller.signal,
      onProgress: () => {
        finished = readdirSync(outDir).filter((name) => !name.startsWith('.')).length;
        if (finished > 0) controller.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    expect(finished).toBe(1);
    expect(readdirSync(outDir)).toEqual([]);
  });

  test('deliverables of others are left alone', async () => {
    const outDir = join(folder, 'theirs');
    mkdirSync(outDir);
    writeFileSync(join(outDir, 'tiny.stereo.wav'), 'mine');
    await expect(masterScene({ scene, outDir, targets: ['5.1', 'stereo'] })).rejects.toMatchObject({
      code: 'output-exists',
    });
    expect(readdirSync(outDir)).toEqual(['tiny.stereo.wav']);
  });
});

describe('delivery profiles', () => {
  test('make their targets as they demand, and every file is checked', async () => {
    const outDir = join(folder, 'profiles');
    const profiles = ['apple-atmos', 'deezer', 'spotify'];
    const { report } = await masterScene({ scene, outDir, profiles });
    const [bed, deezer, spotify] = report.targets;
    expect(report.targets).toHaveLength(3);
    expect(bed).toMatchObject({ file: 'tiny.7.1.4.wav', profiles: ['apple-atmos'], measuredOn: undefined });
    expect(deezer).toMatchObject({
      file: 'tiny.stereo.deezer.wav',
      sampleRateHz: 44100,
      bitDepth: 16,
      loudnessTargetLufs: -15,
    });
    expect(spotify).toMatchObject({
      file: 'tiny.stereo.spotify.wav',
      sampleRateHz: 48000,
      bitDepth: 24,
      loudnessTargetLufs: -14,
    });
    const deezerFile = readPlainWav(join(outDir, 'tiny.stereo.deezer.wav'));
    expect(deezerFile).toMatchObject({ sampleRateHz: 44100, bits: 16 });
    for (const { checks } of report.targets) {
      expect(checks.length).toBeGreaterThan(4);
      expect(checks.filter(({ result }) => result === 'fail')).toEqual([]);
    }
  });

  test('for UMG, loudness and ceiling hold on the 5.1 re-render, as a check of the file finds too', async () => {
    const outDir = join(folder, 'umg');
    // Far more than the rule lets pass, so that the limiter has work.
    const options = { profiles: ['umg-atmos'], loudnessLufs: { '*': -9 }, maxReductionDb: 30 };
    const { report } = await masterScene({ scene, outDir, ...options });
    const [bed] = report.targets;
    expect(bed).toMatchObject({ target: '7.1.4', measuredOn: '5.1', status: 'met' });
    const { integratedLufs, truePeakDbtp } = bed!.related[0]!;
    expect(integratedLufs).toBeLessThanOrEqual(-9);
    expect(integratedLufs).toBeGreaterThan(-9.1);
    expect(truePeakDbtp).toBeLessThanOrEqual(-1);
    expect(bed!.integratedLufs).not.toBeCloseTo(integratedLufs, 1);
    const { files } = await checkFiles([join(outDir, bed!.file)], { profiles: ['umg-atmos'] });
    const measured = (words: RegExp) =>
      files[0]!.checks.find(({ rule }) => words.test(rule))!.measured as number;
    expect(measured(/^integrated loudness at most/)).toBeCloseTo(integratedLufs, 6);
    expect(measured(/^true peak/)).toBeCloseTo(truePeakDbtp, 6);
    expect(bed!.checks.find(({ rule }) => /at most -18/.test(rule))?.result).toBe('fail');
  }, 60_000);

  test('threads change nothing for variants of a target', async () => {
    const reports = [];
    for (const threads of [1, 3]) {
      const outDir = join(folder, `variants ${threads}`);
      const profiles = ['umg-atmos', 'apple-atmos', 'spotify', 'amazon-music'];
      reports.push((await builtMasterScene({ scene, outDir, profiles, threads })).report);
    }
    expect(reports[1]).toEqual(reports[0]);
    const files = reports[0]!.targets.map(({ file, sha256 }) => [file, sha256]);
    expect(new Set(files.map(([, sha256]) => sha256)).size).toBe(4);
  }, 60_000);

  test('an unknown profile, and one without targets, are refused before anything is made', async () => {
    const outDir = join(folder, 'no profile');
    const code = (profiles: string[]) =>
      masterScene({ scene, outDir, profiles }).catch((error: { code: string }) => error.code);
    expect(await code(['vinyl'])).toBe('unknown-profile');
    expect(await code(['sony-360ra'])).toBe('no-profile-target');
    expect(existsSync(outDir)).toBe(false);
  });

  test('a codec preview of stereo stands in the report', async (context) => {
    requireTool(context, 'ffmpeg');
    const options = { targets: ['stereo', '5.1'], codecPreview: true };
    const { report } = await masterScene({ scene, outDir: join(folder, 'codecs'), ...options });
    expect(report.targets[0]!.codecPreviews!.map(({ codec }) => codec)).toEqual(['aac', 'mp3', 'opus']);
    expect(report.targets[1]!.codecPreviews).toBeUndefined();
  });
});
