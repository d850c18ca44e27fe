import omnitone from 'omnitone/build/omnitone.esm.js';
import { createAudioEngine } from '../../../../src/audition/page/engine/create-engine.ts';
import { createAmbisonicDecoder } from '../../../../src/audition/page/engine/decoding/ambisonic-decoder.ts';
import { DecoderPath } from '../../../../src/audition/page/engine/decoding/decoder-path.ts';
import { createLoudspeakerDecoder } from '../../../../src/audition/page/engine/decoding/loudspeaker-decoder.ts';

/** The engine without the page around it: tests drive it from outside. */
Object.assign(window, {
  omnitone,
  createAudioEngine,
  createAmbisonicDecoder,
  createLoudspeakerDecoder,
  DecoderPath,
});
