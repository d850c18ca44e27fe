import { polarToCartesian } from '../base/coordinates.ts';
import { escapeXml } from '../base/xml-text.ts';
import { createFft, nextPowerOfTwo } from '../dsp/fft.ts';
import { createEarResponses, createHrtfInterpolator } from './hrtf-interpolator.ts';
import type { HrtfSet } from './hrtf-set.ts';
import { cosineToEar, sphereArrivalSec } from './rigid-sphere.ts';

const plotWidth = 640;
const plotHeight = 210;
const timeHeight = 170;
const [marginLeft, marginTop, plotGap, marginRight, marginBottom] = [64, 84, 46, 96, 44];

/** Step of the picture in azimuth, and bands an octave. */
const stepDeg = 4;
const bandsPerOctave = 8;
const [lowestHz, highestHz] = [100, 16_000];

/** Levels that the colours span. */
const [lowestDb, highestDb] = [-36, 15];

/** Steps of the colour scale, so that equal neighbours become one shape. */
const colourCount = 34;

/** Interaural delays that the lower plot spans, in microseconds. */
const longestUs = 900;

/** Colours from quiet to loud, evenly spaced; between them it is mixed. */
const scaleColours = ['#1b1b3a', '#31467f', '#2e86ab', '#5fb6a4', '#d9d67a', '#f0a04b', '#d1495b'];

/**
 * Draws a set in the horizontal plane: the level of each ear over azimuth and frequency, and the interaural
 * time difference with that of a rigid sphere beside it. Left in the picture is left of the listener.
 * @returns an SVG document; the same set always gives the same text
 */
export function hrtfSvg(hrtf: HrtfSet): string {
  const { levelsDb, delaysUs } = horizontalPlane(hrtf);
  const width = marginLeft + plotWidth + marginRight;
  const timeTop = marginTop + 2 * (plotHeight + plotGap);
  const height = timeTop + timeHeight + marginBottom;
  const facts = `${hrtf.directionCount} directions, ${hrtf.tapCount} taps at ${hrtf.sampleRateHz} Hz; horizontal plane`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Inter, Helvetica, Arial, sans-serif" font-size="11" fill="#22262b">`,
    `<title>${escapeXml(hrtf.name)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fbfaf8"/>`,
    `<text x="${marginLeft}" y="34" font-size="18" font-weight="600">${escapeXml(hrtf.name)}</text>`,
    `<text x="${marginLeft}" y="54" fill="#70757c">${escapeXml(facts)}</text>`,
    ...['left ear', 'right ear'].map((title, ear) => {
      const top = marginTop + ear * (plotHeight + plotGap);
      return `<g transform="translate(${marginLeft} ${top})">${drawLevels(title, levelsDb[ear]!)}</g>`;
    }),
    `<g transform="translate(${marginLeft + plotWidth + 18} ${marginTop})">${drawScale()}</g>`,
    `<g transform="translate(${marginLeft} ${timeTop})">${drawDelays(delaysUs)}</g>`,
    '</svg>',
    '',
  ].join('\n');
}

/** Azimuths of the picture, from 180 at the left edge to -180 at the right. */
const azimuthsDeg = Array.from({ length: 360 / stepDeg + 1 }, (_, i) => 180 - i * stepDeg);

const bandCount = Math.floor(Math.log2(highestHz / lowestHz) * bandsPerOctave);

/** What the picture shows. */
interface HorizontalPlane {
  /** [ear][azimuth][band] */
  readonly levelsDb: readonly (readonly Float64Array[])[];
  /** [azimuth]; positive where the left ear hears first. */
  readonly delaysUs: readonly number[];
}

function horizontalPlane(hrtf: HrtfSet): HorizontalPlane {
  const interpolator = createHrtfInterpolator(hrtf);
  const responses = createEarResponses(hrtf.tapCount);
  const fft = createFft(nextPowerOfTwo(4 * hrtf.tapCount));
  const real = new Float64Array(fft.size);
  const imaginary = new Float64Array(fft.size);
  const levelsDb: [Float64Array[], Float64Array[]] = [[], []];
  const delaysUs = azimuthsDeg.map((azimuthDeg) => {
    interpolator.interpolate(polarToCartesian(azimuthDeg, 0), responses);
    for (const [ear, response] of [responses.left, responses.right].entries()) {
      real.fill(0);
      imaginary.fill(0);
      real.set(response);
      fft.forward(real, imaginary);
      levelsDb[ear as 0 | 1].push(bandLevels(real, imaginary, fft.size / hrtf.sampleRateHz));
    }
    const [left, right] = responses.arrivalSamples;
    return ((right! - left!) / hrtf.sampleRateHz) * 1e6;
  });
  return { levelsDb, delaysUs };
}

/** Mean power in each band of the picture, in dB. */
function bandLevels(real: Float64Array, imaginary: Float64Array, binsPerHz: number): Float64Array {
  return Float64Array.from({ length: bandCount }, (_, band) => {
    const edge = (place: number): number => lowestHz * 2 ** (place / bandsPerOctave) * binsPerHz;
    const from = Math.round(edge(band));
    const to = Math.max(from, Math.min(real.length / 2, Math.round(edge(band + 1))));
    let power = 0;
    for (let k = from; k <= to; k++) power += (real[k]! ** 2 + imaginary[k]! ** 2) / (to - from + 1);
    return 10 * Math.log10(Math.max(power, 1e-12));
  });
}

const colourStep = (levelDb: number): number =>
  Math.round(Math.max(0, Math.min(1, (levelDb - lowestDb) / (highestDb - lowestDb))) * (colourCount - 1));

/** Colour of a step of the scale. */
function colourOf(step: number): string {
  const place = (step / (colourCount - 1)) * (scaleColours.length - 1);
  const index = Math.min(scaleColours.length - 2, Math.floor(place));
  const channel = (colour: string, at: number): number => Number.parseInt(colour.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) => {
    const from = channel(scaleColours[index]!, at);
    const value = from + (channel(scaleColours[index + 1]!, at) - from) * (place - index);
    return Math.round(value).toString(16).padStart(2, '0');
  });
  return `#${mixed.join('')}`;
}

/** One ear: a field of colours, bands upward, azimuths to the right. */
function drawLevels(title: string, levels: readonly Float64Array[]): string {
  const cellWidth = plotWidth / levels.length;
  const cellHeight = plotHeight / bandCount;
  const shapes = new Map<number, string>();
  levels.forEach((column, azimuth) => {
    for (let band = 0, end; band < bandCount; band = end) {
      const step = colourStep(column[band]!);
      for (end = band + 1; end < bandCount && colourStep(column[end]!) === step;) end++;
      const top = plotHeight - end * cellHeight;
      // A little wider and higher than the cell: no seams show between neighbours.
      const shape = `M${round(azimuth * cellWidth)} ${round(top)}h${round(cellWidth + 0.4)}v${round((end - band) * cellHeight + 0.4)}h-${round(cellWidth + 0.4)}z`;
      shapes.set(step, (shapes.get(step) ?? '') + shape);
    }
  });
  const field = [...shapes]
    .sort(([a], [b]) => a - b)
    .map(([step, path]) => `<path d="${path}" fill="${colourOf(step)}"/>`)
    .join('');
  const frequencies = [100, 200, 500, 1000, 2000, 5000, 10_000].map((frequencyHz) => {
    const y = plotHeight - (Math.log2(frequencyHz / lowestHz) * bandsPerOctave * plotHeight) / bandCount;
    const label = frequencyHz < 1000 ? String(frequencyHz) : `${frequencyHz / 1000}k`;
    return `<text x="-8" y="${round(y)}" dy="4" text-anchor="end">${label}</text>`;
  });
  return `${field}${heading(title, 'Hz')}${frequencies.join('')}${azimuthTicks(plotHeight)}`;
}

function drawScale(): string {
  const cellHeight = plotHeight / colourCount;
  const cells = Array.from(
    { length: colourCount },
    (_, step) =>
      `<rect y="${round(plotHeight - (step + 1) * cellHeight)}" width="14" height="${round(cellHeight + 0.4)}" fill="${colourOf(step)}"/>`,
  );
  const labels = [-30, -20, -10, 0, 10].map((levelDb) => {
    const y = plotHeight - ((levelDb - lowestDb) / (highestDb - lowestDb)) * plotHeight;
    return `<text x="20" y="${round(y)}" dy="4">${levelDb} dB</text>`;
  });
  return cells.join('') + labels.join('');
}

/** The interaural time difference over azimuth, and a rigid sphere's for comparison. */
function drawDelays(delaysUs: readonly number[]): string {
  const point = (azimuthDeg: number, delayUs: number): string => {
    const held = Math.max(-longestUs, Math.min(longestUs, delayUs));
    return `${round(xOf(azimuthDeg))} ${round((0.5 - held / (2 * longestUs)) * timeHeight)}`;
  };
  const line = (values: readonly number[]): string =>
    `M${values.map((delayUs, i) => point(azimuthsDeg[i]!, delayUs)).join('L')}`;
  const sphereUs = azimuthsDeg.map(
    (azimuthDeg) =>
      1e6 *
      (sphereArrivalSec(cosineToEar(azimuthDeg, 0, 1)) - sphereArrivalSec(cosineToEar(azimuthDeg, 0, 0))),
  );
  const grid = [-800, -400, 0, 400, 800].map((delayUs) => {
    const y = round((0.5 - delayUs / (2 * longestUs)) * timeHeight);
    return `<path d="M0 ${y}h${plotWidth}" stroke="#e2dfd8"/><text x="-8" y="${y}" dy="4" text-anchor="end">${delayUs}</text>`;
  });
  return (
    `${grid.join('')}${heading('interaural time difference, positive where the left ear hears first', 'us')}` +
    `<path d="${line(sphereUs)}" fill="none" stroke="#9a978f" stroke-width="1.5" stroke-dasharray="4 4"/>` +
    `<path d="${line(delaysUs)}" fill="none" stroke="#d1495b" stroke-width="2"/>` +
    `<text x="${plotWidth + 18}" y="14" fill="#d1495b">this set</text>` +
    `<text x="${plotWidth + 18}" y="30" fill="#70757c">rigid sphere</text>` +
    azimuthTicks(timeHeight)
  );
}

const heading = (title: string, unit: string): string =>
  `<text y="-9" font-weight="600">${title}</text><text x="-8" y="-9" text-anchor="end" fill="#70757c">${unit}</text>`;

const xOf = (azimuthDeg: number): number => ((180 - azimuthDeg) / 360) * plotWidth;

const azimuthTicks = (height: number): string =>
  [180, 90, 0, -90, -180]
    .map((azimuthDeg, i) => {
      const x = round(xOf(azimuthDeg));
      const name = ['back', 'left 90', 'front 0', 'right -90', 'back'][i];
      return `<path d="M${x} ${height}v4" stroke="#22262b"/><text x="${x}" y="${height + 16}" text-anchor="middle">${name}</text>`;
    })
    .join('');

const round = (value: number): string => String(Number(value.toFixed(2)));
