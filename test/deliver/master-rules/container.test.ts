import { expect, test } from 'vitest';
import { containerRules } from '../../../src/deliver/master-rules/container.ts';
import type { MasterFacts } from '../../../src/deliver/master-facts.ts';
import { testRules } from './rule-suite.ts';

testRules(containerRules, ['container-size', 'channel-count']);

test('short files in the 64-bit form, and more than 128 channels', () => {
  const faultsOf = (wanted: string, facts: Partial<MasterFacts>) =>
    containerRules.find(({ id }) => id === wanted)!.check({ chunks: [], ...facts } as unknown as MasterFacts);
  expect(faultsOf('container-size', { container: 'BW64', fileBytes: 1000 })).toEqual([
    { place: 'byte 0 (BW64)', found: 'BW64 of 1000 bytes' },
  ]);
  expect(faultsOf('container-size', { container: 'BW64', fileBytes: 2 ** 32 })).toEqual([]);
  expect(faultsOf('channel-count', { channelCount: 128 })).toEqual([]);
  expect(faultsOf('channel-count', { channelCount: 129 })).toMatchObject([{ found: '129 channels' }]);
});
