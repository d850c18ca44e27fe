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

/** An element that was read past the parser. */
export interface PlainElement {
  readonly node: XmlNode;
  /** Elements that it is made of, itself included. */
  readonly count: number;
  /** Where the text behind it begins. */
  readonly end: number;
}

/** Reads the element that begins at a place of a text, behind blanks or none; undefined where it is not plain or whole. */
export type PlainScanner = (text: string, from: number) => PlainElement | undefined;

/** Options of `parseXmlTree`. */
export interface XmlTreeOptions {
  readonly file: string;
  /**
   * Elements that come in great numbers, and a quicker way to read them; `take` is not asked for what stands in them, and
   * they do not say where they stand.
   */
  readonly bulk?: { readonly name: string; readonly scan: PlainScanner } | undefined;
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

/** Parses an XML document that comes in pieces. */
export interface XmlTreeParser {
  /** Takes the next bytes. @throws FormatError 'xml-syntax', 'xml-limit' */
  write(bytes: Uint8Array): void;
  /** The root, when all has been written. @throws FormatError 'xml-syntax' */
  finish(): XmlNode;
}

/** Elements within elements, at most. */
const maxDepth = 64;
const maxTextLength = 1 << 20;
const pieceBytes = 1 << 16;
/** An element of the bulk that is longer goes to the parser as it comes. */
const maxBulkLength = 1 << 16;

interface OpenNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  readonly line: number | undefined;
  text: string;
  /** Elements that were kept when it began. */
  readonly countBefore: number;
}

/** Parses a document that is at hand as a whole; see `createXmlTreeParser`. */
export function parseXmlTree(bytes: Uint8Array, options: XmlTreeOptions): XmlNode {
  const parser = createXmlTreeParser(options);
  parser.write(bytes);
  return parser.finish();
}

/**
 * Parses XML (UTF-8, or UTF-16 with a byte order mark) into a tree, piece by piece. Entities of one's own are not
 * known, so nothing can grow when it is read. NULs and blanks that fill a chunk are left out.
 */
export function createXmlTreeParser(options: XmlTreeOptions): XmlTreeParser {
  const { file, bulk } = options;
  const tree = createTree(options);
  const taker: TextTaker = bulk ? createBulkReader(bulk, tree) : tree;
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  /** Whether NULs end what was read; they may fill the rest of the chunk. */
  let isFilled = false;
  const decode = (bytes?: Uint8Array): void => {
    decoder ??= new TextDecoder(bytes?.[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8');
    const text = bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    if (isFilled && /^[\0 ]*$/.test(text)) return;
    const content = withoutFilling(text);
    taker.write(isFilled ? `\0${content}` : content);
    isFilled = content.length < text.length;
  };
  return {
    write(bytes) {
      for (let at = 0; at < bytes.length; at += pieceBytes) decode(bytes.subarray(at, at + pieceBytes));
    },
    finish() {
      decode();
      taker.close();
      const root = tree.root();
      if (root) return root;
      throw new FormatError('xml-syntax', `${file}: chunk axml is empty`, { file, chunk: 'axml' });
    },
  };
}

/** A text without NULs and blanks at its end; blanks alone may stay. */
function withoutFilling(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '\0' || text[end - 1] === ' ')) end--;
  return text.includes('\0', end) ? text.slice(0, end) : text;
}

/** Takes the text of a document. */
interface TextTaker {
  write(text: string): void;
  close(): void;
}

/** The tree as it grows. */
interface Tree extends TextTaker {
  root(): XmlNode | undefined;
  /** Name of the element that the last text ended, within another; undefined where it ended none. */
  closedLast(): string | undefined;
  /** Puts an element into the one that is open. */
  add(element: PlainElement): void;
}

function createTree({ file, take, withLines = false, maxNodeCount = 100_000 }: XmlTreeOptions): Tree {
  const stack: OpenNode[] = [];
  let root: XmlNode | undefined;
  let lastClosed: string | undefined;
  let nodeCount = 0;
  const parser = new SaxesParser({ xmlns: false, position: true });
  const limit = (what: string): never => {
    throw new FormatError('xml-limit', `${file}: chunk axml has ${what} at line ${parser.line}`, {
      file,
      chunk: 'axml',
    });
  };
  const countNodes = (more: number): void => {
    nodeCount += more;
    if (nodeCount > maxNodeCount) limit(`more than ${maxNodeCount} elements`);
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
    const countBefore = nodeCount;
    countNodes(1);
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
    lastClosed = name;
    if (stack.length === 0) root = node;
    else if (take(node, stack)) nodeCount = countBefore;
    else stack.at(-1)!.children.push(node);
  });
  return {
    write(text) {
      lastClosed = undefined;
      parser.write(text);
    },
    close: () => void parser.close(),
    root: () => root,
    closedLast: () => (stack.length > 0 ? lastClosed : undefined),
    add({ node, count }) {
      if (take(node, stack)) return;
      countNodes(count);
      stack.at(-1)!.children.push(node);
    },
  };
}

/**
 * Reads runs of elements of one name past the parser. It sees the first of a run, which tells that the next, behind
 * nothing but blanks, is an element and no part of a comment; of the others it gets the line breaks.
 */
function createBulkReader(
  { name: bulkName, scan }: NonNullable<XmlTreeOptions['bulk']>,
  tree: Tree,
): TextTaker {
  const [startText, endText] = [`<${bulkName}`, `</${bulkName}>`];
  let pending = '';
  let isInRun = false;
  let skippedLines = 0;

  const writeAll = (text: string): void => {
    if (text === '') return;
    if (skippedLines > 0) tree.write('\n'.repeat(skippedLines));
    skippedLines = 0;
    tree.write(text);
  };
  /** Takes the text as far as its next element of the bulk reaches. @returns where that is; -1 where it is not whole */
  const takeNext = (from: number): number => {
    const found = isInRun ? scan(pending, from) : undefined;
    if (found) {
      tree.add(found);
      skippedLines += lineBreaksIn(pending, from, found.end);
      return found.end;
    }
    const start = pending.indexOf(startText, from);
    const end = start < 0 ? -1 : pending.indexOf(endText, start);
    if (end < 0) return -1;
    writeAll(pending.slice(from, end));
    writeAll(endText);
    isInRun = tree.closedLast() === bulkName;
    return end + endText.length;
  };
  return {
    write(text) {
      pending += text;
      let at = 0;
      for (let next = takeNext(0); next >= 0; next = takeNext(at)) at = next;
      // What may be the beginning of an element waits for the rest of it.
      const start = pending.indexOf(startText, at);
      const keptFrom = start >= 0 ? start : Math.max(at, pending.lastIndexOf('<'));
      const end = pending.length - keptFrom <= maxBulkLength ? keptFrom : pending.length;
      if (end > at) isInRun &&= pending.slice(at, end).trim() === '';
      writeAll(pending.slice(at, end));
      pending = pending.slice(end);
    },
    close() {
      writeAll(pending);
      tree.close();
    },
  };
}

function lineBreaksIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
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
