import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { FormatError } from '../../base/errors.ts';

/** A YAML 1.2 document of a file, read value by value; whoever reads a wrong value throws its file and line. */
export interface YamlReader {
  readonly file: string;
  /** The whole as plain data. */
  readonly data: unknown;
  /** @throws FormatError 'damf-value' with the line of the value at `path` */
  refuse(path: readonly (string | number)[], what: string): never;
}

/** Parses a document. @throws FormatError 'damf-yaml' with file and line */
export function readYaml(text: string, file: string): YamlReader {
  const lines = new LineCounter();
  const document = parseDocument(text, { version: '1.2', lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line } = lines.linePos(error.pos[0]);
    const message = `${file}:${line}: ${error.message}`;
    throw new FormatError('damf-yaml', message, { file, path: `line ${line}`, byteOffset: error.pos[0] });
  }
  return {
    file,
    data: plainData(document, file),
    refuse(path, what) {
      const { line } = lines.linePos(offsetOf(document, path));
      const place = path.join('.').replaceAll(/\.(\d+)/g, '[$1]');
      const message = `${file}:${line}: ${place === '' ? 'the document' : place} ${what}`;
      throw new FormatError('damf-value', message, { file, path: place });
    },
  };
}

/** Documents whose aliases would fill the memory are refused by the parser's own count. */
function plainData(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new FormatError('damf-yaml', `${file}: ${(error as Error).message}`, { file, cause: error });
  }
}

/** Where the value of a path begins, or the nearest around it that is there. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && item.key.value === key)
      : undefined;
    const node = pair?.key ?? document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** A mapping; undefined where the value is none. */
export const mapOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
