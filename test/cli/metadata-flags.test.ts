import { describe, expect, test } from 'vitest';
import { metadataEdits } from '../../src/cli/metadata-flags.ts';

const edits = (args: Record<string, unknown>) => metadataEdits(args);

test('no flags, no edits', () => {
  expect(edits({})).toEqual({ binauralModes: [], trims: [], renames: [] });
});

test('binaural modes: for all, or behind the last "=" of a pattern', () => {
  expect(edits({ 'binaural-mode': ['near', 'Vox*=off', 'a=b=unset', 'bed:LFE=mid'] }).binauralModes).toEqual([
    { of: '*', mode: 'near' },
    { of: 'Vox*', mode: 'off' },
    { of: 'a=b', mode: 'notIndicated' },
    { of: 'bed:LFE', mode: 'mid' },
  ]);
  expect(() => edits({ 'binaural-mode': ['Vox=neer'] })).toThrow(
    '--binaural-mode is "Vox=neer"; "neer" is none of off, near, mid, far, unset; did you mean near?',
  );
  expect(() => edits({ 'binaural-mode': ['=near'] })).toThrow(/a name is missing/);
});

describe('trims', () => {
  const trims = (...texts: string[]) => edits({ trim: texts }).trims;

  test('automatic, manual, levels and balances', () => {
    expect(trims('all=auto', '5.1=manual', '7.1.4:center=0,surround=-3, height = -1.5')).toEqual([
      { layout: 'all', automatic: true },
      { layout: '5.1', automatic: false },
      { layout: '7.1.4', automatic: false, values: { centreDb: 0, surroundDb: -3, heightDb: -1.5 } },
    ]);
    expect(trims('2.0:overhead-floor=-1,listener=0.5')).toEqual([
      { layout: '2.0', automatic: false, values: { overheadFloorBalance: -1, listenerBalance: 0.5 } },
    ]);
  });

  test.each([
    ['5.1', /it takes LAYOUT=auto/],
    ['9.1=auto', /"9.1" is none of 2.0, 5.1/],
    ['5.1=maunal', /did you mean manual/],
    ['5.1:sides=1', /"sides" is none of centre, surround/],
    ['5.1:surround', /surround is ""; allowed are -36 to 6/],
    ['5.1:surround=7', /surround is "7"; allowed are -36 to 6/],
    ['5.1:listener=2', /listener is "2"; allowed are -1 to 1/],
    ['5.1:height=loud', /height is "loud"/],
  ])('%s is refused', (text, message) => {
    expect(() => trims(text)).toThrow(message);
  });
});

test('single values, by the words of other flags', () => {
  expect(
    edits({
      warp: 'prologic-iix',
      'downmix-type': 'lt-rt-pl2',
      'phase-shift': 'unset',
      'frame-rate': '29.97df',
      ffoa: 'none',
      'programme-name': 'x',
    }),
  ).toMatchObject({
    warpMode: 'proLogicIIx',
    downmixType: 'ltRtPLII',
    phaseShift90: 'notIndicated',
    frameRate: '29.97df',
    firstFrameOfAction: 'none',
    programmeName: 'x',
  });
  expect(() => edits({ warp: 'warp' })).toThrow(/did you mean warping/);
  expect(() => edits({ 'frame-rate': '60' })).toThrow(/none of/);
});

test('renames: what stands before the first "=" is the old name', () => {
  expect(edits({ rename: ['Old=New = better'] }).renames).toEqual([{ before: 'Old', after: 'New = better' }]);
  for (const text of ['Old', '=New', 'Old=']) expect(() => edits({ rename: [text] })).toThrow(/OLD=NEW/);
});
