/** Writes layouts/README.md. Needs a build. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { layoutPage } from './layout-table.mjs';

const dist = '../dist';
const modules = await Promise.all(
  [
    'layouts/built-in.js',
    'render/panner/mapping-rules.js',
    'render/panner/bed-router.js',
    'scene/make-scene.js',
  ].map((file) => import(`${dist}/${file}`)),
);
const page = fileURLToPath(new URL('../layouts/README.md', import.meta.url));
writeFileSync(page, await format(layoutPage(Object.assign({}, ...modules)), { parser: 'markdown' }));
console.log(page);
