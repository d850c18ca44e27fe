import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listFolder } from '../../../src/audition/server/list-folder.ts';
import { readReports } from '../../../src/audition/server/read-reports.ts';
import { temporaryFolder } from '../../cli/cli-support.ts';

const folder = temporaryFolder();

test('knows what reports and the manifest say of the files that are there', async () => {
  for (const name of ['a.stereo.wav', 'a.stereo.01-One.wav', 'a.adm.wav', 'a.5.1.wav'])
    writeFileSync(join(folder, name), '');
  const report = {
    version: 1,
    targets: [
      { target: 'stereo', file: 'a.stereo.wav', loudnessTargetLufs: -14, checks: [{ profile: 'x' }] },
      { target: 'stereo', file: '', tracks: [{ file: 'a.stereo.01-One.wav' }] },
      { target: 'binaural', file: 'gone.wav' },
    ],
    sceneFiles: [{ target: 'adm', files: ['a.adm.wav', 'a.second'] }],
  };
  const made = { sha256: '', bytes: 0 };
  const manifest = {
    version: 1,
    runs: [
      {
        inputs: [],
        files: [
          { ...made, path: 'a.5.1.wav', target: '5.1' },
          { ...made, path: 'a.stereo.wav', target: 'binaural' },
        ],
      },
    ],
  };
  writeFileSync(join(folder, 'a.report.json'), JSON.stringify(report));
  writeFileSync(join(folder, 'b.report.json'), '{ damaged');
  writeFileSync(join(folder, 'c.report.json'), '{"version":1,"targets":{}}');
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  expect(await readReports(await listFolder(folder))).toEqual([
    { name: 'a.stereo.wav', target: 'stereo', targetLufs: -14, checks: [{ profile: 'x' }] },
    { name: 'a.stereo.01-One.wav', target: 'stereo', targetLufs: undefined, checks: [] },
    { name: 'a.adm.wav', target: 'adm', checks: [] },
    { name: 'a.5.1.wav', target: '5.1', checks: [] },
  ]);
});
