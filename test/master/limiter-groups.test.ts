import { describe, expect, test } from 'vitest';
import { builtInLayouts, getLayout } from '../../src/layouts/built-in.ts';
import { limiterGroups, limiterLinks } from '../../src/master/limiter-groups.ts';

/** Labels of each group of a built-in layout. */
function groupsOf(name: string): Record<string, string> {
  const layout = getLayout(name);
  const groups = limiterGroups(layout, layout.loudspeakers.length);
  return Object.fromEntries(
    groups.map((group) => [
      group.name,
      group.channels.map((channel) => layout.loudspeakers[channel]!.label).join(' '),
    ]),
  );
}

describe('groups by the positions of BS.2051', () => {
  test('7.1.4', () => {
    expect(groupsOf('7.1.4')).toEqual({
      front: 'M+030 M-030 M+000',
      surround: 'M+090 M-090 M+135 M-135',
      height: 'U+045 U-045 U+135 U-135',
      lfe: 'LFE1',
    });
  });

  test('22.2: wide fronts are front, both other layers and the zenith are height, both LFEs one group', () => {
    const { front, surround, height, lfe } = groupsOf('22.2');
    expect(front).toBe('M+060 M-060 M+000 M+030 M-030');
    expect(surround).toBe('M+135 M-135 M+180 M+090 M-090');
    expect(height!.split(' ').length).toBe(12);
    expect(height).toContain('B+000');
    expect(height).toContain('T+000');
    expect(lfe).toBe('LFE1 LFE2');
  });

  test('stereo and channels without a layout are one group', () => {
    expect(groupsOf('0+2+0')).toEqual({ all: 'M+030 M-030' });
    expect(limiterGroups(undefined, 4)).toEqual([{ name: 'all', channels: [0, 1, 2, 3] }]);
  });

  test('every channel of every layout is in one group', () => {
    for (const layout of builtInLayouts) {
      const count = layout.loudspeakers.length;
      const channels = limiterGroups(layout, count).flatMap((group) => group.channels);
      expect(channels.toSorted((a, b) => a - b)).toEqual([...Array(count).keys()]);
    }
  });
});

test('links: the one among all, and the one of the LFE', () => {
  const layout = getLayout('5.1');
  const groups = limiterGroups(layout, 6);
  expect(groups.map(({ name }) => name)).toEqual(['front', 'lfe', 'surround']);
  expect([...limiterLinks(groups)]).toEqual([1, 0, 0.5, 0, 1, 0, 0.5, 0, 1]);
  expect([...limiterLinks(groups, { linkPercent: 20, lfeLinkPercent: 10 })]).toEqual([
    1, 0.1, 0.2, 0.1, 1, 0.1, 0.2, 0.1, 1,
  ]);
});
