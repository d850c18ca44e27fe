import { join } from 'node:path';
import { ensureInstalled, requireNode, root, runNode } from './install.mjs';

requireNode();
ensureInstalled();
const { build } = await import('./build.mjs');
await build();

const full = process.argv.includes('--full');
const rest = process.argv.slice(2).filter((argument) => argument !== '--full');
runNode(join(root, 'node_modules', 'vitest', 'vitest.mjs'), ['run', ...rest], {
  env: { ...process.env, ...(full ? { PERIPHON_FULL: '1' } : {}) },
});
