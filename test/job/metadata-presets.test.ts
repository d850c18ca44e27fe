import { expect, test } from 'vitest';
import { metadataPresets, withPreset } from '../../src/job/metadata-presets.ts';

test("umg: the figures of the label's content guide", () => {
  expect(metadataPresets.umg).toMatchObject({
    frameRate: '24',
    firstFrameOfAction: 'none',
    warpMode: 'normal',
  });
  expect(metadataPresets.umg.trims.map(({ layout }) => layout)).toEqual([
    '2.0',
    '5.1',
    '5.1.2',
    '5.1.4',
    '7.1',
  ]);
  for (const { automatic, values } of metadataPresets.umg.trims)
    expect([automatic, ...Object.values(values)]).toEqual([false, 0, 0, 0, 0, 0]);
});

test('other edits go over those of a preset', () => {
  const trim = { layout: '5.1', automatic: true } as const;
  const edits = withPreset('umg', { frameRate: '25', warpMode: undefined, trims: [trim] });
  expect(edits).toMatchObject({ frameRate: '25', warpMode: 'normal', firstFrameOfAction: 'none' });
  expect(edits.trims!.at(-1)).toBe(trim);
  expect(edits.trims).toHaveLength(6);
});
