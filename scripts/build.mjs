import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runNode } from './install.mjs';

const stampFile = join(root, 'dist', '.stamp');

/** Hash over everything that the build reads. */
function sourceKey() {
  const hash = createHash('sha256');
  for (const folder of ['src', 'scripts']) {
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.includes('.generated.'))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort();
    for (const file of files) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file));
  }
  hash
    .update(readFileSync(join(root, 'tsconfig.json')))
    .update(readFileSync(join(root, 'package-lock.json')));
  return hash.digest('hex');
}

/** Builds dist/ (kernels to WebAssembly, TypeScript, the audition page) unless it is up to date. */
export async function build() {
  const key = sourceKey();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === key) return;
  console.log('Building ...');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const { buildKernels } = await import('./build-kernels.mjs');
  await buildKernels();
  runNode(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), ['-p', 'tsconfig.json']);
  const { buildPage } = await import('./build-page.mjs');
  await buildPage();
  writeFileSync(stampFile, key);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await build();
