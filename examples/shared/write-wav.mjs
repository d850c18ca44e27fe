import { writeFileSync } from 'node:fs';

const fullScale = 2 ** 23;
const headerBytes = 68;

/** The tail of KSDATAFORMAT_SUBTYPE_PCM; the format tag 1 stands before it. */
const pcmSubformatTail = Buffer.from('000000001000800000aa00389b71', 'hex');

/**
 * Writes a 24-bit PCM WAV file in the extensible format.
 *
 * The channel mask is 0 unless given: "these channels are not bound to loudspeakers by this file", which is the
 * truth for objects and for beds whose scene file names their channels.
 *
 * @param {string} path
 * @param {readonly Float32Array[]} channels planar samples, full scale is 1
 * @param {number} sampleRateHz
 * @param {number} channelMask
 */
export function writeWav(path, channels, sampleRateHz, channelMask = 0) {
  const frameCount = channels[0].length;
  const frameBytes = channels.length * 3;
  const dataBytes = frameCount * frameBytes;
  const file = Buffer.alloc(headerBytes + dataBytes + (dataBytes % 2));

  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(40, 16);
  file.writeUInt16LE(0xfffe, 20);
  file.writeUInt16LE(channels.length, 22);
  file.writeUInt32LE(sampleRateHz, 24);
  file.writeUInt32LE(sampleRateHz * frameBytes, 28);
  file.writeUInt16LE(frameBytes, 32);
  file.writeUInt16LE(24, 34);
  file.writeUInt16LE(22, 36);
  file.writeUInt16LE(24, 38);
  file.writeUInt32LE(channelMask, 40);
  file.writeUInt16LE(1, 44);
  pcmSubformatTail.copy(file, 46);
  file.write('data', 60, 'latin1');
  file.writeUInt32LE(dataBytes, 64);

  channels.forEach((samples, channel) => {
    let offset = headerBytes + channel * 3;
    for (let i = 0; i < frameCount; i++) {
      const value = Math.max(-fullScale, Math.min(fullScale - 1, Math.round(samples[i] * fullScale)));
      file[offset] = value & 0xff;
      file[offset + 1] = (value >> 8) & 0xff;
      file[offset + 2] = (value >> 16) & 0xff;
      offset += frameBytes;
    }
  });
  writeFileSync(path, file);
}
