import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bedOf, sceneOf } from '../io/adm/write-scenes.ts';
import { jobFolder } from '../job/scenes.ts';
import { errorsOfMaster, variedObjects } from './dolby-adm.ts';
import { conformanceErrors, mediaInfoOf } from './media-info.ts';

/** Masters as MediaInfo checks them against the Dolby Atmos Master ADM profile. */
const folder = jobFolder();

const beds = ['2.0', '5.0', '5.1', '7.0', '7.1', '7.1.2', '7.1.4', '5.1.4'];
const cases = [
  ...beds.map((bed, index) => ({
    bed,
    objects: index % 4 === 0 ? 0 : index,
    sampleRateHz: index % 2 ? 96_000 : 48_000,
  })),
  { bed: undefined, objects: 5, sampleRateHz: 48_000 },
  { bed: undefined, objects: 10, sampleRateHz: 96_000 },
];

test.each(cases)(
  'bed $bed with $objects objects at $sampleRateHz Hz shows no error',
  async ({ bed, objects, sampleRateHz }) => {
    const beds =
      bed === undefined ? [] : [bedOf(bed === '7.0' || bed === '5.0' ? bed.replace('.0', '.1') : bed)];
    const chosen = beds.map((made) =>
      bed?.endsWith('.0') && bed !== '2.0'
        ? { ...made, layout: undefined, channels: made.channels.filter(({ isLfe }) => !isLfe) }
        : made,
    );
    const file = join(folder, `${bed}-${objects}-${sampleRateHz}.wav`);
    expect(await errorsOfMaster(sceneOf(...chosen, ...variedObjects(objects)), sampleRateHz, file)).toEqual(
      [],
    );
    expect(await mediaInfoOf(file)).toContain('Dolby Atmos Master, Version 1');
  },
);

test('MediaInfo does find faults where there are some', async () => {
  const file = join(folder, 'whole.wav');
  await errorsOfMaster(sceneOf(...variedObjects(1)), 48_000, file);
  const broken = join(folder, 'broken.wav');
  const text = readFileSync(file, 'latin1');
  writeFileSync(broken, text.replace('>2</dialogue>', '>1</dialogue>'), 'latin1');
  expect((await conformanceErrors(broken)).map(({ message }) => message)).toEqual([
    expect.stringContaining('dialogue element value'),
  ]);
});
