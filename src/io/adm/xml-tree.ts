import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { FormatError } from '../../base/errors.ts';

/** An XML element as plain data; names are local, whatever their namespace. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** All text directly in it, trimmed. */
  readonly text: string;
  /** Line on which its start tag ends, from 1, where lines were asked for. */
  readonly line?: number | undefined;
}

/** Options of `parseXmlTree`. */
export interface XmlTreeOptions {
  readonly file: string;
  /**
   * Called with every element that is complete; true means that it is dealt with and not kept in its parent.
   * @param ancestors what it stands in, root first, as far as it has been read
   */
  readonly take: (node: XmlNode, ancestors: readonly XmlNode[]) => boolean;
  /** Whether elements say where they stand; they do not unless asked for. */
  readonly withLines?: boolean | undefined;
  /** Elements that are kept, at most; those that are taken do not count. 100,000 unless given. */
  readonly maxNodeCount?: number | undefined;
}

/** Elements within elements, at most. */
const maxDepth = 64;
const maxTextLength = 1 << 20;
const pieceBytes = 1 << 16;

interface OpenNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  readonly line: number | undefined;
  text: string;
  /** Elements that were kept when it began. */
  readonly countBefore: number;
}

/**
 * Parses XML (UTF-8, or UTF-16 with a byte order mark) into a tree, piece by piece. Entities of one's own are not
 * known, so nothing can grow when it is read. NULs and blanks that fill a chunk are left out.
 * @throws FormatError 'xml-syntax', 'xml-limit'
 */
export function parseXmlTree(
  bytes: Uint8Array,
  { file, take, withLines = false, maxNodeCount = 100_000 }: XmlTreeOptions,
): XmlNode {
  const stack: OpenNode[] = [];
  let root: XmlNode | undefined;
  let nodeCount = 0;
  const parser = new SaxesParser({ xmlns: false, position: true });
  const limit = (what: string): never => {
    throw new FormatError('xml-limit', `${file}: chunk axml has ${what} at line ${parser.line}`, {
      file,
      chunk: 'axml',
    });
  };
  parser.on('error', (error) => {
    throw new FormatError('xml-syntax', `${file}: chunk axml is not well-formed XML: ${error.message}`, {
      file,
      chunk: 'axml',
      cause: error,
    });
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    if (stack.length >= maxDepth) limit(`more than ${maxDepth} elements within each other`);
    const countBefore = nodeCount++;
    if (nodeCount > maxNodeCount) limit(`more than ${maxNodeCount} elements`);
    stack.push({
      name: localName(name),
      attributes: localAttributes(attributes),
      children: [],
      line: withLines ? parser.line : undefined,
      text: '',
      countBefore,
    });
  });
  parser.on('text', (text) => {
    const open = stack.at(-1);
    if (!open) return;
    // Blanks between elements are of no meaning, and there are many.
    const said = open.children.length > 0 || open.text === '' ? text.trimStart() : text;
    if (said === '') return;
    open.text += said;
    if (open.text.length > maxTextLength) limit(`a text of more than ${maxTextLength} characters`);
  });
  parser.on('closetag', () => {
    const { name, attributes, children, line, text, countBefore } = stack.pop()!;
    const plain: XmlNode = { name, attributes, children, text: text.trim() };
    const node = line === undefined ? plain : { ...plain, line };
    const parent = stack.at(-1);
    if (!parent) root = node;
    else if (take(node, stack)) nodeCount = countBefore;
    else parent.children.push(node);
  });
  writePieces(parser, bytes);
  if (!root) throw new FormatError('xml-syntax', `${file}: chunk axml is empty`, { file, chunk: 'axml' });
  return root;
}

function writePieces(parser: SaxesParser, bytes: Uint8Array): void {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0 || bytes[end - 1] === 0x20)) end--;
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const decoder = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8');
  if (isUtf16 && end % 2 === 1) end++;
  for (let at = 0; at < end; at += pieceBytes)
    parser.write(decoder.decode(bytes.subarray(at, Math.min(end, at + pieceBytes)), { stream: true }));
  parser.write(decoder.decode()).close();
}

/** Most names have no prefix, and a slice of a text keeps all of it. */
const localName = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

function localAttributes(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name in attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) result[localName(name)] = attributes[name]!;
  }
  return result;
}

/** First child of a name. */
export const childOf = (node: XmlNode, name: string): XmlNode | undefined =>
  node.children.find((child) => child.name === name);

/** All children of a name. */
export const childrenOf = (node: XmlNode, name: string): XmlNode[] =>
  node.children.filter((child) => child.name === name);

/** Texts of all children of a name. */
export const textsOf = (node: XmlNode, name: string): string[] =>
  childrenOf(node, name).map(({ text }) => text);
