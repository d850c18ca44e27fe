import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import {
  admFile,
  axmlOf,
  blockOf,
  entryOf,
  objectOf,
  objectPack,
  polar,
  programmeOf,
} from '../io/adm/adm-bytes.ts';
import { realMaster } from '../io/adm/real-masters.ts';
import { periphon, temporaryFolder } from './cli-support.ts';

/** Commands on ADM files, by the built program. */

const folder = temporaryFolder();
let mix: string;
beforeAll(() => {
  mix = join(folder, 'mix.wav');
  const second =
    '<audioProgramme audioProgrammeID="APR_1002" audioProgrammeName="dub"><audioContentIDRef>ACO_1002</audioContentIDRef></audioProgramme><audioContent audioContentID="ACO_1002"><audioObjectIDRef>AO_1002</audioObjectIDRef></audioContent>';
  const axml = axmlOf(
    programmeOf('AO_1001', 'AO_1002') +
      second +
      objectOf('AO_1001', 'AP_00010002', [1, 2]) +
      objectOf('AO_1002', 'AP_00031001', [3]) +
      objectPack('1001', blockOf(polar(30))),
  );
  const sampleOf = (channel: number, frame: number): number =>
    0.2 * Math.sin((frame * (300 + 100 * channel) * 2 * Math.PI) / 48_000);
  const chna = [
    entryOf(1, 'AC_00010001', 'AP_00010002'),
    entryOf(2, 'AC_00010002', 'AP_00010002'),
    entryOf(3, 'AC_00031001', 'AP_00031001'),
  ];
  writeFileSync(mix, admFile({ axml, chna, channelCount: 3, frameCount: 96_000, sampleOf }));
});

test('inspect says programme and elements', { timeout: 90_000 }, () => {
  const { status, stdout } = periphon(['inspect', mix]);
  expect(status).toBe(0);
  expect(stdout).toContain('adm "mix"');
  expect(stdout).toMatch(/ao_1001 +bed +0\.0 +M\+030 M-030/);
  expect(stdout).toContain('other programmes: APR_1002 "dub"');
  const dub = JSON.parse(periphon(['inspect', mix, '--programme', 'dub', '--json']).stdout);
  expect(dub).toMatchObject({
    kind: 'adm',
    name: 'mix',
    adm: { programme: { id: 'APR_1002', name: 'dub' } },
  });
  expect(dub.elements).toHaveLength(1);
  expect(periphon(['inspect', mix, '--programme', 'none']).stderr).toContain('no programme "none"');
});

test('render and master take an ADM file as any scene', { timeout: 90_000 }, () => {
  const rendered = periphon(['render', mix, '--to', '7.1.4', '--to', 'binaural', '--out', join(folder, 'r')]);
  expect(rendered).toMatchObject({ status: 0 });
  const mastered = periphon(['master', mix, '--to', '5.1', '--out', join(folder, 'm')]);
  expect(mastered).toMatchObject({ status: 0 });
  expect(existsSync(join(folder, 'm'))).toBe(true);
});

test('real masters: inspect says their metadata, render gives 7.1.4', { timeout: 90_000 }, (context) => {
  const files = [0, 1, 2].map((index) => realMaster(context, index));
  const { stdout } = periphon(['inspect', ...files]);
  expect(stdout.match(/made with: Dolby Atmos Conversion Tool 1\.[89]\.0/g)).toHaveLength(3);
  expect(stdout.match(/binaural modes: 2 (.*)/g)).toEqual([
    'binaural modes: 2 not indicated',
    'binaural modes: 2 not indicated',
    'binaural modes: 2 off',
  ]);
  const out = join(folder, 'real');
  expect(periphon(['render', ...files, '--to', '7.1.4', '--out', out]).status).toBe(0);
  const renders = [0, 1, 2].map((index) => join(out, `sample_adm_file_${index}.7.1.4.wav`));
  const { files: measured } = JSON.parse(periphon(['measure', '--json', ...renders]).stdout);
  // The first object is to the left, level with the ears: its loudspeaker is the left one at the side.
  const expected = { layout: '7.1.4', truePeakChannel: 'M+090' };
  expect(measured).toMatchObject([expected, expected, expected]);
});
