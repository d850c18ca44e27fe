import { expect, test } from 'vitest';
import { ConfigError } from '../../src/base/errors.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { canonicalTargetId, parseTarget, targetHint, targetNames } from '../../src/master/targets.ts';

test.each([
  ['7.1.4', '7.1.4', 'loudspeakers', '4+7+0'],
  ['4+7+0', '7.1.4', 'loudspeakers', '4+7+0'],
  ['5.1', '5.1', 'loudspeakers', '0+5+0'],
  ['3+7+0', '10.2', 'loudspeakers', '3+7+0'],
  ['4+9+0', '4+9+0', 'loudspeakers', '4+9+0'],
  ['stereo', 'stereo', 'stereo', '0+2+0'],
  ['0+2+0', '0+2+0', 'loudspeakers', '0+2+0'],
  ['2.0', '0+2+0', 'loudspeakers', '0+2+0'],
  ['binaural', 'binaural', 'binaural', '0+2+0'],
])('%s is %s, %s on %s', (text, name, kind, layoutName) => {
  const target = parseTarget(text);
  expect(target).toMatchObject({ name, id: name, kind, layout: getLayout(layoutName) });
});

test('ambisonics of order 1 to 7', () => {
  for (let order = 1; order <= 7; order++) {
    expect(parseTarget(`ambix${order}`)).toEqual({
      name: `ambix${order}`,
      id: `ambix${order}`,
      kind: 'ambisonics',
      order,
    });
  }
});

test('a layout file is a target, named after its layout in a way that files may be', () => {
  const layout = { ...getLayout('5.1'), name: 'my room/4' };
  const paths: string[] = [];
  const target = parseTarget('rooms/mine.json', (path) => {
    paths.push(path);
    return layout;
  });
  expect(paths).toEqual(['rooms/mine.json']);
  expect(target).toEqual({ name: 'my_room_4', id: 'rooms/mine.json', kind: 'loudspeakers', layout });
});

test.each([
  ['7.1.5', '7.1.2'],
  ['Stereo', 'stereo'],
  ['binural', 'binaural'],
  ['ambix8', 'ambix1'],
])('%s is unknown; did you mean %s?', (text, near) => {
  expect(canonicalTargetId(text)).toBeUndefined();
  expect(() => parseTarget(text)).toThrow(ConfigError);
  expect(() => parseTarget(text)).toThrow(`unknown target "${text}"; known are `);
  expect(targetHint(text)).toBe(`did you mean "${near}"?`);
});

test('every known name is a target', () => {
  for (const name of targetNames()) expect(canonicalTargetId(name), name).toBeDefined();
});
