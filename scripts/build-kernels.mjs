import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const simdFolder = fileURLToPath(new URL('../src/kernels/simd', import.meta.url));
const sourceFolder = join(simdFolder, 'assembly');
/** The module for Node, which goes with the code, and for browsers, which fetch it. */
const targetFile = join(simdFolder, 'wasm.generated.ts');
const wasmFile = join(simdFolder, 'kernels.generated.wasm');
const compilerPackage = fileURLToPath(
  new URL('../node_modules/assemblyscript/package.json', import.meta.url),
);

const compilerOptions = [
  'index.ts',
  '--outFile',
  'kernels.wasm',
  '--runtime',
  'stub',
  '--noAssert',
  '--enable',
  'simd',
  '--use',
  'abort=',
  '-O3',
];

/** Assembly sources by file name, in order. */
function readSources() {
  const names = readdirSync(sourceFolder)
    .filter((name) => name.endsWith('.ts'))
    .sort();
  return new Map(names.map((name) => [name, readFileSync(join(sourceFolder, name), 'utf8')]));
}

/** Hash over the sources, the options and the compiler's version. */
function sourceKey(sources) {
  const hash = createHash('sha256').update(JSON.parse(readFileSync(compilerPackage, 'utf8')).version);
  for (const option of compilerOptions) hash.update('\0').update(option);
  for (const [name, text] of sources) hash.update('\0').update(name).update('\0').update(text);
  return hash.digest('hex');
}

/** Compiles the sources; returns the bytes of the module. */
async function compile(sources) {
  const { main } = await import('assemblyscript/asc');
  let wasm;
  const { error, stderr } = await main(compilerOptions, {
    readFile: (name) => sources.get(name) ?? null,
    writeFile: (name, data) => {
      if (name.endsWith('.wasm')) wasm = data;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`the kernels do not compile\n${stderr}`, { cause: error });
  return wasm;
}

/** Writes a file at once: two builds must not leave half of one. */
function writeWhole(file, content) {
  const partFile = `${file}.${process.pid}.part`;
  writeFileSync(partFile, content);
  renameSync(partFile, file);
}

/**
 * Compiles src/kernels/simd/assembly to WebAssembly, as src/kernels/simd/kernels.generated.wasm and embedded in
 * src/kernels/simd/wasm.generated.ts, unless they are up to date.
 */
export async function buildKernels() {
  const sources = readSources();
  const stamp = `/** Made by scripts/build-kernels.mjs from assembly/; not to be edited. Key ${sourceKey(sources)}. */\n`;
  if (existsSync(wasmFile) && existsSync(targetFile) && readFileSync(targetFile, 'utf8').startsWith(stamp))
    return;
  const wasm = await compile(sources);
  const base64 = Buffer.from(wasm).toString('base64');
  writeWhole(wasmFile, wasm);
  writeWhole(targetFile, `${stamp}export const wasmBase64 =\n  '${base64}';\n`);
  console.log(`Kernels: ${wasm.length} bytes of WebAssembly.`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildKernels();
