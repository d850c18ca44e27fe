import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { requireTool } from '../../support.ts';
import {
  bursts,
  cliPath,
  periphon,
  temporaryFolder,
  writeScene,
  writeSmallScene,
  writeWav,
} from '../cli-support.ts';
import { ffprobeFacts, readPlainWav, soxFacts } from '../outside-tools.ts';

const folder = temporaryFolder();
let scene: string;
let other: string;
const outFolder = (name: string): string => join(folder, name);

/** Masters to stereo unless told otherwise; the fastest whole job. */
const master = (out: string, ...args: string[]) =>
  periphon(['master', scene, '--to', 'stereo', '--out', outFolder(out), ...args], folder);
const reportIn = (out: string) => JSON.parse(readFileSync(join(folder, out, 'report.json'), 'utf8'));

beforeAll(() => {
  scene = writeSmallScene(folder, 1);
  writeWav(join(folder, 'stems', 'other.wav'), [bursts(7, 0.9)], 24_000);
  other = writeScene(folder, 'other', {
    objects: [{ name: 'drum', file: 'stems/other.wav', position: { azimuthDeg: 0, elevationDeg: 0 } }],
  });
});

describe('the report', () => {
  test('names its figures as documented, and the files are those it describes', () => {
    const result = master('report', '--json');
    expect(result).toMatchObject({ status: 0, stderr: '' });
    const report = reportIn('report');
    expect(JSON.parse(result.stdout)).toEqual(report);
    expect(report).toMatchObject({ version: 1, scene });
    expect(report.targets).toHaveLength(1);
    const [target] = report.targets;
    for (const name of [
      'integratedLufs',
      'shortTermMaxLufs',
      'loudnessRangeLu',
      'truePeakDbtp',
      'gainDb',
      'maxReductionDb',
    ]) {
      expect(target[name], name).toEqual(expect.any(Number));
    }
    expect(target).toMatchObject({ target: 'stereo', file: 'small.stereo.wav', checks: [] });
    const bytes = readFileSync(join(folder, 'report', target.file));
    expect(target.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(readdirSync(outFolder('report')).sort()).toEqual([
      'manifest.json',
      'report.json',
      'small.stereo.wav',
    ]);
  });

  test('a second time the same bytes come out, with any number of threads', () => {
    const targets = ['--to', 'binaural', '--to', '5.1'];
    for (const threads of ['1', '2']) {
      expect(master(`threads ${threads}`, ...targets, '--threads', threads).status).toBe(0);
    }
    expect(reportIn('threads 2')).toEqual(reportIn('threads 1'));
  });

  test('silence is null, and no fault', () => {
    writeWav(join(folder, 'stems', 'silence.wav'), [() => 0], 48_000);
    const silent = writeScene(folder, 'silent', {
      objects: [{ name: 'o', file: 'stems/silence.wav', position: { azimuthDeg: 0, elevationDeg: 0 } }],
    });
    const args = ['master', silent, '--to', 'stereo', '--to', 'ambix1', '--out', outFolder('silent')];
    const result = periphon([...args, '--json']);
    expect(result).toMatchObject({ status: 0, stderr: '' });
    for (const target of JSON.parse(result.stdout).targets) {
      expect(target).toMatchObject({ integratedLufs: null, gainDb: 0, maxReductionDb: 0, missedByLu: 0 });
    }
  });

  test('a target that is missed is exit 1, and the table says by how much', () => {
    const result = master('missed', '--loudness', '-3', '--max-reduction', '1');
    expect(result.status).toBe(1);
    expect(result.stdout).toMatch(/stereo: \d+\.\d\d LU below -3\.0 LUFS/);
    expect(reportIn('missed').targets[0].missedByLu).toBeGreaterThan(1);
    expect(reportIn('missed').targets[0].maxReductionDb).toBeLessThan(1.2);
  });
});

describe('settings', () => {
  test('loudness and ceiling, for all and for one', () => {
    const levels = ['--loudness', '-20', '--loudness', '5.1=-23', '--ceiling', '-6', '--ceiling', '5.1=-9'];
    expect(master('levels', '--to', '5.1', ...levels).status).toBe(0);
    const [stereo, surround] = reportIn('levels').targets;
    expect(stereo).toMatchObject({ target: 'stereo', loudnessTargetLufs: -20, ceilingDbtp: -6 });
    expect(stereo.integratedLufs).toBeCloseTo(-20, 1);
    expect(stereo.truePeakDbtp).toBeLessThanOrEqual(-6);
    expect(surround).toMatchObject({ target: '5.1', loudnessTargetLufs: -23, ceilingDbtp: -9 });
    expect(surround.integratedLufs).toBeLessThanOrEqual(-23);
    expect(surround.integratedLufs).toBeGreaterThanOrEqual(-23.1);
  });

  test('rules of loudness, for all and for one', () => {
    const rules = [
      '--loudness-rule',
      'peak',
      '--loudness-rule',
      '5.1=maximum',
      '--loudness',
      '5.1=-1',
      '--max-reduction',
      '20',
    ];
    expect(master('rules', '--to', '5.1', ...rules).status).toBe(0);
    const [stereo, surround] = reportIn('rules').targets;
    expect(stereo).toMatchObject({ loudnessRule: 'peak', maxReductionDb: 0, status: 'met' });
    expect(stereo.truePeakDbtp).toBeCloseTo(-1, 0);
    expect(surround).toMatchObject({ loudnessRule: 'maximum', loudnessTargetLufs: -1, gainDb: 0 });
    const wrong = master('wrong', '--loudness-rule', 'stereo=loud');
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toMatch(/it takes target, at-most, maximum, peak, none/);
  });

  test.for([
    [16, false],
    [24, false],
    [32, true],
  ] as const)('%i bit files', ([bits, isFloat], context) => {
    const out = `bits ${bits}`;
    expect(master(out, '--bit-depth', String(bits)).status).toBe(0);
    expect(reportIn(out).targets[0].bitDepth).toBe(bits);
    const file = join(folder, out, 'small.stereo.wav');
    const facts = { channelCount: 2, sampleRateHz: 48000, frameCount: 48000, bits, isFloat };
    requireTool(context, 'ffprobe');
    requireTool(context, 'sox');
    expect(ffprobeFacts(file)).toMatchObject(facts);
    expect(soxFacts(file)).toEqual(facts);
  });

  test('a recipe chooses targets and levels, and flags go over it', () => {
    const recipe = join(folder, 'recipe.yaml');
    writeFileSync(
      recipe,
      'version: 1\nscene: []\ntargets:\n  stereo: { loudnessLufs: -19, ceilingDbtp: -3, bitDepth: 16 }\n',
    );
    const args = ['master', scene, '--recipe', recipe, '--ceiling', '-4'];
    expect(periphon([...args, '--out', outFolder('recipe')]).status).toBe(0);
    const { targets } = reportIn('recipe');
    expect(targets).toHaveLength(1);
    expect(targets[0]).toMatchObject({ loudnessTargetLufs: -19, ceilingDbtp: -4, bitDepth: 16 });
    expect(targets[0].integratedLufs).toBeCloseTo(-19, 1);
  });

  test('an excerpt has exactly its length', () => {
    expect(master('excerpt', '--from', '0.25', '--duration', '0:00.5').status).toBe(0);
    expect(readPlainWav(join(folder, 'excerpt', 'small.stereo.wav')).channels[0]).toHaveLength(24_000);
    expect(reportIn('excerpt').targets[0].durationSec).toBe(0.5);
  });

  test('a start behind the end is refused', () => {
    const result = master('late', '--from', '9');
    expect(result.status).toBe(2);
    expect(result.stderr).toMatch(/1\.000 s/);
    expect(existsSync(outFolder('late'))).toBe(false);
  });
});

describe('files', () => {
  test('a dry run writes nothing and says what would be', () => {
    const result = master('dry', '--dry-run');
    expect(result).toMatchObject({ status: 0, stderr: '' });
    expect(result.stdout).toContain('small.stereo.wav');
    expect(existsSync(outFolder('dry'))).toBe(false);
  });

  test('existing files are replaced only with --overwrite', () => {
    mkdirSync(outFolder('again'));
    const file = join(folder, 'again', 'small.stereo.wav');
    writeFileSync(file, 'mine');
    expect(master('again')).toMatchObject({ status: 4, stdout: '' });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(master('again', '--overwrite').status).toBe(0);
    expect(readFileSync(file).length).toBeGreaterThan(100_000);
  });

  test('several scenes share a folder, each with its report; JSON is then a list', () => {
    const args = ['master', scene, other, '--to', 'stereo', '--out', outFolder('both'), '--json'];
    const result = periphon(args);
    expect(JSON.parse(result.stdout).map((report: { scene: string }) => report.scene)).toEqual([
      scene,
      other,
    ]);
    expect(readdirSync(outFolder('both')).sort()).toEqual([
      'manifest.json',
      'other.report.json',
      'other.stereo.wav',
      'small.report.json',
      'small.stereo.wav',
    ]);
  });

  test('an album: one gain, its own figures printed and reported', () => {
    const args = ['master', scene, other, '--album', '--to', 'stereo', '--out', outFolder('album')];
    const result = periphon([...args, '--album-loudness', 'loudest', '--max-reduction', '20']);
    expect(result.status).toBe(0);
    expect(result.stdout.match(/^stereo: album of 2 scenes, the loudest -1[34]\.\d\d LUFS$/gm)).toHaveLength(
      2,
    );
    const reports = ['small', 'other'].map((name) =>
      JSON.parse(readFileSync(join(folder, 'album', `${name}.report.json`), 'utf8')),
    );
    const [a, b] = reports.map(({ targets }) => targets[0]);
    expect(a.gainDb).toBe(b.gainDb);
    expect(Math.abs(Math.max(a.integratedLufs, b.integratedLufs) + 14)).toBeLessThanOrEqual(0.1);
  });

  test('tracks without a gap, listed in table and report', () => {
    writeFileSync(join(folder, 'tracks.csv'), 'time,name\n0,Opening\n0.4,"Slow, long"\n');
    const result = master('tracks', '--markers', join(folder, 'tracks.csv'));
    expect(result.status).toBe(0);
    expect(result.stdout).toMatch(/^stereo .* 2 tracks$/m);
    expect(result.stdout).toMatch(/^stereo: small\.stereo\.01-Opening\.wav, 0\.40 s, -\d/m);
    const names = ['small.stereo.01-Opening.wav', 'small.stereo.02-Slow, long.wav'];
    expect(readdirSync(outFolder('tracks')).sort()).toEqual(['manifest.json', 'report.json', ...names]);
    expect(reportIn('tracks').targets[0].tracks.map(({ file }: { file: string }) => file)).toEqual(names);
  });

  test('what is before the first marker is said to be in no track', () => {
    writeFileSync(join(folder, 'late.csv'), 'time,name\n0.25,Only\n');
    const result = master('late', '--markers', join(folder, 'late.csv'));
    expect(result.stdout).toMatch(/^stereo .* 1 track$/m);
    expect(result.stdout).toMatch(/^stereo: the first 0\.25 s, before the first marker, are in no track$/m);
  });

  test('how an album is measured is refused where there is none', () => {
    const result = master('no album', '--album-loudness', 'loudest');
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toMatch(/--album is not given/);
  });

  test('a level for a target that is not made is refused, not lost', () => {
    const result = master('typo', '--loudness', 'sterio=-20');
    expect(result.status).toBe(2);
    expect(result.stderr).toMatch(/"sterio", which is not made; made are stereo\n +did you mean "stereo"\?/);
    expect(existsSync(outFolder('typo'))).toBe(false);
  });

  test('markers cut one programme only', () => {
    const result = periphon(['master', scene, other, '--markers', 'tracks.csv', '--out', outFolder('none')]);
    expect(result.status).toBe(2);
    expect(result.stderr).toMatch(/--markers cut one programme into tracks, and 2 scenes were given/);
  });

  test('the scratch folder is empty afterwards', () => {
    mkdirSync(outFolder('scratch'));
    expect(master('scratched', '--scratch-dir', outFolder('scratch')).status).toBe(0);
    expect(readdirSync(outFolder('scratch'))).toEqual([]);
  });
});

describe('what is printed', () => {
  test('what was applied, and why a short scene has no loudness', () => {
    const result = master('applied', '--duration', '0.3', '--trim-head', '0.1', '--remove-dc');
    expect(result.stdout).toMatch(/^stereo: DC removed, 0\.100 s off the head$/m);
    expect(result.stdout).toMatch(/^stereo: no loudness to bring anywhere: silent or under 0\.4 s$/m);
  });

  test('where a target has several files, remarks name the file', () => {
    const profiles = ['--profile', 'spotify', '--profile', 'ebu-r128'];
    const result = master('several files', ...profiles, '--fade-out', '0.1');
    expect(result.stdout).toMatch(/^small\.stereo\.spotify\.wav: fade-out 0\.100 s raised-cosine$/m);
    expect(result.stdout).not.toMatch(/^stereo: /m);
  });

  test('a plain table without escape codes when piped; remarks go to standard error', () => {
    const result = master('printed');
    expect(result.stdout.split('\n')[0]).toMatch(
      /^target +LUFS +max S +LRA +dBTP +gain dB +limited dB +file$/,
    );
    expect(result.stdout).toMatch(/^stereo +-14\.0\d/m);
    expect(result.stderr).toMatch(/^report: .*report\.json\n$/);
    // eslint-disable-next-line no-control-regex -- escape codes begin with this character
    expect(result.stdout + result.stderr).not.toMatch(/\u001b|\r/);
  });

  test('--quiet prints the result only', () => {
    expect(master('quiet', '--quiet').stderr).toBe('');
  });
});

describe('delivery profiles', () => {
  test('all targets of both, checked; what differs has a file of its own', () => {
    const args = ['master', scene, '--out', outFolder('profiles'), '--duration', '0.5'];
    const profiles = ['--profile', 'apple-atmos', '--profile', 'spotify', '--profile', 'amazon-music'];
    const result = periphon([...args, ...profiles]);
    expect(result).toMatchObject({ status: 0 });
    expect(readdirSync(outFolder('profiles')).sort()).toEqual([
      'manifest.json',
      'report.json',
      'small.7.1.4.wav',
      'small.stereo.amazon-music.wav',
      'small.stereo.spotify.wav',
    ]);
    expect(result.stdout).toMatch(
      /small\.7\.1\.4\.wav: apple-atmos: \d+ rules passed, 0 failed, \d+ not verifiable/,
    );
    const spotify = reportIn('profiles').targets.find(
      ({ profiles: ids }: { profiles: string[] }) => ids[0] === 'spotify',
    );
    expect(spotify).toMatchObject({ loudnessTargetLufs: -14, ceilingDbtp: -1, bitDepth: 24 });
    expect(spotify.checks).toHaveLength(5);
    expect(spotify.platforms[0]).toMatchObject({ platform: 'spotify', mode: 'normal', confidence: 'owner' });
  });

  test('a rule that fails is exit 1, and the rule is named', () => {
    const result = master('failed rule', '--profile', 'ebu-r128', '--loudness', '-20');
    expect(result.status).toBe(1);
    expect(result.stdout).toMatch(/failed: integrated loudness -23 \+-\S+ LUFS: -20\.\d\d LUFS/);
    expect(reportIn('failed rule').targets[0].status).toBe('met');
  });

  test('a rule that is only recommended is a warning', () => {
    const result = master('missed advice', '--profile', 'spotify', '--loudness', '-20');
    expect(result.status).toBe(0);
    expect(result.stdout).toMatch(/ 0 failed, 1 with a warning, /);
    expect(result.stdout).toMatch(/warning: integrated loudness .* \(recommended\): -20\.\d\d LUFS/);
  });

  test('an unknown profile is wrong usage', () => {
    expect(master('no profile', '--profile', 'spotfy')).toMatchObject({ status: 2, stdout: '' });
    expect(existsSync(outFolder('no profile'))).toBe(false);
  });

  test('without ffmpeg a codec preview is refused before anything is made', () => {
    const args = [cliPath, 'master', scene, '--to', 'stereo', '--codec-preview', '--out', outFolder('codec')];
    const result = spawnSync(process.execPath, args, { encoding: 'utf8', env: { PATH: folder } });
    expect(result.status).toBe(3);
    expect(result.stderr).toMatch(/needs ffmpeg/);
    expect(existsSync(outFolder('codec'))).toBe(false);
  });
});
