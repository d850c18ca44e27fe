import { expect, test } from 'vitest';
import { hrtfSvg } from '../../src/hrtf/hrtf-svg.ts';
import { toySet } from './sets.ts';

const svg = hrtfSvg({ ...toySet(15), name: 'head <1> & co' });

test('is one well-formed document that names the set', () => {
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
  expect(svg).toContain('<title>head &lt;1&gt; &amp; co</title>');
  const opened = [...svg.matchAll(/<(\w+)[^>]*?(\/?)>/g)].filter((match) => match[2] === '').length;
  expect([...svg.matchAll(/<\/\w+>/g)]).toHaveLength(opened);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test('the delay curve is that of the set: the toy head is a rigid sphere', () => {
  const curves = [...svg.matchAll(/<path d="M([\d. L]+)" fill="none"/g)].map(([, points]) =>
    points!.split('L').map((point) => point.split(' ').map(Number)),
  );
  expect(curves).toHaveLength(2);
  const [sphere, own] = curves;
  expect(own).toHaveLength(91);
  own!.forEach(([x, y], i) => {
    expect(x).toBe(sphere![i]![0]);
    expect(Math.abs(y! - sphere![i]![1]!)).toBeLessThan(2);
  });
  // Left of the picture is left of the listener, where the left ear hears first: upward.
  expect(own![22]![1]).toBeLessThan(own![45]![1]!);
});

test('the same set gives the same text', () => {
  expect(hrtfSvg({ ...toySet(15), name: 'head <1> & co' })).toBe(svg);
});
