import { describe, expect, test } from 'vitest';
import type { Warning } from '../../src/base/errors.ts';
import { channelOrders, fileOrder, labelsOfFile, labelsOfMask } from '../../src/io/channel-order.ts';
import { builtInLayouts, getLayout } from '../../src/layouts/built-in.ts';

const labelsOf = (name: string): string[] => getLayout(name).loudspeakers.map(({ label }) => label);
const inFile = (name: string, order: 'itu' | 'wav' | 'film'): string[] =>
  fileOrder(getLayout(name), order).order.map((channel) => labelsOf(name)[channel]!);

describe('masks of the WAVE order (ksmedia.h, FFmpeg)', () => {
  test.each([
    ['1.0', 0x4],
    ['2.0', 0x3],
    ['5.1', 0x3f],
    ['7.1', 0x63f],
    ['3.1.2', 0x500f],
    ['5.1.2', 0x503f],
    ['5.1.4', 0x2d03f],
    ['7.1.2', 0x563f],
    ['7.1.4', 0x2d63f],
    ['4+9+0', 0x2d6ff],
    ['9.1.6', 0],
    ['4+5+1', 0],
    ['3+7+0', 0],
    ['22.2', 0],
  ])('%s', (name, mask) => {
    expect(fileOrder(getLayout(name), 'wav').mask).toBe(mask);
  });
});

describe('orders', () => {
  test('wav: rear before side', () => {
    const rearFirst = ['M+030', 'M-030', 'M+000', 'LFE1', 'M+135', 'M-135', 'M+090', 'M-090'];
    expect(inFile('7.1', 'wav')).toEqual(rearFirst);
    expect(inFile('7.1.4', 'wav').slice(0, 8)).toEqual(rearFirst);
    expect(inFile('7.1.4', 'wav').slice(8)).toEqual(['U+045', 'U-045', 'U+135', 'U-135']);
  });

  test('film: C second, LFE behind the surrounds, heights last (Pro Tools)', () => {
    expect(inFile('5.1', 'film')).toEqual(['M+030', 'M+000', 'M-030', 'M+110', 'M-110', 'LFE1']);
    expect(inFile('7.1.4', 'film')).toEqual(
      'M+030 M+000 M-030 M+090 M-090 M+135 M-135 LFE1 U+045 U-045 U+135 U-135'.split(' '),
    );
  });

  test('itu is the internal order; its mask is given only where it is also the order of the bits', () => {
    for (const layout of builtInLayouts) {
      expect(fileOrder(layout, 'itu').order).toEqual(layout.loudspeakers.map((_, index) => index));
    }
    expect(fileOrder(getLayout('5.1.4'), 'itu').mask).toBe(0x2d03f);
    expect(fileOrder(getLayout('7.1.4'), 'itu').mask).toBe(0);
    expect(fileOrder(getLayout('5.1'), 'film').mask).toBe(0);
  });

  test('every order of every layout is a permutation', () => {
    for (const layout of builtInLayouts) {
      for (const order of channelOrders) {
        const sorted = [...fileOrder(layout, order).order].sort((a, b) => a - b);
        expect(sorted).toEqual(layout.loudspeakers.map((_, index) => index));
      }
    }
  });
});

describe('labels of a mask', () => {
  test('lead back to every layout that has a mask', () => {
    for (const layout of builtInLayouts) {
      const { order, mask } = fileOrder(layout, 'wav');
      if (mask === 0) continue;
      const labels = order.map((channel) => layout.loudspeakers[channel]!.label);
      expect([layout.name, labelsOfMask(mask)]).toEqual([layout.name, labels]);
    }
  });

  test('5.1 with side instead of back surrounds is 5.1', () => {
    expect(labelsOfMask(0x60f)).toEqual(labelsOfMask(0x3f));
    expect(labelsOfMask(0x2d60f)).toEqual(labelsOfMask(0x2d03f));
  });

  test('nothing for no mask, for bits without a loudspeaker and for a torn pair', () => {
    for (const mask of [0, 0x80000000, 0x40003, 0x230]) expect(labelsOfMask(mask)).toBeUndefined();
  });
});

describe('labels of a file', () => {
  const ask = (channelCount: number, channelLabels?: readonly string[]) => {
    const warnings: Warning[] = [];
    const labels = labelsOfFile({ file: 'a.wav', channelCount, channelLabels }, (warning) =>
      warnings.push(warning),
    );
    return { labels, codes: warnings.map(({ code }) => code) };
  };
  test('are its own, if it has some', () => {
    expect(ask(2, ['M+000', 'LFE1'])).toEqual({ labels: ['M+000', 'LFE1'], codes: [] });
  });
  test('are assumed by channel count, with a warning above two', () => {
    expect(ask(2)).toEqual({ labels: ['M+030', 'M-030'], codes: [] });
    expect(ask(12)).toEqual({ labels: labelsOf('7.1.4'), codes: ['channel-order-assumed'] });
    expect(ask(7)).toEqual({ labels: undefined, codes: [] });
  });
});
