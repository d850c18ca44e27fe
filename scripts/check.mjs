import { join } from 'node:path';
import { ensureInstalled, requireNode, root, runNode } from './install.mjs';

requireNode();
ensureInstalled();
const { buildKernels } = await import('./build-kernels.mjs');
await buildKernels();

const bin = (...parts) => join(root, 'node_modules', ...parts);
runNode(bin('typescript', 'bin', 'tsc'), ['-p', 'tsconfig.test.json']);
runNode(bin('typescript', 'bin', 'tsc'), ['-p', join('test', 'audition', 'tsconfig.json')]);
runNode(bin('eslint', 'bin', 'eslint.js'), ['.', '--max-warnings', '0']);
runNode(bin('prettier', 'bin', 'prettier.cjs'), ['--check', '--log-level', 'warn', '.']);
console.log('Types, lint and formatting are in order.');
