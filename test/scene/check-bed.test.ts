import { expect, test } from 'vitest';
import { canonicalLabels, checkBed, layoutLabelsOf } from '../../src/scene/check-bed.ts';
import { getLayout } from '../../src/layouts/built-in.ts';

const faultsOf = (bed: Parameters<typeof checkBed>[0]) =>
  checkBed({ name: 'b', ...bed }, ['beds', 0], new Map()).map(({ path, code }) => `${path} ${code}`);

test('the layout decides names that differ between layouts', () => {
  expect(canonicalLabels(['Ls', 'Door'], getLayout('5.1'))).toEqual(['M+110', 'Door']);
  expect(canonicalLabels(['Ls', 'Lrs', 'Rrs'], undefined)).toEqual(['M+090', 'M+135', 'M-135']);
  expect(layoutLabelsOf(getLayout('2.0'))).toEqual(['M+030', 'M-030']);
});

test('one source, a layout or channels', () => {
  expect(faultsOf({ layout: '5.1', file: 'a.wav' })).toEqual([]);
  expect(faultsOf({ file: 'a.wav' })).toEqual(['beds[0].layout layout-missing']);
  expect(faultsOf({ layout: '5.1' })).toEqual(['beds[0].file bed-source']);
  expect(faultsOf({ layout: '5.1', file: 'a', pattern: 'b.*' })).toEqual(['beds[0].pattern bed-source']);
  expect(faultsOf({ layout: '5.1', pattern: 'b*.*' })).toEqual(['beds[0].pattern bed-pattern']);
  expect(faultsOf({ channels: ['L'], file: 'a', channelOrder: 'wav' })).toEqual([
    'beds[0].channelOrder bed-order',
  ]);
  expect(faultsOf({ layout: '9.9', file: 'a' })).toEqual(['beds[0].layout layout-unknown']);
});

test('labels', () => {
  expect(faultsOf({ channels: ['L', 'M+030', 'Lx', { label: 'Lx2', lfe: true }], file: 'a' })).toEqual([
    'beds[0].channels[1] label-duplicate',
    'beds[0].channels[2] label-unknown',
  ]);
  expect(faultsOf({ layout: '2.0', channels: ['R', 'L'], file: 'a' })).toEqual([]);
  expect(faultsOf({ layout: '2.0', channels: ['R'], file: 'a' })).toEqual(['beds[0].channels bed-channels']);
  expect(faultsOf({ files: {} })).toEqual(['beds[0].files bed-files']);
});
