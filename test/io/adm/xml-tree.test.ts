import { expect, test } from 'vitest';
import {
  childOf,
  childrenOf,
  createXmlTreeParser,
  parseXmlTree,
  textsOf,
  type XmlNode,
} from '../../../src/io/adm/xml-tree.ts';

const parse = (text: string | Uint8Array, take: (node: XmlNode) => boolean = () => false): XmlNode =>
  parseXmlTree(typeof text === 'string' ? new TextEncoder().encode(text) : text, { file: 'x.wav', take });

test('names and attributes without namespaces, texts without blanks at their ends', () => {
  const root = parse(
    '<?xml version="1.0"?><!-- c --><a:root xmlns:a="urn:a" a:n="1"> <a:b> one &amp; two </a:b>\n<b/></a:root>\0\0 ',
  );
  expect(root).toMatchObject({ name: 'root', attributes: { n: '1' }, text: '' });
  expect(textsOf(root, 'b')).toEqual(['one & two', '']);
  expect(childOf(root, 'b')?.text).toBe('one & two');
  expect(childrenOf(root, 'c')).toEqual([]);
});

test('texts that pieces of 64 KiB cut are whole, characters of several bytes too', () => {
  const long = 'ä€𝄞'.repeat(20_000);
  expect(parse(`<a>${long}</a>`).text).toBe(long);
});

test('UTF-16 with a byte order mark', () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<a>é</a>', 'utf16le')]);
  expect(parse(bytes).text).toBe('é');
});

test('what is taken is not kept, and knows what it stands in', () => {
  const seen: string[] = [];
  const root = parseXmlTree(new TextEncoder().encode('<a><b><c/><c/></b><d/></a>'), {
    file: 'x.wav',
    take(node, ancestors) {
      if (node.name !== 'c') return false;
      seen.push(ancestors.map(({ name }) => name).join('/'));
      return true;
    },
  });
  expect(seen).toEqual(['a/b', 'a/b']);
  expect(root.children.map(({ name, children }) => [name, children.length])).toEqual([
    ['b', 0],
    ['d', 0],
  ]);
});

test('text that is no XML, and entities of its own, are refused', () => {
  expect(() => parse('<a><b></a>')).toThrow(/x.wav: chunk axml is not well-formed XML: 1:/);
  expect(() => parse('')).toThrow(/not well-formed|empty/);
  expect(() => parse('<!DOCTYPE a [<!ENTITY e "eee">]><a>&e;</a>')).toThrow(/not well-formed XML.*entity/i);
});

test('too deep, too many, too long', () => {
  expect(() => parse('<a>'.repeat(65))).toThrow(/more than 64 elements within each other/);
  expect(() => parse(`<a>${'<b/>'.repeat(100_000)}</a>`)).toThrow(/more than 100000 elements/);
  expect(() => parse(`<a>${'x'.repeat(2 ** 20 + 1)}</a>`)).toThrow(/a text of more than 1048576 characters/);
});

test('bytes may come one by one; NULs fill the end of a chunk and nothing else', () => {
  const parseBytes = (text: string, encoding: 'utf8' | 'utf16le' = 'utf8'): XmlNode => {
    const parser = createXmlTreeParser({ file: 'x.wav', take: () => false });
    const bytes = Buffer.from(text, encoding);
    // The byte order mark tells the encoding: it comes whole.
    parser.write(bytes.subarray(0, 2));
    for (const byte of bytes.subarray(2)) parser.write(Uint8Array.of(byte));
    return parser.finish();
  };
  expect(parseBytes('<a>é</a> \0\0 \0').text).toBe('é');
  expect(parseBytes('\ufeff<a>é</a>\0\0', 'utf16le').text).toBe('é');
  expect(() => parseBytes('<a>\0\0</a>')).toThrow(/not well-formed XML: 1:/);
  const fill = '\0'.repeat(200_000);
  expect(parse(`<a/>${fill}`).name).toBe('a');
  expect(() => parse(`<a>${fill}x</a>`)).toThrow(/not well-formed/);
});
