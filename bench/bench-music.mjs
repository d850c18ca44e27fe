// Music for the speed of meters and limiters.

/** Tones with overtones that fall by 6 dB an octave, beats, and hiss 30 dB below; peaks at `peakGain`. @returns [channel] */
export function music({ channelCount, frames, sampleRateHz, peakGain }) {
  let state = 1;
  return Array.from({ length: channelCount }, (_, channel) => {
    const row = new Float32Array(frames);
    for (let k = 1; k <= 24; k++) {
      const step = (2 * Math.PI * (55 + 7 * channel) * k * 1.003 ** k) / sampleRateHz;
      for (let n = 0; n < frames; n++) row[n] += Math.sin(step * n + k * k) / k;
    }
    let peak = 0;
    for (let n = 0; n < frames; n++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      const beat = Math.exp(-((n + channel * 1000) % 24000) / 9000);
      row[n] = (row[n] + state / 2 ** 36) * (0.3 + beat) + (state / 2 ** 31) * 0.3 * beat ** 6;
      peak = Math.max(peak, Math.abs(row[n]));
    }
    return row.map((x) => (x * peakGain) / peak);
  });
}
