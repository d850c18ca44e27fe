import { polarToCartesian } from '../base/coordinates.ts';
import type { Vec3 } from '../base/coordinates.ts';
import { rationalToSec } from '../base/time.ts';
import { escapeXml } from '../base/xml-text.ts';
import { findLayout, getLayout } from '../layouts/built-in.ts';
import type { Layout } from '../layouts/layout.ts';
import { bedsOf, objectsOf, pointOf } from './queries.ts';
import type { AudioObject, ObjectBlock, Scene } from './scene.ts';

/** Options of `trajectorySvg`. */
export interface TrajectorySvgOptions {
  /** Loudspeakers to draw. Default: those of the first bed with a built-in layout, else 7.1.4. */
  readonly layout?: Layout | undefined;
}

const palette = [
  '#d1495b',
  '#2e86ab',
  '#e29c2e',
  '#4f9d69',
  '#8e5ea2',
  '#1f9e9a',
  '#b5651d',
  '#5c6bc0',
  '#c2549d',
  '#6b8e23',
];
const viewSize = 400;
/** Room around the cube for the words of a view. */
const viewMargin = 38;
const gap = 36;
const headHeight = 76;
const legendRowHeight = 22;
const legendColumns = 3;
/** More points than this on one path cannot be told apart at this size. */
const maxPathPoints = 600;

/** One object as it is drawn. */
interface Trace {
  readonly name: string;
  readonly colour: string;
  readonly number: number;
  /** Unbroken runs of points; a jump begins a new one. */
  readonly runs: readonly (readonly Vec3[])[];
  readonly summary: string;
}

/** Turns a point of the room into the two coordinates of a view, both from -1 to 1, up positive. */
type Projection = (point: Vec3) => readonly [number, number];

/**
 * Draws where the objects of a scene are and move: the room from above and from the left, loudspeakers, and
 * a numbered path for each object (a ring where it begins, the number where it ends, dashes where it jumps).
 * @returns an SVG document; the same scene always gives the same text
 */
export function trajectorySvg(scene: Scene, options: TrajectorySvgOptions = {}): string {
  const layout = options.layout ?? bedLayoutOf(scene) ?? getLayout('7.1.4');
  const traces = objectsOf(scene).map(traceOf);
  const reach = Math.max(
    1,
    ...traces.flatMap(({ runs }) => runs.flat().map((point) => Math.max(...point.map(Math.abs)))),
  );
  const width = 3 * gap + 2 * viewSize;
  const legendTop = headHeight + viewSize + 44;
  const height = legendTop + Math.ceil(Math.max(1, traces.length) / legendColumns) * legendRowHeight + 20;
  const top = drawView('from above', traces, layout, reach, ([x, y]) => [x, y]);
  const side = drawView('from the left', traces, layout, reach, ([, y, z]) => [-y, z]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Inter, Helvetica, Arial, sans-serif">`,
    `<title>${escapeXml(scene.name)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fbfaf8"/>`,
    `<text x="${gap}" y="36" font-size="20" font-weight="600" fill="#22262b">${escapeXml(scene.name)}</text>`,
    `<text x="${gap}" y="56" font-size="12" fill="#70757c">${escapeXml(subtitle(scene, layout))}</text>`,
    `<g transform="translate(${gap} ${headHeight})">${top}</g>`,
    `<g transform="translate(${2 * gap + viewSize} ${headHeight})">${side}</g>`,
    ...traces.map((trace, index) =>
      drawLegendEntry(trace, index, legendTop, (width - 2 * gap) / legendColumns),
    ),
    '</svg>',
    '',
  ].join('\n');
}

const bedLayoutOf = (scene: Scene): Layout | undefined =>
  bedsOf(scene)
    .map(({ layout }) => (layout === undefined ? undefined : findLayout(layout)))
    .find((layout) => layout !== undefined);

function subtitle(scene: Scene, layout: Layout): string {
  const count = objectsOf(scene).length;
  const objects = count === 1 ? '1 object' : `${count} objects`;
  const beds = bedsOf(scene).map((bed) => bed.name);
  const bedText = beds.length === 0 ? '' : `, ${beds.length === 1 ? 'bed' : 'beds'} ${beds.join(', ')}`;
  return `${objects}${bedText}; loudspeakers of ${layout.aliases[0] ?? layout.name}`;
}

function traceOf(object: AudioObject, index: number): Trace {
  const runs: Vec3[][] = [];
  for (const block of thinned(object.blocks)) {
    const point = pointOf(block.position);
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (!run || (block.jumpPosition && last && !samePoint(last, point))) runs.push([point]);
    else if (!last || !samePoint(last, point)) run.push(point);
  }
  return {
    name: object.name,
    colour: palette[index % palette.length]!,
    number: index + 1,
    runs,
    summary: summaryOf(object, runs),
  };
}

function thinned(blocks: readonly ObjectBlock[]): ObjectBlock[] {
  const stride = Math.ceil(blocks.length / maxPathPoints);
  return blocks.filter((_, index) => index % stride === 0 || index === blocks.length - 1);
}

const samePoint = (a: Vec3, b: Vec3): boolean => a.every((value, axis) => Math.abs(value - b[axis]!) < 1e-9);

function summaryOf(object: AudioObject, runs: readonly (readonly Vec3[])[]): string {
  if (runs.length === 1 && runs[0]!.length === 1) return 'still';
  const last = object.blocks.at(-1)!;
  const endSec = rationalToSec(last.startSec) + (last.durationSec ? rationalToSec(last.durationSec) : 0);
  return `moves until ${Number(endSec.toFixed(2))} s`;
}

function drawView(
  title: string,
  traces: readonly Trace[],
  layout: Layout,
  reach: number,
  project: Projection,
): string {
  const half = viewSize / 2;
  const scale = (half - viewMargin) / reach;
  const place = (point: Vec3): [string, string] => {
    const [right, up] = project(point);
    return [round(half + right * scale), round(half - up * scale)];
  };
  const corner = round(half - scale);
  const edge = round(2 * scale);
  return [
    `<rect width="${viewSize}" height="${viewSize}" rx="10" fill="#ffffff" stroke="#e4e2dd"/>`,
    `<rect x="${corner}" y="${corner}" width="${edge}" height="${edge}" fill="none" stroke="#d9d6cf"/>`,
    `<circle cx="${half}" cy="${half}" r="${round(scale)}" fill="none" stroke="#d9d6cf" stroke-dasharray="2 4"/>`,
    `<path d="M${half - 6} ${half}h12M${half} ${half - 6}v12" stroke="#b5b1a8"/>`,
    ...drawLoudspeakers(layout, place),
    ...[...traces].reverse().map((trace) => drawTrace(trace, place)),
    `<text x="12" y="20" font-size="12" fill="#70757c">${title}</text>`,
    title === 'from above'
      ? `<text x="${half}" y="20" font-size="11" text-anchor="middle" fill="#9a978f">front</text>`
      : `<text transform="translate(20 ${half}) rotate(-90)" font-size="11" text-anchor="middle" fill="#9a978f">front</text>`,
  ].join('');
}

function drawLoudspeakers(layout: Layout, place: (point: Vec3) => [string, string]): string[] {
  const spots = new Map<string, string[]>();
  for (const { label, isLfe, azimuthDeg, elevationDeg } of layout.loudspeakers) {
    if (isLfe) continue;
    const spot = place(polarToCartesian(azimuthDeg, elevationDeg)).join(' ');
    spots.set(spot, [...(spots.get(spot) ?? []), label]);
  }
  return [...spots].map(([spot, labels]) => {
    const [x, y] = spot.split(' ');
    return `<circle cx="${x}" cy="${y}" r="3.5" fill="#c9c5bb"><title>${escapeXml(labels.join(', '))}</title></circle>`;
  });
}

function drawTrace({ name, colour, number, runs }: Trace, place: (point: Vec3) => [string, string]): string {
  const lines = runs
    .filter((run) => run.length > 1)
    .map((run) => `M${run.map((point) => place(point).join(' ')).join('L')}`);
  const jumps = runs
    .slice(1)
    .map((run, index) => `M${place(runs[index]!.at(-1)!).join(' ')}L${place(run[0]!).join(' ')}`);
  const first = runs[0]?.[0];
  const last = runs.at(-1)?.at(-1);
  if (!first || !last) return '';
  const [startX, startY] = place(first);
  const [endX, endY] = place(last);
  const stroke = `fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"`;
  return [
    `<g><title>${escapeXml(name)}</title>`,
    lines.length > 0 ? `<path d="${lines.join('')}" ${stroke} opacity="0.8"/>` : '',
    jumps.length > 0 ? `<path d="${jumps.join('')}" ${stroke} stroke-dasharray="1 6" opacity="0.6"/>` : '',
    first === last
      ? ''
      : `<circle cx="${startX}" cy="${startY}" r="4.5" fill="#ffffff" stroke="${colour}" stroke-width="2"/>`,
    drawBadge(endX, endY, colour, number),
    '</g>',
  ].join('');
}

const drawBadge = (x: string, y: string, colour: string, number: number): string =>
  `<circle cx="${x}" cy="${y}" r="8.5" fill="${colour}" stroke="#ffffff" stroke-width="1.5"/>` +
  `<text x="${x}" y="${y}" dy="3.5" font-size="10" font-weight="600" text-anchor="middle" fill="#ffffff">${number}</text>`;

function drawLegendEntry(trace: Trace, index: number, top: number, columnWidth: number): string {
  const x = gap + (index % legendColumns) * columnWidth;
  const y = top + Math.floor(index / legendColumns) * legendRowHeight;
  const name = trace.name.length > 26 ? `${trace.name.slice(0, 25)}…` : trace.name;
  return (
    `<g transform="translate(${round(x)} ${y})">${drawBadge('9', '0', trace.colour, trace.number)}` +
    `<text x="26" y="4" font-size="12" fill="#22262b">${escapeXml(name)}` +
    `<tspan fill="#9a978f" dx="8">${trace.summary}</tspan></text></g>`
  );
}

const round = (value: number): string => String(Number(value.toFixed(2)));
