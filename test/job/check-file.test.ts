import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { checkFiles } from '../../src/job/check-file.ts';
import { sine, writeWav } from '../cli/cli-support.ts';
import { chunksOf, editText, inFolder, riffOf, writeMaster } from '../deliver/master-rules/master-files.ts';
import { eventText, rootText, saveMaster } from '../io/damf/open-damf.ts';
import { jobFolder, writeTinyScene } from './scenes.ts';

const folder = jobFolder();
const file = join(folder, 'tone.wav');
beforeAll(() => {
  const signal = sine(997, 10 ** (-16 / 20));
  writeWav(file, [signal, signal], 96_000, { channelMask: 3 });
});

test('each file has the checks of all profiles, in their order', async () => {
  const { files } = await checkFiles([file], { profiles: ['aes-td1008', 'deezer'] });
  expect(files).toHaveLength(1);
  const { checks, layout } = files[0]!;
  expect(layout).toBe('2.0');
  expect([...new Set(checks.map(({ profile }) => profile))]).toEqual(['aes-td1008', 'deezer']);
  const resultOf = (profile: string, words: RegExp) =>
    checks.find((check) => check.profile === profile && words.test(check.rule))?.result;
  expect(resultOf('aes-td1008', /^integrated/)).toBe('pass');
  expect(resultOf('deezer', /^integrated/)).toBe('fail');
  expect(resultOf('deezer', /^sample rate/)).toBe('fail');
});

test('an unknown profile is refused before anything is read', async () => {
  const running = checkFiles([join(folder, 'absent.wav')], { profiles: ['vinyl'] });
  await expect(running).rejects.toMatchObject({ code: 'unknown-profile' });
});

test('a master that no renderer takes is checked all the same', async () => {
  const broken = await writeMaster(inFolder(folder, 'broken'));
  const edit = editText([/(AB_00031001_00000001[\s\S]*?coordinate="X">)[^<]*/, '$1left']);
  writeFileSync(broken, riffOf(edit(chunksOf(readFileSync(broken)))));
  const [checked] = (await checkFiles([broken], { profiles: ['dolby-atmos-master', 'umg-atmos'] })).files;
  expect(checked).toMatchObject({ layout: 'ADM BWF', render: undefined });
  const of = (profile: string, id: string) =>
    checked!.checks.find((check) => check.profile === profile && check.id === id)!;
  expect(of('dolby-atmos-master', 'block-position')).toMatchObject({ result: 'fail', message: 'X left' });
  expect(of('dolby-atmos-master', 'renders')).toMatchObject({ result: 'fail', strength: 'recommended' });
  expect(of('umg-atmos', 'frame-rate-24').result).toBe('pass');
  for (const id of ['layout', 'integratedLufs', 'empty-objects', 'tailSilenceSamples'])
    expect(of('umg-atmos', id)).toMatchObject({
      result: 'not-verifiable',
      message: expect.stringMatching(/^cannot be rendered: .*left/),
    });
});

test('a scene file is measured on its render, with the stereo master that it names', async () => {
  const scene = writeTinyScene(folder, 48_000);
  const document = JSON.parse(readFileSync(scene, 'utf8'));
  writeFileSync(scene, JSON.stringify({ ...document, stereoMaster: 'tone.wav' }));
  const [checked] = (await checkFiles([scene], { profiles: ['umg-atmos'] })).files;
  expect(checked).toMatchObject({ layout: '7.1.4', render: { source: 'scene' } });
  const of = (id: string) => checked!.checks.find((check) => check.id === id)!;
  expect(of('adm-bwf')).toMatchObject({ result: 'fail', message: 'not an ADM BWF: a scene file' });
  expect(of('channel-count')).toMatchObject({
    result: 'not-verifiable',
    message: 'not an ADM BWF: a scene file',
  });
  expect(of('binaural-stated').message).toMatch(/^bed M\+030 has none, and 6 more$/);
  // The tone lasts 2 s, the scene 1 s.
  expect(of('stereo-length')).toMatchObject({ result: 'fail', message: '-1.000 s (-48000 samples)' });
});

test('a master in DAMF is judged by what it says and how it sounds; container rules are not judged', async () => {
  const root = saveMaster(folder, {
    root: rootText(['fps: 24', 'ffoa: 0.5', 'warpMode: normal']),
    events: eventText(...[3, 10, 11].map((id) => [`ID: ${id}`, 'samplePos: 0', 'binauralRenderMode: off'])),
  });
  const profiles = ['umg-atmos', 'dolby-atmos-master'];
  const [checked] = (await checkFiles([root], { profiles })).files;
  expect(checked).toMatchObject({ layout: '7.1.4', render: { source: 'scene' } });
  const of = (profile: string, id: string) =>
    checked!.checks.find((check) => check.profile === profile && check.id === id)!;
  const instead = 'not an ADM BWF: a master in DAMF';
  for (const profile of profiles)
    expect(of(profile, 'adm-bwf')).toMatchObject({ result: 'fail', message: instead });
  for (const id of ['frame-rate-24', 'direct-render', 'binaural-stated', 'not-silent'])
    expect(of('umg-atmos', id), id).toMatchObject({ result: 'pass' });
  for (const id of ['no-first-frame', 'manual-trims', 'binaural-not-all-off'])
    expect(of('umg-atmos', id), id).toMatchObject({ result: 'fail' });
  for (const id of ['container-size', 'chunk-order', 'axml-present', 'block-ids'])
    expect(of('dolby-atmos-master', id), id).toMatchObject({ result: 'not-verifiable', message: instead });
  // Any of its files may be named.
  const { files } = await checkFiles([`${root}.audio`], { profiles });
  expect(files[0]!.checks).toEqual(checked!.checks);
});
