import { expect, test } from 'vitest';
import { createHrtfLibrary, hrtfChoices, hrtfPlaces } from '../../../src/audition/server/hrtf-library.ts';

test("the sets that are named come first, periphon's own is always there", () => {
  expect(hrtfPlaces([])).toEqual([{ id: 'kemar', file: undefined }]);
  expect(hrtfPlaces(['kemar', 'my/head.sofa'])).toEqual([
    { id: 'kemar', file: undefined },
    { id: 'head', file: 'my/head.sofa' },
  ]);
  expect(hrtfPlaces(['a/head.sofa', 'b/head.sofa', 'a/head.sofa', 'a/kemar.phrtf'])).toEqual([
    { id: 'head', file: 'a/head.sofa' },
    { id: 'head-2', file: 'b/head.sofa' },
    { id: 'kemar-2', file: 'a/kemar.phrtf' },
    { id: 'kemar', file: undefined },
  ]);
});

test('sets are loaded once, at the rate of the session', async () => {
  const places = hrtfPlaces([]);
  const library = createHrtfLibrary(places, 44100);
  const hrtf = await library.load('kemar');
  expect(hrtf.sampleRateHz).toBe(44100);
  expect(await library.load('kemar')).toBe(hrtf);
  await expect(library.load('none')).rejects.toMatchObject({ code: 'unknown-hrtf' });
  const [choice] = await hrtfChoices(places, library);
  expect(choice).toMatchObject({ id: 'kemar', name: hrtf.name });
  expect(choice!.loudspeakerTapCount).toBeGreaterThan(hrtf.tapCount);
});
