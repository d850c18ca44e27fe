import { join } from 'node:path';
import { ensureInstalled, requireNode, root, runNode } from './install.mjs';

requireNode();
ensureInstalled();
const { build } = await import('./build.mjs');
await build();

const example = join(root, 'examples', 'master-stems');
runNode(join(example, 'make-stems.mjs'));

const targets = ['7.1.4', '5.1', 'binaural', 'ambix3', 'stereo'];
runNode(join(root, 'dist', 'cli', 'main.js'), [
  'master',
  join(example, 'song.scene.json'),
  ...targets.flatMap((target) => ['--to', target]),
  '--recipe',
  join(example, 'recipe.yaml'),
  '--out',
  join(example, 'out'),
  '--overwrite',
]);
