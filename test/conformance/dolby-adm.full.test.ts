import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bedOf, sceneOf } from '../io/adm/write-scenes.ts';
import { jobFolder } from '../job/scenes.ts';
import { errorsOfMaster, variedObjects } from './dolby-adm.ts';

const folder = jobFolder();

test.each([48_000, 96_000])(
  'the largest master at %d Hz, a 7.1.2 bed and 118 objects, shows no error',
  async (sampleRateHz) => {
    const scene = sceneOf(bedOf('7.1.2'), ...variedObjects(118));
    expect(await errorsOfMaster(scene, sampleRateHz, join(folder, `${sampleRateHz}.wav`))).toEqual([]);
  },
);
