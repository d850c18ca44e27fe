import { describe, expect, test } from 'vitest';
import {
  resolveStudioEdits,
  touchesStudioMetadata,
  unknownElement,
  type BinauralModeEdit,
  type MetadataEdits,
} from '../../src/job/metadata-edits.ts';
import type { ElementMetadata, FileMetadata } from '../../src/job/metadata-file.ts';
import { automaticTrim } from '../../src/io/adm/format-dbmd.ts';
import { trimLayouts, type LayoutTrim, type TrimLayout } from '../../src/scene/scene.ts';

const channel = (label: string, track: number): ElementMetadata['channels'][number] => ({
  label,
  track,
  isLfe: label === 'LFE',
  binauralMode: 'notIndicated',
});
const elements: readonly ElementMetadata[] = [
  {
    name: 'Main',
    kind: 'bed',
    channels: ['L', 'R', 'LFE', 'Lss'].map((label, at) => channel(label, at + 1)),
  },
  { name: 'Vox (lead)', kind: 'object', channels: [channel('mono', 5)] },
  { name: 'vox back', kind: 'object', channels: [channel('mono', 6)] },
  { name: 'FX: rain', kind: 'object', channels: [channel('mono', 7)] },
];
const trims = Object.fromEntries(trimLayouts.map((layout) => [layout, automaticTrim])) as Record<
  TrimLayout,
  LayoutTrim
>;
const metadata: FileMetadata = {
  file: 'a.wav',
  container: 'WAV',
  sampleRateHz: 48000,
  channelCount: 7,
  durationSec: 1,
  isStudioMaster: true,
  programme: undefined,
  creationTool: undefined,
  frameRate: '24',
  firstFrameOfAction: undefined,
  downmixType: 'notIndicated',
  phaseShift90: 'notIndicated',
  warpMode: 'notIndicated',
  trims,
  elements,
};

const resolve = (edits: MetadataEdits, of: FileMetadata = metadata) => resolveStudioEdits(edits, of);

describe('binaural modes', () => {
  /** Modes by track. */
  const modes = (...binauralModes: BinauralModeEdit[]): Record<string, string | undefined> =>
    Object.fromEntries(
      [...resolve({ binauralModes }).studio.binauralModes].map(([at, mode]) => [at + 1, mode]),
    );

  test('of all: an LFE that is not named itself is off, for it has no place', () => {
    const all = { 1: 'near', 2: 'near', 3: 'off', 4: 'near', 5: 'near', 6: 'near', 7: 'near' };
    expect(modes({ of: '*', mode: 'near' })).toEqual(all);
    expect(modes({ of: '*', mode: 'notIndicated' })[3]).toBe('notIndicated');
  });

  test('by name, by kind, by channel; the last word counts', () => {
    expect(modes({ of: 'vox*', mode: 'far' })).toEqual({ 5: 'far', 6: 'far' });
    expect(modes({ of: 'Vox (lead)', mode: 'far' })).toEqual({ 5: 'far' });
    expect(modes({ of: 'vox ????', mode: 'far' })).toEqual({ 6: 'far' });
    expect(
      modes({ of: 'bed', mode: 'mid' }, { of: 'object', mode: 'far' }, { of: '*back', mode: 'off' }),
    ).toEqual({ 1: 'mid', 2: 'mid', 3: 'off', 4: 'mid', 5: 'far', 6: 'off', 7: 'far' });
    expect(modes({ of: 'bed:LFE', mode: 'near' }, { of: 'main:L*', mode: 'far' })).toEqual({
      1: 'far',
      3: 'far',
      4: 'far',
    });
    expect(modes({ of: 'bed:M+090', mode: 'far' })).toEqual({ 4: 'far' });
  });

  test('a name may hold a colon', () => {
    expect(modes({ of: 'fx: rain', mode: 'off' })).toEqual({ 7: 'off' });
    expect(modes({ of: 'fx*:mono', mode: 'mid' })).toEqual({ 7: 'mid' });
  });

  test('patterns that answer to nothing are given back', () => {
    const edits = ['Drums', 'bed:Ltf', '*'].map((of) => ({ of, mode: 'near' as const }));
    expect(resolve({ binauralModes: edits }).unmatched).toEqual(['Drums', 'bed:Ltf']);
  });
});

describe('trims', () => {
  const manual = { ...automaticTrim, automatic: false };

  test('automatic, manual, and levels, which make them manual', () => {
    const edits = [
      { layout: 'all', automatic: false },
      { layout: '5.1', values: { surroundDb: -3 } },
      { layout: '7.1', automatic: true },
    ] as const;
    const { studio } = resolve({ trims: edits });
    expect(studio.trims['5.1']).toEqual({ ...manual, surroundDb: -3 });
    expect(studio.trims['7.1']).toEqual(automaticTrim);
    expect(studio.trims['2.0']).toEqual(manual);
    expect(Object.keys(studio.trims)).toHaveLength(9);
  });

  test('levels that are not named stay where the trim is manual already', () => {
    const known = { ...metadata, trims: { ...trims, '5.1': { ...manual, heightDb: -2, centreDb: 1 } } };
    const edits = [{ layout: '5.1', values: { centreDb: 0 } }] as const;
    expect(resolve({ trims: edits }, known).studio.trims).toEqual({ '5.1': { ...manual, heightDb: -2 } });
  });
});

describe('first frame of action', () => {
  const actionOf = (firstFrameOfAction: string, frameRate?: MetadataEdits['frameRate'], of = metadata) =>
    resolve({ firstFrameOfAction, frameRate }, of).studio.atmos;

  test('a timecode at the rate that the file has or gets, a time, or none', () => {
    expect(actionOf('01:02:03:12')).toEqual({
      firstFrameOfAction: { hours: 1, minutes: 2, seconds: 3.5 },
    });
    expect(actionOf('00:00:00:12', '25')).toEqual({
      frameRate: '25',
      firstFrameOfAction: { hours: 0, minutes: 0, seconds: 0.48 },
    });
    // An hour of frames at 23.976 lasts 3603.6 s.
    expect(actionOf('01:00:00:00', '23.976').firstFrameOfAction).toEqual({
      hours: 1,
      minutes: 0,
      seconds: 3.6,
    });
    expect(actionOf('00:59:59.999999').firstFrameOfAction).toEqual({ hours: 1, minutes: 0, seconds: 0 });
    expect(actionOf('none')).toEqual({ firstFrameOfAction: undefined });
    expect('firstFrameOfAction' in actionOf('none')).toBe(true);
  });

  test('what is neither says what is allowed', () => {
    expect(() => actionOf('00:00:00:24')).toThrow(/no timecode HH:MM:SS:FF at 24 frames/);
    expect(() => actionOf('soon')).toThrow(/nor none/);
    const rateless = { ...metadata, frameRate: undefined };
    expect(() => actionOf('00:00:00:00', undefined, rateless)).toThrow(/needs a frame rate/);
  });
});

test('what touches dbmd, and what is names alone', () => {
  expect(
    touchesStudioMetadata({ renames: [{ before: 'a', after: 'b' }], programmeName: 'c', trims: [] }),
  ).toBe(false);
  expect(touchesStudioMetadata({ frameRate: '24' })).toBe(true);
  expect(touchesStudioMetadata({ trims: [{ layout: 'all', automatic: true }] })).toBe(true);
});

test('a wrong name is answered with those that there are, and the likely one', () => {
  expect(unknownElement('Vax*', ['Vox', 'Keys', 'Vox'])).toBe(
    'no element "Vax*"; there are "Vox", "Keys"; did you mean "Vox"?',
  );
  const many = Array.from({ length: 40 }, (_, index) => `o${index}`);
  expect(unknownElement('zzzz', many)).toContain('and 10 more');
});
