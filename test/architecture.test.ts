import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const srcDir = resolve(import.meta.dirname, '../src');
const rooms: Record<string, string[]> = JSON.parse(readFileSync(join(srcDir, 'rooms.json'), 'utf8'));
const isForeign = (file: string): boolean =>
  file.endsWith('.d.ts') ||
  file.includes('.generated.') ||
  file.startsWith(join('kernels', 'simd', 'assembly'));
const files = readdirSync(srcDir, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !isForeign(file))
  .sort();
const texts = new Map(files.map((file) => [file, readFileSync(join(srcDir, file), 'utf8')]));

/**
 * Top-level folder of a file, or one of the rooms inside it; files of src/ itself are the package's faces and may
 * import every room.
 */
const roomOf = (file: string): string => {
  const [first, second] = file.split(sep);
  if (second === undefined) return '(face)';
  return rooms[`${first}/${second}`] ? `${first}/${second}` : first!;
};
const importsOf = (file: string): string[] =>
  ts.preProcessFile(texts.get(file)!, true, true).importedFiles.map((reference) => reference.fileName);
const edges = files.flatMap((file) =>
  importsOf(file)
    .filter((name) => name.startsWith('.') && /\.tsx?$/.test(name))
    .map((name) => ({ from: file, to: relative(srcDir, resolve(srcDir, dirname(file), name)) })),
);

/** Rooms that open files and threads; all others take bytes or objects and run in a browser. */
const nodeRooms = new Set(['io', 'job', 'audition/server', 'cli', '(face)']);
/** Where the browser enters the page: wiring that only a browser runs. */
const entryPoints = new Set([join('audition', 'page', 'main.tsx')]);
/** Files made of what only browsers have, which the tests in test/audition/browser run. */
const browserFiles = new Set(
  [
    'audition-engine',
    'create-engine',
    'feed/feeder-worker',
    'feed/fetch-kernels',
    'playback/worklet',
    'decoding/ambisonic-decoder',
    'decoding/decoder',
    'decoding/decoder-path',
    'decoding/decoders',
    'decoding/loudspeaker-decoder',
  ].map((file) => join('audition', 'page', 'engine', `${file}.ts`)),
);
const packagesOfPureRooms: Record<string, string[]> = {
  math: ['gl-matrix'],
  render: ['gl-matrix'],
  scene: ['zod'],
  layouts: ['zod'],
  master: ['zod'],
  deliver: ['zod'],
  'audition/page': ['preact', 'preact/hooks', '@preact/signals', 'omnitone/build/omnitone.esm.js', 'three'],
};

test('rooms.json lists the rooms bottom to top, so that imports have one direction', () => {
  const order = Object.keys(rooms);
  const upward = order.flatMap((room, index) =>
    rooms[room]!.filter((other) => order.indexOf(other) < 0 || order.indexOf(other) >= index).map(
      (other) => `${room} -> ${other}`,
    ),
  );
  expect(upward).toEqual([]);
  expect([...new Set(files.map(roomOf))].filter((room) => room !== '(face)' && !rooms[room])).toEqual([]);
});

test('a room imports only the rooms that rooms.json lists for it', () => {
  const wrong = edges.filter(
    ({ from, to }) =>
      roomOf(from) !== '(face)' && roomOf(from) !== roomOf(to) && !rooms[roomOf(from)]?.includes(roomOf(to)),
  );
  expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

test('no import cycle between files', () => {
  const next = new Map(files.map((file) => [file, edges.filter((edge) => edge.from === file)]));
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (file: string, path: string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' > '));
      return;
    }
    state.set(file, 'open');
    for (const { to } of next.get(file) ?? []) visit(to, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});

test('pure rooms import no Node module, and npm packages only as listed', () => {
  const wrong = files
    .filter((file) => !nodeRooms.has(roomOf(file)))
    .flatMap((file) =>
      importsOf(file)
        .filter((name) => !name.startsWith('.') && !packagesOfPureRooms[roomOf(file)]?.includes(name))
        .map((name) => `${file} -> ${name}`),
    );
  expect(wrong).toEqual([]);
});

test('no barrel inside src: only the two faces re-export', () => {
  const barrels = files.filter(
    (file) =>
      roomOf(file) !== '(face)' && /^export (\*|\{[^}]*\}|type \{[^}]*\}) from /m.test(texts.get(file)!),
  );
  expect(barrels).toEqual([]);
});

test('exported declarations have doc comments and dimensioned numbers carry a unit', () => {
  const bare =
    /^(?:.*[a-z])?(azimuth|elevation|frequency|freq|cutoff|threshold|ceiling|attack|release|lookahead|delay|duration|loudness|level|time)$/i;
  const complaints: string[] = [];
  for (const file of files) {
    const source = ts.createSourceFile(file, texts.get(file)!, ts.ScriptTarget.Latest, true);
    const at = (node: ts.Node): string =>
      `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    const visit = (node: ts.Node): void => {
      const exported =
        ts.canHaveModifiers(node) &&
        ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);
      if (exported && node.parent === source && ts.getJSDocCommentsAndTags(node).length === 0) {
        complaints.push(`${at(node)} exported without a doc comment`);
      }
      if (
        (ts.isPropertySignature(node) || ts.isParameter(node) || ts.isPropertyDeclaration(node)) &&
        node.type?.kind === ts.SyntaxKind.NumberKeyword &&
        bare.test(node.name.getText())
      ) {
        complaints.push(`${at(node)} ${node.name.getText()}: number without a unit suffix`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  expect(complaints).toEqual([]);
});

test('every source file that holds code has a test file at the mirrored path', () => {
  const holdsCode = (file: string): boolean =>
    !/^(index|browser)\.ts$/.test(file) &&
    !entryPoints.has(file) &&
    !browserFiles.has(file) &&
    /^(export )?(async )?(function|class|const|let)\b/m.test(texts.get(file)!);
  const missing = files
    .filter(holdsCode)
    .filter((file) => !existsSync(join(import.meta.dirname, file.replace(/\.(tsx?)$/, '.test.$1'))));
  expect(missing).toEqual([]);
});
