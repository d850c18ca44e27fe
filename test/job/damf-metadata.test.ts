import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Warning } from '../../src/base/errors.ts';
import type { MetadataEdits } from '../../src/job/metadata-edits.ts';
import { setMetadata, type SetMetadataOptions } from '../../src/job/metadata-set.ts';
import { showMetadata } from '../../src/job/metadata-show.ts';
import { eventText, openMaster, rootText, saveMaster } from '../io/damf/open-damf.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();
let count = 0;

/** A master in a folder of its own. */
function save(parts: Parameters<typeof saveMaster>[1] = {}): string {
  const own = join(folder, `master ${count++}`);
  mkdirSync(own);
  return saveMaster(own, { root: text, events, ...parts });
}
const text = rootText(
  ['fps: 24 # of the film', 'ffoa: 0.0', 'newKey: [1, 2]', 'warpMode: normal', 'downmixType_5to2: LtRt_PLII'],
  [
    'bedInstances:',
    '  - description: Bed',
    '    channels:',
    '      - channel: C',
    '        ID: 2',
    'objects:',
    '  - description: Vox # the singer',
    '    ID: 10',
    '  - ID: 11',
  ],
);
const events = eventText(
  ...[2, 10, 11].map((id) => [`ID: ${id}`, 'samplePos: 0', 'binauralRenderMode: mid', 'odd: 3']),
  ['ID: 11', 'samplePos: 4000', 'gain: -6'],
);

async function setOne(file: string, edits: MetadataEdits, options: Partial<SetMetadataOptions> = {}) {
  const codes: string[] = [];
  const onWarning = ({ code }: Warning): void => void codes.push(code);
  const out = join(folder, `new ${count++}`, 'other.atmos');
  const { files } = await setMetadata([file], { edits, out, onWarning, ...options });
  return { ...files[0]!, codes };
}
const partsOf = (root: string): string[] =>
  ['', '.metadata', '.audio'].map((part) => readFileSync(`${root}${part}`, 'latin1'));

const edits: MetadataEdits = {
  frameRate: '29.97df',
  firstFrameOfAction: '00:00:00.50000',
  warpMode: 'warping',
  downmixType: 'loRo',
  trims: [{ layout: '5.1', values: { surroundDb: -3 } }],
  binauralModes: [
    { of: 'object', mode: 'near' },
    { of: 'Bed', mode: 'off' },
  ],
  renames: [{ before: 'Vox', after: 'Lead' }],
};

test('what is set is read back; all else, and the audio, is as it was', async () => {
  const file = save();
  const { out, audioSha256, changes, codes } = await setOne(file, edits);
  expect(codes).toEqual([]);
  expect(changes.map(({ field, of }) => [field, of])).toContainEqual(['elementName', 'Vox']);
  const [root, metadata, audio] = partsOf(out);
  expect(audio).toBe(partsOf(file)[2]);
  expect(audioSha256).toBe(
    createHash('sha256')
      .update(readFileSync(`${file}.audio`))
      .digest('hex'),
  );
  expect((await showMetadata([out], { hash: true })).files[0]).toMatchObject({
    container: 'DAMF',
    frameRate: '29.97df',
    firstFrameOfAction: { timeSec: 0.5 },
    warpMode: 'warping',
    downmixType: 'loRo',
    trims: { '5.1': { automatic: false, surroundDb: -3 }, '7.1.4': { automatic: true } },
    elements: [
      { name: 'Bed', channels: [{ label: 'C', track: 1, binauralMode: 'off' }] },
      { name: 'Lead', channels: [{ binauralMode: 'near', track: 2 }] },
      { name: 'Object 11', channels: [{ binauralMode: 'near', track: 3 }] },
    ],
    audioSha256,
  });
  const { scene } = await openMaster(out);
  expect(scene.elements.map(({ name, binauralMode }) => [name, binauralMode])).toEqual([
    ['Bed', 'off'],
    ['Lead', 'near'],
    ['Object 11', 'near'],
  ]);
  expect(scene.delivery).toMatchObject({ frameRate: '29.97df', firstFrameOfActionSec: 0.5 });
  expect(root).toContain('fps: 29.97df # of the film\n');
  expect(root).toContain('newKey: [1, 2]\n');
  expect(root).toContain('description: Lead # the singer\n');
  expect(root).toContain('metadata: other.atmos.metadata\n');
  expect(metadata).toBe(
    events.replace('mid', 'off').replaceAll('binauralRenderMode: mid', 'binauralRenderMode: near'),
  );
});

test('setting back what was gives the very files', async () => {
  const file = save();
  const { out } = await setOne(file, edits);
  const back = await setOne(
    out,
    {
      frameRate: '24',
      firstFrameOfAction: '00:00:00.00000',
      warpMode: 'normal',
      downmixType: 'ltRtPLII',
      binauralModes: [{ of: '*', mode: 'mid' }],
      renames: [{ before: 'Lead', after: 'Vox' }],
    },
    { out: join(folder, `back ${count++}`, 'mix.atmos') },
  );
  const [root, ...others] = partsOf(back.out);
  expect(others).toEqual(partsOf(file).slice(1));
  // There were no trims: those that were made are automatic again, and stay stated.
  expect(root!.replace(/ {4}trimMode:\n(?: {6}.*\n)+/, '')).toBe(text);
});

test('a mode that changes over time holds to the end once it is set', async () => {
  const late = `${events}  - ID: 11\n    samplePos: 5000\n    binauralRenderMode: far\n`;
  const other = await setOne(save({ events: late }), { binauralModes: [{ of: 'Vox', mode: 'off' }] });
  expect(other.codes).toEqual([]);
  expect(partsOf(other.out)[1]).toBe(late.replace(/(ID: 10[^-]*?)mid/, '$1off'));
  const made = await setOne(save({ events: late }), { binauralModes: [{ of: 'Object 11', mode: 'off' }] });
  expect(made.codes).toEqual(['metadata-mode-changes']);
  expect(partsOf(made.out)[1]).not.toContain('far');
});

test('what DAMF has no place for is refused, and nothing is written', async () => {
  const file = save();
  const refused = async (change: MetadataEdits, options: Partial<SetMetadataOptions>, expected: object) => {
    const outDir = join(folder, `refused ${count++}`);
    await expect(setMetadata([file], { edits: change, outDir, ...options })).rejects.toMatchObject(expected);
    expect(existsSync(outDir)).toBe(false);
  };
  await refused({ programmeName: 'Evening' }, {}, { code: 'metadata-value' });
  await refused({ downmixType: 'directStereo' }, {}, { code: 'metadata-value' });
  await refused({ renames: [{ before: 'Vax', after: 'b' }] }, {}, { code: 'metadata-no-element' });
  await refused({ frameRate: '25' }, { outDir: undefined, out: 'a.wav' }, { code: 'metadata-out' });
  const late = save({ root: text.replace('offset: 0.0', 'offset: 10.0').replace('ffoa: 0.0', 'ffoa: 10.0') });
  await expect(setOne(late, { firstFrameOfAction: '00:00:05.00000' })).rejects.toThrow(
    /before the first sample/,
  );
});

test('any of its files may be named; none of them is written over, three come or none', async () => {
  const file = save();
  const outDir = join(folder, `parts ${count++}`);
  const { files } = await setMetadata([`${file}.audio`], { edits: { frameRate: '25' }, outDir });
  expect(readdirSync(outDir).sort()).toEqual(['mix.atmos', 'mix.atmos.audio', 'mix.atmos.metadata']);
  expect(files[0]!.out).toBe(join(outDir, 'mix.atmos'));
  await expect(
    setMetadata([file], { edits: { frameRate: '25' }, out: file, overwrite: true }),
  ).rejects.toThrow(/one of the files to edit/);
  const half = join(folder, `half ${count++}`);
  mkdirSync(half);
  writeFileSync(join(half, 'mix.atmos.metadata'), 'mine');
  await expect(setMetadata([file], { edits: { frameRate: '25' }, outDir: half })).rejects.toMatchObject({
    code: 'output-exists',
  });
  expect(readdirSync(half)).toEqual(['mix.atmos.metadata']);
});
