// Ambisonic decoders and encoder: node bench/ambisonic.mjs [SECONDS]. Needs a build.
import { polarToCartesian } from '../dist/base/coordinates.js';
import { loadDefaultHrtf } from '../dist/io/packed/packed-hrtf.js';
import { loadKernels } from '../dist/kernels/load-kernels.js';
import { builtInLayouts, getLayout } from '../dist/layouts/built-in.js';
import { createAmbisonicRenderer } from '../dist/render/ambisonic/ambisonic-renderer.js';
import { designBinauralDecoder } from '../dist/render/ambisonic/binaural-decoder.js';
import { measureDecoder } from '../dist/render/ambisonic/decoder-quality.js';
import { designDualBand, dualBandCrossoverHz } from '../dist/render/ambisonic/dual-band.js';
import {
  designBs2127Decoder,
  designLoudspeakerDecoder,
} from '../dist/render/ambisonic/loudspeaker-decoder.js';

const seconds = Number(process.argv[2] ?? 20);
const sampleRateHz = 48000;

/** Even directions over the sphere. */
const directions = Array.from({ length: 2000 }, (_, i) => {
  const z = 1 - (2 * i + 1) / 2000;
  const radius = Math.sqrt(1 - z * z);
  const turn = i * Math.PI * (3 - Math.sqrt(5));
  return [radius * Math.cos(turn), radius * Math.sin(turn), z];
});
const upper = directions.filter(([, , z]) => z >= 0);

/** Energy spread in dB and mean angle of the energy vector in degrees, of SAF's decoders on 7.1.4. */
const peers = {
  1: 'EPAD 0.0 / 9.0, mode matching 4.1 / 6.1, AllRAD 5.9 / 18.0',
  3: 'AllRAD 8.7 / 11.6, EPAD 8.3 / 15.8, mode matching 13.6 / 37.8',
  5: 'AllRAD 7.6 / 8.9',
};

function printQuality(layout, order, note = '', design = designLoudspeakerDecoder) {
  const quality = measureDecoder(design(order, layout), order, layout, upper);
  const { energySpreadDb, meanAngleErrorDeg, maxAngleErrorDeg, meanEnergyVector } = quality;
  console.log(
    `${layout.name.padEnd(7)} order ${order}: ${energySpreadDb.toFixed(2).padStart(5)} dB ` +
      `${meanAngleErrorDeg.toFixed(2).padStart(6)} deg (max ${maxAngleErrorDeg.toFixed(1)}), ` +
      `energy vector ${meanEnergyVector.toFixed(2)}${note && `   ${note}`}`,
  );
}

console.log('Loudspeaker decoders, upper hemisphere: energy spread, angle of the energy vector');
for (const order of [1, 2, 3, 4, 5, 6, 7])
  printQuality(getLayout('4+7+0'), order, peers[order] && `SAF: ${peers[order]}`);
for (const layout of builtInLayouts)
  if (layout.name !== '4+7+0') for (const order of [1, 3, 5, 7]) printQuality(layout, order);

console.log('\nThe decoder of BS.2127, for conformance');
for (const order of [1, 3, 5, 7]) printQuality(getLayout('4+7+0'), order, '', designBs2127Decoder);

console.log(
  '\nDual band, horizontal sources: velocity vector (a plane wave has 1) above and below the crossover',
);
const horizon = Array.from({ length: 360 }, (_, i) => polarToCartesian(i, 0));
for (const name of ['4+7+0', '0+5+0'])
  for (const order of [1, 3, 5, 7]) {
    const layout = getLayout(name);
    const high = designLoudspeakerDecoder(order, layout);
    const gains = designDualBand(order, layout);
    const low = high.map((value, i) => value * gains[Math.floor(Math.sqrt(i % (order + 1) ** 2))]);
    const [above, below] = [high, low].map((decoder) => measureDecoder(decoder, order, layout, horizon));
    console.log(
      `${name} order ${order}: ${above.meanVelocityVector.toFixed(2)} above, ` +
        `${below.meanVelocityVector.toFixed(2)} below ${dualBandCrossoverHz(order)} Hz`,
    );
  }

console.log('\nBinaural decoders: time of design');
const hrtf = await loadDefaultHrtf(sampleRateHz);
for (const order of [1, 3, 5, 7]) {
  const started = performance.now();
  const { left } = designBinauralDecoder(order, hrtf);
  console.log(`order ${order}: ${(performance.now() - started).toFixed(0)} ms, ${left[0].length} taps`);
}

const ratio = (numerator, denominator) => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
});

/** An object on its way around, with a new block every 20 ms. */
const circling = (index) => ({
  kind: 'object',
  id: `object ${index}`,
  name: '',
  gainDb: 0,
  mute: false,
  startSec: ratio(0, 1),
  blocks: Array.from({ length: 50 * seconds }, (_, i) => ({
    startSec: ratio(i, 50),
    durationSec: ratio(1, 50),
    position: {
      kind: 'polar',
      azimuthDeg: ((i * 1.8 + index * 31) % 360) - 180,
      elevationDeg: (index % 5) * 15,
      distance: 1,
    },
    gainDb: 0,
    width: 0,
    height: 0,
    depth: 0,
    diffuse: 0,
    zoneExclusion: [],
    jumpPosition: false,
    screenRef: false,
  })),
});

console.log(`\nEncoding ${seconds} s, one thread, process CPU time, a new block every 20 ms`);
const kernels = await loadKernels();
for (const order of [1, 3, 7])
  for (const objectCount of [16, 64, 118]) {
    const elements = Array.from({ length: objectCount }, (_, index) => circling(index));
    const renderer = createAmbisonicRenderer({
      scene: { version: 1, name: 'bench', programme: { name: '' }, elements, delivery: {}, extras: {} },
      order,
      sampleRateHz,
      kernels,
    });
    const frameCount = 1024;
    const block = (channelCount) => ({
      channels: Array.from({ length: channelCount }, () => new Float32Array(frameCount).fill(0.01)),
      frameCount,
    });
    const input = block(objectCount);
    const output = block((order + 1) ** 2);
    const before = process.cpuUsage();
    for (let frame = 0; frame < seconds * sampleRateHz; frame += frameCount) renderer.process(input, output);
    const { user, system } = process.cpuUsage(before);
    const realTime = seconds / ((user + system) / 1e6);
    console.log(
      `order ${order}, ${objectCount} objects, ${kernels.kind}: ${realTime.toFixed(0)} x real time`,
    );
  }
