import { expect, test } from 'vitest';
import { editedText, shownText } from '../../src/cli/metadata-text.ts';
import { automaticTrim } from '../../src/io/adm/format-dbmd.ts';
import type { ShownMetadata } from '../../src/job/metadata-show.ts';
import { trimLayouts, type LayoutTrim, type TrimLayout } from '../../src/scene/scene.ts';

const channel = (label: string, binauralMode: 'near' | 'off' | 'notIndicated') => ({
  label,
  track: 1,
  isLfe: label === 'LFE',
  binauralMode,
});
const zero = { ...automaticTrim, automatic: false };
const trims = {
  ...(Object.fromEntries(trimLayouts.map((layout) => [layout, automaticTrim])) as Record<
    TrimLayout,
    LayoutTrim
  >),
  '2.0': zero,
  '5.1': zero,
  '7.1': { ...zero, surroundDb: -3, listenerBalance: 0.5 },
};
const metadata: ShownMetadata = {
  file: 'a.wav',
  container: 'BW64',
  sampleRateHz: 48000,
  channelCount: 3,
  durationSec: 65,
  isStudioMaster: true,
  programme: { id: 'APR_1001', name: 'Atmos_Master' },
  creationTool: 'Tool 1.2.3',
  frameRate: '24',
  firstFrameOfAction: undefined,
  downmixType: 'loRo',
  phaseShift90: 'on',
  warpMode: 'normal',
  trims,
  elements: [
    { name: 'Bed', kind: 'bed', channels: [channel('L', 'near'), channel('LFE', 'off')] },
    { name: 'Vox', kind: 'object', channels: [channel('mono', 'near')] },
  ],
};

test('a field a line; trims and modes that are alike together', () => {
  expect(shownText({ ...metadata, audioSha256: 'abc' }).split('\n')).toEqual([
    'a.wav  BW64, 1:05.0, 48000 Hz, 3 channels',
    '  programme                                      "Atmos_Master" (APR_1001)',
    '  made with                                      Tool 1.2.3',
    '  frame rate                                     24',
    '  first frame of action                          none',
    '  5.1 downmix                                    normal (direct render)',
    '  stereo downmix                                 Lo/Ro',
    '  90 degree phase shift                          on',
    '  trim 2.0, 5.1                                  manual, 0 dB',
    '  trim 7.1                                       manual, surround -3.0 dB, listener balance 0.50',
    '  trim 2.1.2, 5.1.2, 7.1.2, 2.1.4, 5.1.4, 7.1.4  automatic',
    '  binaural near                                  Bed (L), Vox',
    '  binaural off                                   Bed (LFE)',
    '  audio sha256                                   abc',
  ]);
});

test('a file without studio metadata: its elements', () => {
  const text = shownText({ ...metadata, isStudioMaster: false, programme: undefined });
  expect(text).toContain('studio metadata  none');
  expect(text).toContain('elements         Bed, Vox');
});

test('changes that are alike share a line, long lists are cut', () => {
  const mode = (of: string) =>
    ({ field: 'binauralMode', of, before: 'notIndicated', after: 'near' }) as const;
  const file = { file: 'a.wav', out: 'b.wav', audioSha256: undefined };
  const changes = [
    { field: 'frameRate', of: undefined, before: undefined, after: '24' },
    { field: 'trim', of: '5.1', before: automaticTrim, after: zero },
    { field: 'elementName', of: 'Vox', before: 'Vox', after: 'Lead' },
    ...Array.from({ length: 14 }, (_, index) => mode(`o${index}`)),
  ] as const;
  expect(editedText({ ...file, changes }).split('\n')).toEqual([
    'a.wav -> b.wav',
    '  frame rate: none -> 24',
    '  trim of 5.1: automatic -> manual, 0 dB',
    '  name of Vox: "Vox" -> "Lead"',
    '  binaural mode of o0, o1, o2, o3, o4, o5, o6, o7, o8, o9, o10, o11 and 2 more: not indicated -> near',
  ]);
  expect(editedText({ ...file, changes: [], audioSha256: 'abc' })).toBe(
    'a.wav -> b.wav\n  nothing changes: all is as asked for\n  audio unchanged, read back: sha256 abc',
  );
});
