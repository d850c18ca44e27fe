import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the project, whatever the current directory is. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const stampFile = join(root, 'node_modules', '.periphon-stamp');

/** Ends with one sentence when Node.js is too old for the project. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`periphon needs Node.js 20.19 or later; this is ${process.versions.node}.`);
  process.exit(2);
}

/** What an installation depends on: if any of it changes, dependencies are installed anew. */
function installationKey() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return `${lock} node${process.versions.node.split('.')[0]} ${process.platform} ${process.arch}\n`;
}

/** npm's own script: the npm that runs us, else the one that came with this Node.js. */
function npmScript() {
  const beside = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const found = candidates.find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
  if (found) return found;
  console.error('npm was not found beside Node.js; run this through npm: npm start, or npm test.');
  process.exit(2);
}

/** Installs the locked dependencies unless they are there already; then npm is not called at all. */
export function ensureInstalled() {
  const key = installationKey();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === key) return;
  console.log('Installing dependencies ...');
  const result = spawnSync(process.execPath, [npmScript(), 'ci', '--include=dev'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, key);
}

/** Runs a Node.js script of the project and ends with its exit code when it fails. */
export function runNode(script, args = [], options = {}) {
  const result = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit', ...options });
  if (result.status !== 0) process.exit(result.status ?? 1);
}
