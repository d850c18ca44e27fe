import { expect, test } from 'vitest';
import { HrtfError } from '../../../src/base/errors.ts';
import { withHdf5 } from '../../../src/io/sofa/hdf5.ts';
import { sofaBytes } from './sofa-bytes.ts';

const bytesOf = () =>
  sofaBytes({
    attributes: { Title: 'a title' },
    variables: { 'a.b': { shape: [2, 3], data: [1, 2, 3, 4, 5, 6.5], attributes: { Units: 'metre' } } },
  });

test('gives attributes and variables', async () => {
  const found = await withHdf5(await bytesOf(), 'a.h5', ({ attributes, variable }) => ({
    attributes,
    here: variable('a.b'),
    nowhere: variable('c'),
  }));
  expect(found.attributes).toEqual({ Title: 'a title' });
  expect(found.here).toEqual({ shape: [2, 3], values: [1, 2, 3, 4, 5, 6.5], attributes: { Units: 'metre' } });
  expect(found.nowhere).toBeUndefined();
});

test('one file after a damaged one is read as if nothing had been', async () => {
  const bytes = await bytesOf();
  for (let round = 0; round < 3; round++) {
    await expect(withHdf5(bytes.subarray(0, 200), 'cut.h5', () => 0)).rejects.toThrow(HrtfError);
    expect(await withHdf5(bytes, 'a.h5', (hdf5) => hdf5.variable('a.b')?.values.length)).toBe(6);
  }
});
