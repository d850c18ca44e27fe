import { expect, test } from 'vitest';
import { mapOf, readYaml } from '../../../src/io/damf/yaml-values.ts';

test('values are those of YAML 1.2: off is a text, 0.5.1 too', () => {
  const { data } = readYaml('version: 0.5.1\nmode: off\nfps: 23.976\nid: 010\n', 'a.atmos');
  expect(data).toEqual({ version: '0.5.1', mode: 'off', fps: 23.976, id: 10 });
});

test('a wrong value is refused with the line of its key, or of what is around it', () => {
  const yaml = readYaml('a: 1\nlist:\n  - ID: 3\n    name: x\n', 'a.atmos');
  expect(() => yaml.refuse(['list', 0, 'name'], 'is wrong')).toThrow('a.atmos:4: list[0].name is wrong');
  expect(() => yaml.refuse(['list', 0, 'none'], 'is missing')).toThrow('a.atmos:3: list[0].none is missing');
  expect(() => yaml.refuse([], 'is empty')).toThrow('a.atmos:1: the document is empty');
});

test('broken YAML is told with its line; aliases that would fill the memory are refused', () => {
  expect(() => readYaml('a: 1\nb: [1, 2\nc: 3\n', 'a.atmos')).toThrow(
    expect.objectContaining({ code: 'damf-yaml', message: expect.stringMatching(/^a\.atmos:[23]: /) }),
  );
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x,x]',
    ...'bcdefghi'.split('').map((name) => {
      const before = String.fromCharCode(name.charCodeAt(0) - 1);
      return `${name}: &${name} [${Array(10).fill(`*${before}`).join(',')}]`;
    }),
  ].join('\n');
  expect(() => readYaml(bomb, 'a.atmos')).toThrow(expect.objectContaining({ code: 'damf-yaml' }));
});

test('only mappings are mappings', () => {
  expect([mapOf({ a: 1 }), mapOf([1]), mapOf(null), mapOf('a')]).toEqual([
    { a: 1 },
    undefined,
    undefined,
    undefined,
  ]);
});
