/**
 * Runs every bench, one after another: `npm run bench`, or some by name: `npm run bench -- kernels job`.
 * Figures are times real time of this machine; compare ratios within one run.
 */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

const benches = [
  'kernels',
  'meter',
  'layout-stage',
  'scene-stage',
  'resampler',
  'binaural',
  'room',
  'binaural-quality',
  'ambisonic',
  'job',
  'convert',
];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benches.includes(name));
if (unknown.length > 0) {
  console.error(`no bench is called ${unknown.join(', ')}; there are ${benches.join(', ')}`);
  process.exit(2);
}
const { build } = await import('../scripts/build.mjs');
await build();

const [processor] = cpus();
console.log(
  `${processor?.model ?? 'unknown processor'}, ${cpus().length} cores, Node.js ${process.versions.node}`,
);
for (const name of wanted.length > 0 ? wanted : benches) {
  console.log(`\n== ${name}`);
  const script = fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
  const { status } = spawnSync(process.execPath, [script], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
