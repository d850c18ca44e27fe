import type { AudioBlock } from '../../src/base/audio-block.ts';

/** A stretch of a test signal: seconds, and the peak level of each channel's sine (-Infinity: silence). */
export type Stretch = readonly [durationSec: number, ...levelsDbfs: number[]];

/**
 * Sends stretches of a sine to a meter, 10 ms and less at a time. The phase runs on through all stretches.
 * @param listen called after each block with the time at its end
 */
export function playSine(
  meter: { process(block: AudioBlock): void },
  stretches: readonly Stretch[],
  { sampleRateHz = 48000, frequencyHz = 1000, listen = (_timeSec: number): void => {} } = {},
): void {
  const channelCount = stretches[0]!.length - 1;
  const blockFrames = Math.floor(sampleRateHz / 100);
  const channels = Array.from({ length: channelCount }, () => new Float32Array(blockFrames));
  const step = (2 * Math.PI * frequencyHz) / sampleRateHz;
  const sine = new Float32Array(blockFrames);
  let frame = 0;
  let endSec = 0;
  for (const [durationSec, ...levelsDbfs] of stretches) {
    endSec += durationSec;
    const amplitudes = levelsDbfs.map((level) => 10 ** (level / 20));
    for (const end = Math.round(endSec * sampleRateHz); frame < end;) {
      const frameCount = Math.min(blockFrames, end - frame);
      for (let i = 0; i < frameCount; i++) sine[i] = Math.sin(step * (frame + i));
      channels.forEach((channel, c) => {
        const amplitude = amplitudes[c]!;
        for (let i = 0; i < frameCount; i++) channel[i] = sine[i]! * amplitude;
      });
      meter.process({ channels, frameCount });
      frame += frameCount;
      listen(frame / sampleRateHz);
    }
  }
}
