import { closeSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { writeScene } from '../../cli/cli-support.ts';

const lengthSec = 30 * 60;
/** Where it begins to sound, for half a minute each time; the rest is silence. */
const soundsAtSec = [0, lengthSec - 60];

const sampleRateHz = 48_000;
const soundingSec = 30;
const objectCount = 32;
/** Time from one place of an object to the next. */
const blockSec = 2;

/**
 * Writes a programme of half an hour: a folder with a binaural and a stereo deliverable, and a scene of objects that
 * never rest. It sounds in its first half minute and in the last one but one. @returns path of the scene
 */
export function writeLongProgramme(folder: string): string {
  mkdirSync(join(folder, 'stems'), { recursive: true });
  writeSparseWav(join(folder, 'long.binaural.wav'), 2, 0.1);
  writeSparseWav(join(folder, 'long.stereo.wav'), 2, 0.1);
  const objects = Array.from({ length: objectCount }, (_, index) => {
    const file = `stems/${index}.wav`;
    writeSparseWav(join(folder, file), 1, 0.02);
    const blocks = Array.from({ length: lengthSec / blockSec }, (_, block) => ({
      startSec: block * blockSec,
      durationSec: blockSec,
      position: {
        azimuthDeg: ((37 * index + 75 * block) % 360) - 180,
        elevationDeg: (7 * block + index) % 80,
      },
    }));
    return { name: `object ${index}`, file, blocks };
  });
  return writeScene(folder, 'long', { objects });
}

/** Writes 16-bit PCM whose silence takes no room on the disk. */
function writeSparseWav(file: string, channelCount: number, amplitude: number): void {
  const frameBytes = 2 * channelCount;
  const dataBytes = lengthSec * sampleRateHz * frameBytes;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channelCount, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleRateHz * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  const handle = openSync(file, 'w');
  try {
    writeSync(handle, header);
    ftruncateSync(handle, header.length + dataBytes);
    const sound = noiseBytes(soundingSec * sampleRateHz * channelCount, amplitude);
    for (const startSec of soundsAtSec)
      writeSync(handle, sound, 0, sound.length, header.length + startSec * sampleRateHz * frameBytes);
  } finally {
    closeSync(handle);
  }
}

/** White noise, 16 bits a sample; a second of it, again and again. */
function noiseBytes(sampleCount: number, amplitude: number): Buffer {
  let state = 1;
  const second = Int16Array.from({ length: sampleRateHz }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return Math.round((amplitude * 32_767 * state) / 2 ** 31);
  });
  return Buffer.alloc(2 * sampleCount, Buffer.from(second.buffer));
}
