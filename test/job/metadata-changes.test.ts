import { expect, test } from 'vitest';
import { automaticTrim } from '../../src/io/adm/format-dbmd.ts';
import { firstFrameText, metadataChanges } from '../../src/job/metadata-changes.ts';
import { openMetadataFile } from '../../src/job/metadata-file.ts';
import { writeMaster } from './metadata-masters.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();

test('every field that differs, with what it is of; trims that are automatic are the same', async () => {
  const { input, metadata } = await openMetadataFile(await writeMaster(folder, 'a'), {});
  await input.close();
  expect(metadataChanges(metadata, metadata)).toEqual([]);
  const manual = { ...automaticTrim, automatic: false };
  const [bed, vox, ...others] = metadata.elements;
  const lfe = { ...bed!.channels[3]!, binauralMode: 'off' as const };
  const after = {
    ...metadata,
    programme: { id: 'APR_1001', name: 'new' },
    frameRate: '25' as const,
    firstFrameOfAction: { timeSec: 1, timecode: '00:00:01:00' },
    trims: { ...metadata.trims!, '5.1': manual, '7.1': { ...automaticTrim, heightDb: 1 } },
    elements: [
      { ...bed!, channels: bed!.channels.map((channel, index) => (index === 3 ? lfe : channel)) },
      { ...vox!, name: 'Lead', channels: [{ ...vox!.channels[0]!, binauralMode: 'near' as const }] },
      ...others,
    ],
  };
  expect(metadataChanges(metadata, after)).toEqual([
    { field: 'programmeName', of: undefined, before: 'Atmos_Master', after: 'new' },
    { field: 'frameRate', of: undefined, before: '24', after: '25' },
    { field: 'firstFrameOfAction', of: undefined, before: undefined, after: '00:00:01:00' },
    { field: 'trim', of: '5.1', before: metadata.trims!['5.1'], after: manual },
    { field: 'binauralMode', of: 'Bed LFE', before: 'notIndicated', after: 'off' },
    { field: 'elementName', of: 'Vox 1', before: 'Vox 1', after: 'Lead' },
    { field: 'binauralMode', of: 'Vox 1', before: 'notIndicated', after: 'near' },
  ]);
  const rateless = { ...after, firstFrameOfAction: { timeSec: 1.5, timecode: undefined } };
  expect(firstFrameText(rateless)).toBe('1.50000 s');
});
