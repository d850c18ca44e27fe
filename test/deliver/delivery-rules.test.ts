import { describe, expect, test } from 'vitest';
import { deliveryRules } from '../../src/deliver/delivery-rules.ts';
import type { DeliveryFacts, FileFacts } from '../../src/deliver/file-facts.ts';
import { labelDelivery } from './master-rules/master-files.ts';

type Mode = DeliveryFacts['channels'][number]['binauralMode'];

const channels = (...modes: readonly Mode[]): DeliveryFacts['channels'] =>
  modes.map((binauralMode, index) => ({
    name: `track ${index + 1}`,
    isLfe: index === 0,
    binauralMode,
    place: `byte ${index}`,
  }));

const delivery = (changes: Partial<DeliveryFacts> = {}): DeliveryFacts => ({
  frameRate: '24',
  hasFirstFrameOfAction: false,
  warpMode: 'normal',
  trims: labelDelivery.trims,
  channels: channels('off', 'near', 'far'),
  place: 'byte 9',
  trimPlace: 'byte 10',
  ...changes,
});

const check = (id: string, facts: Partial<FileFacts>) => {
  const rule = deliveryRules.find((candidate) => candidate.id === id)!;
  return rule.check(facts as FileFacts);
};

test('what labels want passes, and says what it is', () => {
  const facts = { delivery: delivery() } as FileFacts;
  for (const rule of deliveryRules.slice(1)) expect([rule.id, rule.check(facts)]).toEqual([rule.id, []]);
  expect(deliveryRules.map(({ found }) => found!(facts))).toEqual([
    '',
    '24',
    'none',
    'direct render',
    'manual at 0 dB',
    '1 near, 1 far',
    '1 near, 1 far',
    '1 near, 1 far',
  ]);
});

test.each([
  ['frame-rate-24', { frameRate: '25' as const }, ['25']],
  ['frame-rate-24', { frameRate: undefined }, ['not stated']],
  ['no-first-frame', { hasFirstFrameOfAction: true }, ['a first frame of action']],
  ['direct-render', { warpMode: 'warping' as const }, ['direct render with room balance']],
  ['direct-render', { warpMode: 'notIndicated' as const }, ['not indicated']],
  ['binaural-stated', { channels: channels('off', undefined) }, ['track 2 has none']],
  ['binaural-not-all-off', { channels: channels('near', 'off', 'off') }, ['all 2 off']],
  ['binaural-not-all-mid', { channels: channels('off', 'mid', 'mid') }, ['all 2 mid']],
])('%s: %o', (id, changes, found) => {
  const faults = check(id, { delivery: delivery(changes) });
  expect((faults as { found: string }[]).map((fault) => fault.found)).toEqual(found);
});

test('every trim that is not flat is told', () => {
  const trims = {
    ...labelDelivery.trims,
    '5.1': { ...labelDelivery.trims['5.1']!, automatic: true },
    '7.1': { ...labelDelivery.trims['7.1']!, surroundDb: -3 },
    '5.1.4': undefined,
  };
  expect(check('manual-trims', { delivery: delivery({ trims }) })).toEqual([
    { place: 'byte 10', found: '5.1 automatic' },
    { place: 'byte 10', found: '5.1.4 not stated' },
    { place: 'byte 10', found: '7.1 centre 0 dB, surround -3 dB, height 0 dB, balances 0.00 and 0.00' },
  ]);
});

describe('what is no master', () => {
  test('fails to be an ADM BWF, and says nothing of its delivery', () => {
    const insteadOfMaster = 'a WAV file of 12 channels';
    expect(check('adm-bwf', { insteadOfMaster })).toEqual([
      { place: '', found: 'not an ADM BWF: a WAV file of 12 channels' },
    ]);
    expect(check('frame-rate-24', { insteadOfMaster })).toBe('the file says nothing of it');
  });

  test('a deliverable that is being made is not judged', () => {
    expect([check('adm-bwf', {}), check('frame-rate-24', {})]).toEqual(
      Array(2).fill('known of finished masters alone'),
    );
  });
});
