/**
 * Scores binaural impulse responses against the set that they should be: spectral difference in ERB bands,
 * colouration, level and time differences between the ears, coherence and level of the diffuse field. Needs a build.
 *
 * A set: { sampleRateHz, tapCount, directionsDeg: [direction][azimuthDeg, elevationDeg], responses:
 * [direction][ear][tap] }. All means over directions are weighted by the area of their cells on the sphere, and one
 * gain for the whole set is taken out first; none is per direction.
 */
import { polarToCartesian } from '../dist/base/coordinates.js';
import { createFft, nextPowerOfTwo } from '../dist/dsp/fft.js';
import { triangulateSphere } from '../dist/math/sphere-triangulation.js';

const dbOf = (power) => 10 * Math.log10(power);
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rms = (values) => Math.sqrt(mean(values.map((value) => value * value)));

/** Solid angle of a spherical triangle, signed (Van Oosterom and Strackee 1983). */
function solidAngle(a, b, c) {
  const dot = (p, q) => p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
  const volume =
    a[0] * (b[1] * c[2] - b[2] * c[1]) +
    a[1] * (b[2] * c[0] - b[0] * c[2]) +
    a[2] * (b[0] * c[1] - b[1] * c[0]);
  return 2 * Math.atan2(volume, 1 + dot(a, b) + dot(b, c) + dot(c, a));
}

const unit = (v) => v.map((x) => x / Math.hypot(...v));

/** Areas of the Voronoi cells on the sphere, none above six times the median; the sum is 1. */
export function cellWeights(directionsDeg) {
  const count = directionsDeg.length / 2;
  const points = Array.from({ length: count }, (_, i) =>
    polarToCartesian(directionsDeg[2 * i], directionsDeg[2 * i + 1]),
  );
  const areas = new Float64Array(count);
  const { vertices } = triangulateSphere(points);
  for (let t = 0; t < vertices.length; t += 3) {
    const corners = [0, 1, 2].map((j) => points[vertices[t + j]]);
    const [a, b, c] = corners;
    const u = b.map((x, i) => x - a[i]);
    const v = c.map((x, i) => x - a[i]);
    const normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    const isInward = normal[0] * a[0] + normal[1] * a[1] + normal[2] * a[2] < 0;
    const centre = unit(isInward ? normal.map((x) => -x) : normal);
    const turn = isInward ? -1 : 1;
    for (let j = 0; j < 3; j++) {
      const [here, next] = [corners[j], corners[(j + 1) % 3]];
      const middle = unit(here.map((x, i) => x + next[i]));
      areas[vertices[t + j]] += turn * solidAngle(here, middle, centre);
      areas[vertices[t + ((j + 1) % 3)]] += turn * solidAngle(middle, next, centre);
    }
  }
  const sorted = areas.slice().sort();
  const limit = 3 * (sorted[(count - 1) >> 1] + sorted[count >> 1]);
  const limited = areas.map((area) => Math.min(area, limit));
  const sum = limited.reduce((total, area) => total + area, 0);
  return limited.map((area) => area / sum);
}

/** Centres of bands one ERB apart from 50 Hz to 18 kHz, and the weights of the bins in each (gammatone shapes). */
function erbBands(sampleRateHz, size) {
  const toErb = (frequencyHz) => 21.4 * Math.log10(1 + 0.00437 * frequencyHz);
  const toHz = (erb) => (10 ** (erb / 21.4) - 1) / 0.00437;
  const last = toErb(Math.min(18000, (sampleRateHz / 2) * 0.92));
  const centresHz = [];
  for (let i = 0; toErb(50) + i < last; i++) centresHz.push(toHz(toErb(50) + i));
  const weights = centresHz.map((centreHz) => {
    const width = 1.019 * 24.7 * (0.00437 * centreHz + 1);
    const row = Float64Array.from({ length: size / 2 + 1 }, (_, k) =>
      k === 0 ? 0 : (1 + (((k * sampleRateHz) / size - centreHz) / width) ** 2) ** -4,
    );
    const sum = row.reduce((total, weight) => total + weight, 0);
    return row.map((weight) => weight / sum);
  });
  return { centresHz, weights };
}

/** Second-order sections of a Butterworth low-pass, run over a signal. */
function lowPass(signal, order, cornerHz, sampleRateHz) {
  const output = Float64Array.from(signal);
  const w = Math.tan((Math.PI * cornerHz) / sampleRateHz);
  for (let section = 0; section < order / 2; section++) {
    const damping = 2 * Math.sin((Math.PI * (2 * section + 1)) / (2 * order));
    const a0 = 1 + damping * w + w * w;
    const [b, a1, a2] = [(w * w) / a0, (2 * (w * w - 1)) / a0, (1 - damping * w + w * w) / a0];
    let [x1, x2, y1, y2] = [0, 0, 0, 0];
    for (let n = 0; n < output.length; n++) {
      const x = output[n];
      const y = b * (x + 2 * x1 + x2) - a1 * y1 - a2 * y2;
      [x2, x1, y2, y1] = [x1, x, y1, y];
      output[n] = y;
    }
  }
  return output;
}

/** Steps between samples at which times are read. */
const up = 8;

/** Sinc under a Kaiser window (beta 5) that interpolates eight-fold. */
const interpolator = (() => {
  const half = 10 * up;
  const bessel = (x) => {
    let [sum, term] = [1, 1];
    for (let k = 1; k < 40; k++) sum += term *= (x / 2 / k) ** 2;
    return sum;
  };
  const taps = Float64Array.from({ length: 2 * half + 1 }, (_, i) => {
    const n = i - half;
    const sinc = n === 0 ? 1 : Math.sin((Math.PI * n) / up) / ((Math.PI * n) / up);
    return sinc * bessel(5 * Math.sqrt(1 - (n / half) ** 2));
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => (tap * up) / sum);
})();

/** First place at which a low-passed response comes within 10 dB of its peak, in samples. */
function onset(response, sampleRateHz) {
  const smooth = lowPass(response, 4, 3000, sampleRateHz);
  const fine = new Float64Array(smooth.length * up);
  const half = (interpolator.length - 1) / 2;
  for (let m = 0; m < smooth.length; m++)
    for (let i = Math.max(0, half - m * up); i < interpolator.length; i++) {
      const at = m * up + i - half;
      if (at >= fine.length) break;
      fine[at] += smooth[m] * interpolator[i];
    }
  const peak = fine.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0);
  return fine.findIndex((sample) => Math.abs(sample) >= peak * 10 ** (-10 / 20)) / up;
}

/** Lag at which the low-passed ears correlate best, left behind right, in samples. */
function correlationLag(left, right, sampleRateHz, fft, fineFft) {
  const spectra = [left, right].map((response) => {
    const re = new Float64Array(fft.size);
    const im = new Float64Array(fft.size);
    re.set(lowPass(response, 6, 1600, sampleRateHz));
    fft.forward(re, im);
    return [re, im];
  });
  const [[lr, li], [rr, ri]] = spectra;
  const re = new Float64Array(fineFft.size);
  const im = new Float64Array(fineFft.size);
  for (let k = 0; k <= fft.size / 2; k++) {
    re[k] = lr[k] * rr[k] + li[k] * ri[k];
    im[k] = li[k] * rr[k] - lr[k] * ri[k];
    if (k > 0) [re[fineFft.size - k], im[fineFft.size - k]] = [re[k], -im[k]];
  }
  fineFft.inverse(re, im);
  const reach = Math.floor(1e-3 * sampleRateHz * up);
  let best = 0;
  for (let lag = -reach; lag < reach; lag++)
    if (re[(lag + fineFft.size) % fineFft.size] > re[(best + fineFft.size) % fineFft.size]) best = lag;
  return best / up;
}

/** Band powers [direction][ear][band], cross spectra [direction][band] and time differences of a set. */
function analyse({ sampleRateHz, tapCount, directionsDeg, responses }, size, bands) {
  const fft = createFft(size);
  const timeFft = createFft(nextPowerOfTwo(2 * (tapCount + 256)));
  const fineFft = createFft(timeFft.size * up);
  return Array.from({ length: directionsDeg.length / 2 }, (_, d) => {
    const ears = [0, 1].map((ear) =>
      responses.subarray((2 * d + ear) * tapCount, (2 * d + ear + 1) * tapCount),
    );
    const [[lr, li], [rr, ri]] = ears.map((response) => {
      const re = new Float64Array(size);
      const im = new Float64Array(size);
      re.set(response);
      fft.forward(re, im);
      return [re, im];
    });
    const values = new Float64Array(size / 2 + 1);
    const inBands = (valueOf) => {
      for (let k = 0; k < values.length; k++) values[k] = valueOf(k);
      return bands.weights.map((row) => {
        let sum = 0;
        for (let k = 0; k < values.length; k++) sum += row[k] * values[k];
        return sum;
      });
    };
    const padded = ears.map((response) => {
      const longer = new Float64Array(tapCount + 256);
      longer.set(response, 64);
      return longer;
    });
    return {
      powers: [inBands((k) => lr[k] ** 2 + li[k] ** 2), inBands((k) => rr[k] ** 2 + ri[k] ** 2)],
      cross: [inBands((k) => lr[k] * rr[k] + li[k] * ri[k]), inBands((k) => li[k] * rr[k] - lr[k] * ri[k])],
      correlationUs: (correlationLag(...padded, sampleRateHz, timeFft, fineFft) / sampleRateHz) * 1e6,
      onsetUs: ((onset(padded[0], sampleRateHz) - onset(padded[1], sampleRateHz)) / sampleRateHz) * 1e6,
    };
  });
}

/**
 * Scores a set against another with the same directions in the same order.
 *
 * SD: mean over directions and ears of the rms level difference over the bands from 100 Hz to 16 kHz, in dB; SDip and
 * SDco: of the louder and the quieter ear; CTF: rms of the mean level difference, colouration; ILDlo and ILDhi: mean
 * error of the level difference of the ears below and above 1.5 kHz; ITD and ITDon: mean error of the time difference
 * of the ears by correlation and by onset, in us; ICdf: mean error of the coherence of the ears in a diffuse field,
 * up to 8 kHz; DFdB: rms error of the diffuse field; gain: taken out, in dB.
 */
export function scoreBinaural(reference, test) {
  const { sampleRateHz, directionsDeg } = reference;
  if (test.sampleRateHz !== sampleRateHz || test.directionsDeg.length !== directionsDeg.length)
    throw new Error('both sets must have one rate and the same directions');
  const size = nextPowerOfTwo(Math.max(2048, reference.tapCount, test.tapCount));
  const bands = erbBands(sampleRateHz, size);
  const { centresHz } = bands;
  const weights = cellWeights(directionsDeg);
  const [a, b] = [analyse(reference, size, bands), analyse(test, size, bands)];
  const between = (fromHz, toHz) => centresHz.flatMap((hz, i) => (hz >= fromHz && hz <= toHz ? [i] : []));
  const [scored, gained] = [between(100, 16000), between(200, 12000)];
  const weighted = (valueOf) => a.reduce((sum, _, d) => sum + weights[d] * valueOf(d), 0);
  const levelOf = (set, d, ear, band) => dbOf(set[d].powers[ear][band] + 1e-14);
  const raw = a.map((_, d) =>
    [0, 1].map((ear) => centresHz.map((_hz, i) => levelOf(b, d, ear, i) - levelOf(a, d, ear, i))),
  );
  const gain = -weighted((d) => mean(raw[d].map((ear) => mean(gained.map((i) => ear[i])))));
  const sd = raw.map((ears) => ears.map((ear) => rms(scored.map((i) => ear[i] + gain))));
  const louder = a.map(({ powers }) => {
    const level = (ear) => mean(scored.map((i) => dbOf(powers[ear][i] + 1e-14)));
    return level(0) >= level(1) ? 0 : 1;
  });
  const colour = centresHz.map((_, i) => weighted((d) => (raw[d][0][i] + raw[d][1][i]) / 2 + gain));
  const ildError = (fromHz, toHz) => {
    const at = between(fromHz, toHz);
    return weighted((d) => mean(at.map((i) => Math.abs(raw[d][0][i] - raw[d][1][i]))));
  };
  const diffuse = (set, i) => weighted((d) => (set[d].powers[0][i] + set[d].powers[1][i]) / 2);
  const field = centresHz.map((_, i) => dbOf(diffuse(b, i) / diffuse(a, i)));
  const fieldGain = mean(gained.map((i) => field[i]));
  const coherence = (set, i) => {
    const size = Math.sqrt(weighted((d) => set[d].powers[0][i]) * weighted((d) => set[d].powers[1][i]));
    return [0, 1].map((part) => weighted((d) => set[d].cross[part][i]) / size);
  };
  const coherenceError = (i) => {
    const [re, im] = coherence(a, i);
    const [testRe, testIm] = coherence(b, i);
    return Math.hypot(re - testRe, im - testIm);
  };
  return {
    n: a.length,
    SD: weighted((d) => mean(sd[d])),
    SDip: weighted((d) => sd[d][louder[d]]),
    SDco: weighted((d) => sd[d][1 - louder[d]]),
    CTF: rms(scored.map((i) => colour[i])),
    ILDlo: ildError(100, 1500),
    ILDhi: ildError(1500, 16000),
    ITD: weighted((d) => Math.abs(a[d].correlationUs - b[d].correlationUs)),
    ITDon: weighted((d) => Math.abs(a[d].onsetUs - b[d].onsetUs)),
    ICdf: mean(between(100, 8000).map(coherenceError)),
    DFdB: rms(scored.map((i) => field[i] - fieldGain)),
    gain,
  };
}
