// Builds hrtf/kemar.phrtf, the default HRTF set, from the SOFA file of Debian's package libmysofa1:
//   node scripts/build-hrtf.mjs [FILE.sofa]
// The same file gives the same bytes. Needs a build (dist/).
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const sofaPath = process.argv[2] ?? '/usr/share/libmysofa/MIT_KEMAR_normal_pinna.sofa';

if (!existsSync(sofaPath)) {
  console.error(`${sofaPath} is not there: install Debian's package libmysofa1, or name the file`);
  process.exit(3);
}
if (!existsSync(new URL('dist/hrtf/build-hrtf-set.js', root))) {
  console.error('dist/ is not built: run npm run build first');
  process.exit(2);
}

const { parseSofa } = await import('../dist/io/sofa/read-sofa.js');
const { buildHrtfSet } = await import('../dist/hrtf/build-hrtf-set.js');
const { formatPackedHrtf } = await import('../dist/io/packed/packed-hrtf.js');

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const licence =
  'Copyright 1994 by the MIT Media Laboratory. Provided free with no restrictions on use, provided the ' +
  'authors are cited when the data is used in any research or commercial application.';
const citation =
  'W. G. Gardner and K. D. Martin: HRTF measurements of a KEMAR dummy-head microphone. MIT Media ' +
  'Laboratory, Perceptual Computing, technical report 280, 1994.';

const sofa = readFileSync(sofaPath);
const set = buildHrtfSet({
  ...(await parseSofa(sofa, sofaPath)),
  name: 'MIT KEMAR, normal pinna, diffuse-field equalised',
  source: citation,
  licence,
});
const packed = formatPackedHrtf(set);
const facts = {
  file: 'kemar.phrtf',
  sha256: sha256(packed),
  bytes: packed.length,
  name: set.name,
  citation,
  licence,
  origin: 'MIT_KEMAR_normal_pinna.sofa of Debian package libmysofa1 (1.3.1)',
  originSha256: sha256(sofa),
  sampleRateHz: set.sampleRateHz,
  directionCount: set.directionCount,
  tapCount: set.tapCount,
};
writeFileSync(new URL('hrtf/kemar.phrtf', root), packed);
writeFileSync(new URL('hrtf/kemar.json', root), `${JSON.stringify(facts, null, 2)}\n`);
console.log(
  `${fileURLToPath(new URL('hrtf/kemar.phrtf', root))}: ${packed.length} bytes, sha256 ${facts.sha256}`,
);
