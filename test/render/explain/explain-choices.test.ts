import { expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { explainChoices, type ChoiceOptions } from '../../../src/render/explain/explain-choices.ts';
import { createScene } from '../../../src/scene/make-scene.ts';
import type { DeliveryMetadata, LayoutTrim } from '../../../src/scene/scene.ts';

const { delivery: silent } = createScene('s', []);
const formatOf = (name: string, trimsOf?: string) =>
  ({
    kind: 'loudspeakers',
    layout: getLayout(name),
    ...(trimsOf !== undefined && { trimsOf: getLayout(trimsOf) }),
  }) as const;
const manual: LayoutTrim = {
  automatic: false,
  centreDb: 0,
  surroundDb: -3,
  heightDb: 0,
  overheadFloorBalance: 0,
  listenerBalance: 0,
};
const master: DeliveryMetadata = {
  ...silent,
  trims: { '5.1': { ...manual, automatic: true }, '2.0': manual },
  warpMode: 'proLogicIIx',
  downmixType: 'ltRtPLII',
  phaseShift90: false,
};
/** [name]: choice, origin, trust. */
const told = (options: ChoiceOptions) =>
  Object.fromEntries(
    explainChoices(options).map(({ name, choice, origin, source }) => [
      name,
      `${choice} | ${origin} | ${[...source.matchAll(/\b[ABC](?=:)/g)].join('')}`,
    ]),
  );

test('stereo of a scene that states nothing: defaults, from standards', () => {
  expect(told({ format: formatOf('5.1'), kind: 'stereo', delivery: silent })).toEqual({
    'stereo downmix': 'Lo/Ro | default | A',
    'phase shift': 'none | default | ',
    levels: 'centre -3 dB, surrounds -3 dB, LFE dropped | default | A',
    '5.1 downmix': 'direct render | default | A',
    trims: 'none | default | ',
  });
});

test('stereo of a master that states all: its own, from third parties', () => {
  expect(told({ format: formatOf('7.1', '5.1'), kind: 'stereo', delivery: master })).toEqual({
    'stereo downmix': 'Lt/Rt (Pro Logic II, third-party figures 0.872/0.490) | master | B',
    'phase shift': 'none | master | ',
    levels: 'centre -3 dB, surrounds -3 dB, LFE dropped | default | A',
    '5.1 downmix': 'Pro Logic IIx (third-party figures 0.872/0.490) | master | BC',
    trims: 'automatic of 5.1, -3 dB at most | master | B',
  });
});

test('flags stand over the master', () => {
  expect(
    told({
      format: formatOf('5.1'),
      kind: 'stereo',
      delivery: master,
      fold: { rule: 'lt-rt', phaseShift: true, surroundDb: -6, lfeDb: 0 },
      trims: { trim: 'off', surround: 'room-balance' },
    }),
  ).toEqual({
    'stereo downmix': 'Lt/Rt (Dolby Surround, third-party figures) | flag | B',
    'phase shift': 'surrounds by 90 degrees | flag | BC',
    levels: 'centre -3 dB, surrounds -6 dB, LFE 0 dB | flag | A',
    '5.1 downmix': 'direct render with room balance | flag | B',
    trims: 'none | flag | ',
  });
});

test('each target has the choices that concern it', () => {
  const namesOf = (options: Omit<ChoiceOptions, 'delivery'>) =>
    explainChoices({ delivery: master, ...options }).map(({ name }) => name);
  expect(namesOf({ format: formatOf('7.1.4'), kind: 'layout' })).toEqual(['trims']);
  expect(namesOf({ format: formatOf('5.1.4'), kind: 'layout' })).toEqual(['5.1 downmix', 'trims']);
  expect(namesOf({ format: formatOf('5.1.2'), kind: 'folded' })).toEqual(['levels', '5.1 downmix', 'trims']);
  expect(
    told({ format: formatOf('0+2+0'), kind: 'stereo', delivery: master, fold: { rule: 'direct' } }),
  ).toEqual({ 'stereo downmix': 'direct render | flag | A', trims: 'manual of 2.0 | master | ABC' });
  // A rule without phase shift, whatever the master states for its own.
  const fold = { rule: 'bs775' } as const;
  const fixed = told({
    format: formatOf('5.1'),
    kind: 'stereo',
    delivery: { ...master, phaseShift90: true },
    fold,
  });
  expect(fixed['phase shift']).toBe('none | default | ');
});
