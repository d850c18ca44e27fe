/**
 * Drum sounds. Each function adds one hit to `out` from sample `at`; `level` scales its peak, which is near 1.
 */
import { controlSamples, OnePole, Svf } from './filters.mjs';
import { Noise, Pulse } from './oscillators.mjs';

const twoPi = 2 * Math.PI;
const fs = 48000;

/** Runs `sample(timeSec, index)` over one hit, with a short fade at its end so that no tail is cut. */
function addHit(out, at, durationSec, level, sample) {
  const length = Math.min(Math.round(durationSec * fs), out.length - at);
  const fade = 0.01 * fs;
  for (let i = 0; i < length; i++) {
    out[at + i] += level * Math.min(1, (length - i) / fade) * sample(i / fs, i);
  }
}

/** A round kick: a sine that falls from 420 to 48 Hz, a beater click, soft saturation. */
export function kick(out, at, level, seed) {
  const noise = new Noise(seed);
  const click = new Svf(fs, 3200, 0.8);
  let phase = 0;
  addHit(out, at, 0.5, level, (t) => {
    phase += (48 + 105 * Math.exp(-t / 0.032) + 270 * Math.exp(-t / 0.005)) / fs;
    const body = Math.sin(twoPi * phase) * Math.exp(-t / 0.15) * (1 - Math.exp(-t / 0.0006));
    const beater = click.nextBand(noise.next()) * Math.exp(-t / 0.004) * 0.55;
    return Math.tanh(1.9 * body + beater) / 0.956;
  });
}

/** Snare: two shell modes, the wires as shaped noise, a stick transient. */
export function snare(out, at, level, seed) {
  const noise = new Noise(seed);
  const wires = new Svf(fs, 4200, 0.6);
  const lowCut = new Svf(fs, 900);
  addHit(out, at, 0.45, level, (t) => {
    const shell =
      Math.sin(twoPi * (186 * t + 1.1 * (1 - Math.exp(-t / 0.02)))) * Math.exp(-t / 0.075) * 0.8 +
      Math.sin(twoPi * 331 * t) * Math.exp(-t / 0.05) * 0.4;
    const hiss = lowCut.nextHigh(wires.nextBand(noise.next()));
    const rattle = hiss * (0.8 * Math.exp(-t / 0.012) + 0.75 * Math.exp(-t / 0.11));
    return Math.tanh(1.3 * (shell * (1 - Math.exp(-t / 0.0004)) + 1.5 * rattle)) * 0.95;
  });
}

/** Hand clap: four short bursts and a room-like tail. */
export function clap(out, at, level, seed) {
  const noise = new Noise(seed);
  const tone = new Svf(fs, 1350, 1.3);
  const bright = new Svf(fs, 650);
  addHit(out, at, 0.4, level, (t) => {
    const burst = t < 0.033 ? Math.exp(-(t % 0.011) / 0.0035) : 0;
    const tail = t >= 0.026 ? Math.exp(-(t - 0.026) / 0.085) * 0.6 : 0;
    return Math.tanh(2.4 * bright.nextHigh(tone.nextBand(noise.next())) * (burst + tail));
  });
}

const metalHz = [317, 421, 563, 683, 821, 1049].map((f) => f * 4.1);

/** Hi-hat: six inharmonic pulses and noise above 6.5 kHz; `decaySec` closes or opens it. */
export function hat(out, at, level, decaySec, seed) {
  const noise = new Noise(seed);
  const metal = metalHz.map((_, index) => new Pulse(0.5, ((seed * 0.37 + index * 0.19) % 1) * 0.99));
  const highPass = new Svf(fs, 6500, 0.9);
  addHit(out, at, decaySec * 5, level, (t) => {
    let ring = 0;
    for (let i = 0; i < metal.length; i++) ring += metal[i].next(metalHz[i] / fs);
    const bright = highPass.nextHigh(ring * 0.13 + noise.next() * 0.5);
    return bright * (1 - Math.exp(-t / 0.0003)) * (Math.exp(-t / decaySec) + 0.5 * Math.exp(-t / 0.004));
  });
}

/** Tom: a falling sine with a second mode and a skin-like attack. */
export function tom(out, at, level, frequencyHz, seed) {
  const noise = new Noise(seed);
  const skin = new Svf(fs, 1800, 0.7);
  let phase = 0;
  addHit(out, at, 0.7, level, (t) => {
    phase += (frequencyHz * (1 + 0.55 * Math.exp(-t / 0.03))) / fs;
    const drum =
      Math.sin(twoPi * phase) * Math.exp(-t / 0.17) +
      0.3 * Math.sin(twoPi * 1.59 * phase) * Math.exp(-t / 0.07);
    const stroke = skin.nextBand(noise.next()) * Math.exp(-t / 0.012) * 0.7;
    return Math.tanh(1.2 * drum * (1 - Math.exp(-t / 0.0007)) + stroke) * 0.95;
  });
}

/** Struck wood: three damped modes and a tick. */
export function wood(out, at, level, frequencyHz, seed) {
  const noise = new Noise(seed);
  const tick = new Svf(fs, 5200, 0.8);
  addHit(out, at, 0.25, level, (t) => {
    const modes =
      Math.sin(twoPi * frequencyHz * t) * Math.exp(-t / 0.035) +
      0.45 * Math.sin(twoPi * frequencyHz * 2.57 * t) * Math.exp(-t / 0.016) +
      0.2 * Math.sin(twoPi * frequencyHz * 4.95 * t) * Math.exp(-t / 0.008);
    return (
      0.75 * modes * (1 - Math.exp(-t / 0.0003)) + tick.nextBand(noise.next()) * Math.exp(-t / 0.003) * 0.5
    );
  });
}

/** A shaker stroke: breathy noise that swells for a moment before it falls. */
export function shake(out, at, level, seed) {
  const noise = new Noise(seed);
  const grain = new Svf(fs, 7800, 0.8);
  const highPass = new Svf(fs, 4500);
  addHit(out, at, 0.16, level, (t) => {
    const stroke = (1 - Math.exp(-t / 0.009)) * Math.exp(-t / 0.035);
    return 1.6 * stroke * highPass.nextHigh(grain.nextBand(noise.next()));
  });
}

/** Crash cymbal: dense noise that darkens as it rings; other seeds give uncorrelated channels. */
export function crash(out, at, level, seed) {
  const noise = new Noise(seed);
  const highPass = new Svf(fs, 3200);
  const lid = new Svf(fs, 16000);
  addHit(out, at, 3, level, (t, i) => {
    if (i % controlSamples === 0) lid.tune(3500 + 12500 * Math.exp(-t / 0.7));
    const bright = highPass.nextHigh(lid.next(noise.next()));
    return bright * (1 - Math.exp(-t / 0.001)) * (0.55 * Math.exp(-t / 0.75) + 0.3 * Math.exp(-t / 0.06));
  });
}

/** Impact: a sub that drops to 32 Hz under a burst of dark noise. */
export function impact(out, at, level, seed) {
  const noise = new Noise(seed);
  const dark = new OnePole(fs, 420);
  let phase = 0;
  addHit(out, at, 2.6, level, (t) => {
    phase += (32 + 62 * Math.exp(-t / 0.22)) / fs;
    const sub = Math.sin(twoPi * phase) * Math.exp(-t / 0.6) * (1 - Math.exp(-t / 0.004));
    const thud = dark.next(noise.next()) * (2.2 * Math.exp(-t / 0.05) + 0.9 * Math.exp(-t / 0.5));
    return Math.tanh(1.2 * sub + thud) * 0.9;
  });
}
