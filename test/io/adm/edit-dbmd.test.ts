import { expect, test } from 'vitest';
import { readStudioMetadata } from '../../../src/io/adm/adm-delivery.ts';
import { dbmdChecksum, formatDbmd, parseDbmd } from '../../../src/io/adm/dbmd.ts';
import { editStudioMetadata, type StudioEdits } from '../../../src/io/adm/edit-dbmd.ts';
import { automaticTrim } from '../../../src/io/adm/format-dbmd.ts';
import { trimLayouts } from '../../../src/scene/scene.ts';
import { realDbmd } from './real-masters.ts';

const options = { file: 'a.wav', channelCount: 2, tool: { name: 'test', version: [1, 2, 3] as const } };
const nothing: StudioEdits = { atmos: {}, trims: {}, binauralModes: new Map() };
const read = (bytes: Uint8Array) =>
  readStudioMetadata(bytes, 'a.wav', (warning) => {
    throw new Error(warning.message);
  });
const edit = (bytes: Uint8Array | undefined, edits: Partial<StudioEdits>): Uint8Array =>
  editStudioMetadata(bytes, { ...nothing, ...edits }, options);

/** Offsets at which two chunks differ. */
const differences = (a: Uint8Array, b: Uint8Array): number[] =>
  [...a.keys()].filter((index) => a[index] !== b[index]);

test('each field changes its own bits and the checksum, and goes back to the same bytes', (context) => {
  const bytes = new Uint8Array(realDbmd(context, 1));
  const { atmos, supplement } = read(bytes);
  // Chunk version, segment 7, then the header of segment 9.
  const atmosAt = 4 + 100 + 3;
  const checksumAt = atmosAt + 248;
  const cases = [
    [{ frameRate: '30' }, { frameRate: atmos!.frameRate }, [111]],
    [{ firstFrameOfAction: undefined }, { firstFrameOfAction: atmos!.firstFrameOfAction }, [112]],
    [{ downmixType: 'ltRtPLII' }, { downmixType: atmos!.downmixType }, [139]],
    [{ phaseShift90: 'on' }, { phaseShift90: atmos!.phaseShift90 }, [139]],
    [{ warpMode: 'loRo' }, { warpMode: atmos!.warpMode }, [152]],
  ] as const;
  for (const [change, back, offsets] of cases) {
    const edited = edit(bytes, { atmos: change });
    const places = [...offsets.map((offset) => atmosAt + offset), checksumAt];
    expect(differences(bytes, edited), JSON.stringify(change)).toEqual(places);
    expect(read(edited).atmos).toEqual({ ...atmos, ...change });
    expect(edit(edited, { atmos: back })).toEqual(bytes);
  }
  const trim = { ...automaticTrim, automatic: false, surroundDb: -3, listenerBalance: -1 };
  const modes = new Map([[1, 'near' as const]]);
  const edited = edit(bytes, { trims: { '7.1.4': trim }, binauralModes: modes });
  expect(read(edited).supplement).toEqual({
    trims: { ...supplement!.trims, '7.1.4': trim },
    channels: [supplement!.channels[0], { ...supplement!.channels[1], binauralMode: 'near' }],
  });
  const back = edit(edited, {
    trims: { '7.1.4': automaticTrim },
    binauralModes: new Map([[1, 'notIndicated']]),
  });
  expect(back).toEqual(bytes);
});

test('no edit, no change; bytes of unknown meaning and segments of unknown numbers stay', (context) => {
  const bytes = new Uint8Array(realDbmd(context, 0));
  expect(edit(bytes, {})).toEqual(bytes);
  const dbmd = parseDbmd(bytes, 'a.wav');
  const odd = formatDbmd({
    ...dbmd,
    segments: [
      { id: 42, payload: Uint8Array.of(1, 2, 3) },
      ...dbmd.segments.map(({ id, payload }) => ({
        id,
        payload: payload.map((byte, at) => (id === 9 && at >= 200 ? at & 0xff : byte)),
      })),
    ],
    trailing: Uint8Array.of(0, 9, 9, 9),
  });
  const edited = edit(odd, { atmos: { warpMode: 'normal' } });
  expect(differences(odd, edited)).toHaveLength(2);
  expect(edited).toHaveLength(odd.length);
});

test('a wrong checksum is made right', (context) => {
  const bytes = new Uint8Array(realDbmd(context, 0));
  bytes[4 + 99]! ^= 0x55;
  const edited = edit(bytes, { atmos: { warpMode: 'normal' } });
  for (const { payload, wrongChecksum } of parseDbmd(edited, 'a.wav').segments)
    expect([wrongChecksum, dbmdChecksum(payload)]).toEqual([undefined, expect.any(Number)]);
});

test('without a chunk one is made, of as many channels as the file has', () => {
  const made = edit(undefined, { atmos: { frameRate: '25' }, binauralModes: new Map([[0, 'far']]) });
  const { atmos, supplement } = read(made);
  expect(atmos).toMatchObject({
    frameRate: '25',
    creationTool: 'test',
    warpMode: 'notIndicated',
    downmixType: 'notIndicated',
    firstFrameOfAction: undefined,
  });
  expect(supplement!.channels.map(({ binauralMode }) => binauralMode)).toEqual(['far', 'notIndicated']);
  expect(trimLayouts.every((layout) => supplement!.trims[layout].automatic)).toBe(true);
});

test('a supplement of fewer channels than the file has grows, and keeps what it said', (context) => {
  const bytes = new Uint8Array(realDbmd(context, 1));
  const edits = { ...nothing, binauralModes: new Map([[3, 'mid' as const]]) };
  const { supplement } = read(editStudioMetadata(bytes, edits, { ...options, channelCount: 4 }));
  const before = read(bytes).supplement!;
  expect(supplement!.trims).toEqual(before.trims);
  expect(supplement!.channels.slice(0, 2)).toEqual(before.channels);
  expect(supplement!.channels.slice(2).map(({ binauralMode }) => binauralMode)).toEqual([
    'notIndicated',
    'mid',
  ]);
});

test('a segment that is too short is not guessed at', () => {
  const bytes = formatDbmd({
    version: 0x01000006,
    segments: [{ id: 9, payload: new Uint8Array(20) }],
    trailing: new Uint8Array(1),
  });
  expect(() => edit(bytes, { atmos: { frameRate: '24' } })).toThrow(/segment 9 .* cannot be changed/);
});
