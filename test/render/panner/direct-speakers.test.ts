import { expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { parseLayout } from '../../../src/layouts/custom.ts';
import type { Layout } from '../../../src/layouts/layout.ts';
import { createSpeakerRouter, type DirectSpeaker } from '../../../src/render/panner/direct-speakers.ts';

/** Figures of the reference renderer are compared in test/conformance/bs2127.test.ts. */

const active = (layout: Layout, speaker: Partial<DirectSpeaker>) => {
  const gains = createSpeakerRouter(layout)({ labels: [], isLfe: false, ...speaker })?.gains;
  return (
    gains &&
    Object.fromEntries(layout.loudspeakers.flatMap(({ label }, i) => (gains[i] ? [[label, gains[i]]] : [])))
  );
};
const at = (azimuth: number, elevation: number) =>
  ({
    kind: 'polar',
    azimuth: { value: azimuth },
    elevation: { value: elevation },
    distance: { value: 1 },
  }) as const;

test('the first label that the layout has wins; aliases and URNs are labels', () => {
  expect(active(getLayout('7.1.4'), { labels: ['nobody', 'RC_Lss'] })).toEqual({ 'M+090': 1 });
  expect(active(getLayout('5.1'), { labels: ['urn:itu:bs:2051:0:speaker:M-110'] })).toEqual({ 'M-110': 1 });
});

test('LFE goes to LFE only; a second one joins the first; none drops it', () => {
  expect(active(getLayout('5.1'), { labels: ['LFE2'], isLfe: true })).toEqual({ LFE1: 1 });
  expect(active(getLayout('0+2+0'), { labels: ['LFE1'], isLfe: true })).toEqual({});
  expect(active(getLayout('22.2'), { labels: ['LFER'], isLfe: true })).toEqual({ LFE2: 1 });
});

test('mapping rules only where asked for; else the nominal position is panned', () => {
  const mapped = active(getLayout('5.1'), { labels: ['U+045'], mapFrom: { layout: '4+7+0' } });
  expect(mapped).toEqual({ 'M+030': 1 });
  const panned = active(getLayout('5.1'), { labels: ['U+045'] })!;
  expect(Object.keys(panned).length).toBeGreaterThan(1);
});

test('bounds choose the one nearest loudspeaker within', () => {
  const position = { ...at(100, 0), azimuth: { value: 100, min: 80, max: 140 } };
  expect(active(getLayout('7.1.4'), { position })).toEqual({ 'M+090': 1 });
  expect(Object.keys(active(getLayout('7.1.4'), { position: at(100, 0) })!)).toEqual(['M+090', 'M+135']);
});

test('a custom layout is found by alias labels, and by its own', () => {
  const loudspeakers = [
    ['L', 25],
    ['R', -25],
    ['Back', 180],
  ].map(([label, azimuthDeg]) => ({ label, azimuthDeg, elevationDeg: 0 }));
  const layout = parseLayout({ loudspeakers }, 'x');
  expect(active(layout, { labels: ['M+030'] })).toEqual({ L: 1 });
  expect(active(layout, { labels: ['Back'] })).toEqual({ Back: 1 });
});

test('neither a known label nor a position gives nothing', () => {
  expect(active(getLayout('5.1'), { labels: ['vocal'] })).toBeUndefined();
});
