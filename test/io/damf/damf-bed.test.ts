import { expect, test } from 'vitest';
import { damfBedLabels, planDamfBed } from '../../../src/io/damf/damf-bed.ts';
import { bedOf } from '../adm/write-scenes.ts';

const labels = (names: string) => damfBedLabels(names.split(' ')).join(' ');

test('names of channels, Lss by what is beside it', () => {
  expect(labels('L R C LFE Lss Rss')).toBe('M+030 M-030 M+000 LFE1 M+110 M-110');
  expect(labels('L R C LFE Ls Rs')).toBe('M+030 M-030 M+000 LFE1 M+110 M-110');
  expect(labels('Lss Rss Lrs Rrs Lts Rts')).toBe('M+090 M-090 M+135 M-135 U+090 U-090');
  expect(labels('Lss Rss Lb Rb Ltm Rtm Lw Rw')).toBe('M+090 M-090 M+135 M-135 U+090 U-090 M+060 M-060');
  expect(damfBedLabels(['L', 'Xyz'])).toEqual(['M+030', undefined]);
});

test.each([
  ['2.0', 'L0 R1', 0],
  ['mono', 'C2', 0],
  ['5.1', 'L0 R1 C2 LFE3 Lss4 Rss5', 0],
  ['7.1', 'L0 R1 C2 LFE3 Lss4 Rss5 Lrs6 Rrs7', 0],
  ['7.1.2', 'L0 R1 C2 LFE3 Lss4 Rss5 Lrs6 Rrs7 Lts8 Rts9', 0],
  ['7.1.4', 'L0 R1 C2 LFE3 Lss4 Rss5 Lrs6 Rrs7 -8 -9', 4],
  ['5.1.4', 'L0 R1 C2 LFE3 Lss4 Rss5', 4],
])('a bed %s has the channels %s and %i objects', (layout, channels, objectCount) => {
  const plan = planDamfBed(bedOf(layout))!;
  expect(
    plan.channels.map(({ name, slot, index }) => `${index === undefined ? '-' : name}${slot}`).join(' '),
  ).toBe(channels);
  expect(plan.objects).toHaveLength(objectCount);
});

test('a bed of an LFE alone stays one; what would be read as another bed is divided', () => {
  const { channels } = bedOf('7.1.2');
  const ofLabels = (...own: string[]) =>
    bedOf('7.1.2', { channels: channels.filter(({ label }) => own.includes(label)) });
  expect(planDamfBed(ofLabels('LFE1'))!.channels).toMatchObject([{ name: 'LFE', slot: 3, index: 0 }]);
  expect(planDamfBed(ofLabels('M+030', 'M-030', 'M+090', 'M-090'))!.channels.length).not.toBe(4);
});
