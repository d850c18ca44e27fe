import { expect, test } from 'vitest';
import { measureFiles } from '../../src/job/measure-file.ts';
import { isSceneFile } from '../../src/job/measure-scene.ts';
import { renderScene } from '../../src/job/render-scene.ts';
import { inFolder, writeMaster } from '../deliver/master-rules/master-files.ts';
import { jobFolder, writeTinyScene } from './scenes.ts';

const folder = jobFolder();

test('scenes are told by their names', () => {
  expect(['a.scene.json', 'a.JSON', 'a.atmos', 'a.atmos.audio', 'a.atmos.metadata'].every(isSceneFile)).toBe(
    true,
  );
  expect(['a.wav', 'a.caf', 'json.wav', 'a.atmos.wav'].some(isSceneFile)).toBe(false);
});

test('a scene reads what its renders read when they are measured as files', async () => {
  const scene = writeTinyScene(folder, 96_000);
  const { files } = await renderScene({
    scene,
    outDir: folder,
    targets: ['7.1.4', '5.1', 'stereo', 'binaural'],
  });
  const measured = (await measureFiles([scene], { withBinaural: true })).files[0]!;
  const rendered = (await measureFiles(files.map(({ file }) => file))).files;
  expect(measured).toMatchObject({
    layout: '7.1.4',
    durationSec: 2,
    sampleRateHz: 48_000,
    render: { source: 'scene', renderer: expect.stringMatching(/^periphon \d/) },
  });
  expect(measured.integratedLufs).toBeCloseTo(rendered[0]!.integratedLufs, 4);
  expect(measured.truePeakDbtp).toBeCloseTo(rendered[0]!.truePeakDbtp, 4);
  for (const [index, name] of [
    [1, '5.1'],
    [2, '2.0'],
    [3, 'binaural'],
  ] as const) {
    const figures = measured.reRenders![name]!;
    expect([name, figures.integratedLufs.toFixed(3)]).toEqual([
      name,
      rendered[index]!.integratedLufs.toFixed(3),
    ]);
    expect(figures.truePeakDbtp).toBeCloseTo(rendered[index]!.truePeakDbtp, 3);
  }
});

test('a master reads what its renders read, with its own trims; its tracks are told', async () => {
  const master = await writeMaster(inFolder(folder, 'whole'), undefined, undefined, 48_000);
  const { files } = await renderScene({ scene: master, outDir: folder, targets: ['7.1.4', '5.1'] });
  const measured = (await measureFiles([master])).files[0]!;
  const [own, surround] = (await measureFiles(files.map(({ file }) => file))).files;
  expect(measured.render!.source).toBe('ADM BWF');
  expect(measured.integratedLufs).toBeCloseTo(own!.integratedLufs, 4);
  expect(measured.reRenders!['5.1']!.integratedLufs).toBeCloseTo(surround!.integratedLufs, 4);
  expect(Object.keys(measured.reRenders!)).toEqual(['5.1', '2.0']);
  const { tracks = [] } = measured;
  expect(tracks.map(({ kind }) => kind)).toEqual([
    ...Array<string>(10).fill('bed'),
    ...Array<string>(3).fill('object'),
  ]);
  // Tones of 40 Hz at 0.05, in 24 bit.
  for (const { peakDbfs } of tracks) expect(peakDbfs).toBeCloseTo(-26.02, 1);
  expect(tracks.filter(({ isLfe }) => isLfe).map(({ name }) => name)).toEqual(['bed 7.1.2 LFE1']);
  expect(tracks[3]!.highShareDb).toBeLessThan(-40);
});

test('the silence of a scene is that of its tracks, to the sample', async () => {
  const impulse = (track: number, frame: number): number => (track === 10 && frame === 5000 ? 0.5 : 0);
  const file = await writeMaster(inFolder(folder, 'impulse'), undefined, impulse);
  const [measured] = (await measureFiles([file])).files;
  expect(measured!.silence).toMatchObject({ headSamples: 5000, tailSamples: 6999 });
  expect(measured!.tracks!.filter(({ peakDbfs }) => peakDbfs > -Infinity).map(({ name }) => name)).toEqual([
    'voice',
  ]);
});
