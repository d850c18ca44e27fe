import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPlainScanner } from '../../../src/io/adm/plain-xml.ts';
import { createXmlTreeParser, type XmlNode } from '../../../src/io/adm/xml-tree.ts';

const scan = createPlainScanner('block');

test('an element with plain elements in it, and where it ends', () => {
  const text =
    ' <block id="1">\n\t<x unit="dB"> 5 </x><y/><zones><zone a="1">z</zone></zones>\n</block> rest';
  const found = scan(text, 0)!;
  expect(found).toMatchObject({ count: 5, end: text.indexOf(' rest') });
  expect(found.node).toEqual({
    name: 'block',
    attributes: { id: '1' },
    text: '',
    children: [
      { name: 'x', attributes: { unit: 'dB' }, children: [], text: '5' },
      { name: 'y', attributes: {}, children: [], text: '' },
      {
        name: 'zones',
        attributes: {},
        text: '',
        children: [{ name: 'zone', attributes: { a: '1' }, children: [], text: 'z' }],
      },
    ],
  });
});

test.each([
  ['an entity', '<a><b>&lt;</b></a>'],
  ['a comment', '<a><!-- c --></a>'],
  ['text beside elements', '<a><b/>text</a>'],
  ['a namespace', '<a><x:b/></a>'],
  ['a namespace that is declared', '<a xmlns="urn:a"/>'],
  ['an attribute that occurs twice', '<a b="1" b="2"/>'],
  ['an end tag of another name', '<a><b></c></a>'],
  ['more than four elements within each other', '<a><a><a><a/></a></a></a>'],
  ['a character that is not ASCII', '<a>é</a>'],
  ['a character that XML does not have', '<a>\u0001</a>'],
  ['the end of CDATA without its start', '<a>]]></a>'],
  ['an element of its own name in it', '<block/>'],
])('%s is left to the parser', (_, inner) => {
  expect(scan('<block><b/></block>', 0)).toBeDefined();
  expect(scan(`<block>${inner}</block>`, 0)).toBeUndefined();
});

test('elements of other names, and those that are not whole, are left to the parser', () => {
  expect(scan('<a/><block/>', 0)).toBeUndefined();
  expect(scan('<block><b/>', 0)).toBeUndefined();
  expect(scan('<block a="1" a="2"/>', 0)).toBeUndefined();
});

/** Pieces of documents, sound and not. */
const pieces = [
  '<n>1</n>',
  '<n u="a">2</n>',
  '<n u="a>b"/>',
  '<block>',
  '<block id="1" t="2">',
  '</block>',
  '</block >',
  '<block/>',
  '<block>text</block>',
  '<block id="3"><n>1</n><m><n/></m></block>',
  '<blocks></blocks>',
  '<!-- ',
  ' -->',
  '<![CDATA[',
  ']]>',
  '&amp;',
  'é',
  '\r\n',
  '\n',
  ' ',
  'x',
];

test('the quick way yields what the parser yields, however the text is cut', () => {
  const outcome = (text: string, cut: number, isQuick: boolean): unknown => {
    const taken: XmlNode[] = [];
    const parser = createXmlTreeParser({
      file: 'x',
      bulk: isQuick ? { name: 'block', scan } : undefined,
      take(node) {
        if (node.name === 'block') taken.push(node);
        return node.name === 'block';
      },
    });
    try {
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at < bytes.length; at += cut) parser.write(bytes.subarray(at, at + cut));
      return [parser.finish(), taken];
    } catch (error) {
      // Columns may differ, lines may not.
      return (error as Error).message.replace(/(\d+):\d+/, '$1');
    }
  };
  let readCount = 0;
  const sound = ['<block id="2"><n>7</n></block>', ...pieces.slice(0, 3), ...pieces.slice(7, 11)];
  const property = fc.property(
    fc.array(fc.oneof(fc.constantFrom(...sound), fc.constantFrom(...pieces)), { maxLength: 12 }),
    fc.integer({ min: 1, max: 40 }),
    (content, cut) => {
      const text = `<root><a>${content.join('')}</a></root>`;
      const found = outcome(text, cut, true);
      if (Array.isArray(found)) readCount++;
      expect(found).toEqual(outcome(text, cut, false));
    },
  );
  fc.assert(property, { seed: 7, numRuns: 3000 });
  expect(readCount).toBeGreaterThan(300);
});
