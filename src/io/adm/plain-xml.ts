import type { PlainScanner, XmlNode } from './xml-tree.ts';

/**
 * A quick way through the bulk of ADM documents: automation is hundreds of thousands of small elements in plain ASCII.
 * What is not plain (namespaces, entities, comments, mixed content, anything wrong) is left to the XML parser.
 */

/** Elements within each other, at most. */
const maxDepth = 4;

const blank = '[\\t\\n\\r ]';
/** Values without quotes, entities and blanks that would have to be normalised. */
const attribute = `${blank}+[A-Za-z]\\w*="[ !#-%'-;=-~]*"`;
const startTag = `${blank}*<(([A-Za-z]\\w*)(?:${attribute})*)${blank}*`;
/** Texts without "&", "<" and "]". */
const plainText = "[\\t\\n -%'-;=-\\\\^-~]*";
const leafPattern = `${startTag}(?:/>|>(${plainText})</\\2${blank}*>)`;
const attributePattern = /([A-Za-z]\w*)="([^"]*)"/g;

/** Start tags are few and come again and again. */
const maxKnownTags = 128;

interface StartTag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const noChildren: readonly XmlNode[] = Object.freeze([]);

/**
 * Makes a scanner of elements of one name, which do not stand in each other. It knows the start tags of what stands in
 * them again.
 */
export function createPlainScanner(outerName: string): PlainScanner {
  const leaf = new RegExp(leafPattern, 'y');
  const start = new RegExp(`${startTag}>`, 'y');
  const end = new RegExp(`${blank}*</(\\w+)${blank}*>`, 'y');
  const known = new Map<string, StartTag>();

  const startTagOf = (text: string, name: string): StartTag | undefined => {
    const found = known.get(text);
    if (found) return found;
    const tag = parseStartTag(text, name);
    if (tag && known.size < maxKnownTags) known.set(text, tag);
    return tag;
  };
  /** Reads an element into its parent's list. @returns where it ends, -1 where there is none that is plain */
  const scan = (text: string, from: number, depth: number, nodes: XmlNode[]): number => {
    // The outermost have IDs and times of their own.
    const isOuter = depth === 1;
    const tagOf = isOuter ? parseStartTag : startTagOf;
    leaf.lastIndex = from;
    const match = leaf.exec(text);
    if (match) {
      const tag = tagOf(match[1]!, match[2]!);
      if (!tag || (tag.name === outerName) !== isOuter) return -1;
      const { name, attributes } = tag;
      nodes.push({ name, attributes, children: noChildren, text: match[3]?.trim() ?? '' });
      return leaf.lastIndex;
    }
    start.lastIndex = from;
    const outer = start.exec(text);
    const tag = outer && depth < maxDepth ? tagOf(outer[1]!, outer[2]!) : undefined;
    if (!tag || (tag.name === outerName) !== isOuter) return -1;
    const { name, attributes } = tag;
    const children: XmlNode[] = [];
    let at = start.lastIndex;
    for (let next = at; next >= 0; next = scan(text, at, depth + 1, children)) at = next;
    end.lastIndex = at;
    if (end.exec(text)?.[1] !== name) return -1;
    nodes.push({ name, attributes, children, text: '' });
    return end.lastIndex;
  };
  return (text, from) => {
    const nodes: XmlNode[] = [];
    const at = scan(text, from, 1, nodes);
    return at < 0 ? undefined : { node: nodes[0]!, count: countOf(nodes), end: at };
  };
}

/** @returns undefined where an attribute occurs twice or declares a namespace */
function parseStartTag(text: string, name: string): StartTag | undefined {
  const attributes: Record<string, string> = {};
  for (const [, key, value] of text.matchAll(attributePattern)) {
    if (key!.startsWith('xml') || Object.hasOwn(attributes, key!)) return undefined;
    attributes[key!] = value!;
  }
  return { name, attributes };
}

const countOf = (nodes: readonly XmlNode[]): number =>
  nodes.reduce((sum, { children }) => sum + countOf(children), nodes.length);
