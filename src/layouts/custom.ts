import { wrapAzimuthDeg } from '../base/coordinates.ts';
import { LayoutError } from '../base/errors.ts';
import { isLfeLabel } from './labels.ts';
import type { Layout, Loudspeaker } from './layout.ts';
import { layoutSchema, type LayoutDocument } from './layout-schema.ts';
import { buildScreen } from './screen-schema.ts';

/** Nearest that two loudspeakers may stand, as an angle. */
const minimumSpacingDeg = 1;

/**
 * Makes a layout from the content of a layout file (see `layoutSchema`).
 * @param name how errors call the file, and the layout's name where the file gives none
 * @throws LayoutError "layout-invalid" that lists every fault; "layout-does-not-surround" when the loudspeakers
 * leave half of the horizon open and the file names no `foldFrom`
 */
export function parseLayout(json: unknown, name: string): Layout {
  const parsed = layoutSchema.safeParse(json);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${formatPath(issue.path)}: ${issue.message}`);
    throw invalid(name, faults);
  }
  const layout = toLayout(parsed.data, name);
  const faults = [...labelFaults(layout), ...spacingFaults(layout)];
  if (faults.length > 0) throw invalid(name, faults);
  const reason = layout.foldFrom === undefined ? whyNotSurrounding(layout) : undefined;
  if (reason !== undefined) {
    throw new LayoutError('layout-does-not-surround', `layout "${name}" cannot be panned to: ${reason}`, {
      hint: 'add loudspeakers, or name a layout in "foldFrom" that is rendered and folded down to this one',
    });
  }
  return layout;
}

/**
 * Why a layout cannot be panned to directly, or undefined where it can: the loudspeakers, with imaginary ones
 * above and below (BS.2127-1 clause 6.1.3.1), must enclose the listener, so no horizontal gap may reach 180
 * degrees. Stereo (0+2+0) has a rule of its own and always can (BS.2127-1 clause 6.1.2.4).
 */
export function whyNotSurrounding(layout: Layout): string | undefined {
  if (isStereo(layout)) return undefined;
  const full = layout.loudspeakers.filter((loudspeaker) => !loudspeaker.isLfe);
  if (full.length < 3) return `${full.length} loudspeaker(s) besides the LFE, at least 3 are needed`;
  const azimuthsDeg = full
    .filter((loudspeaker) => Math.abs(loudspeaker.elevationDeg) < 89)
    .map((loudspeaker) => loudspeaker.azimuthDeg)
    .sort((a, b) => a - b);
  for (const [index, fromDeg] of azimuthsDeg.entries()) {
    const toDeg = azimuthsDeg[index + 1] ?? azimuthsDeg[0]! + 360;
    if (toDeg - fromDeg > 180 - 1e-3) {
      return `no loudspeaker between azimuth ${fromDeg} and ${wrapAzimuthDeg(toDeg)} (a gap of ${toDeg - fromDeg} degrees, it must be less than 180)`;
    }
  }
  return azimuthsDeg.length === 0 ? 'all loudspeakers stand overhead or underneath' : undefined;
}

/** Whether a layout is the stereo pair of BS.2051 system A, which has a panning rule of its own. */
export const isStereo = (layout: Layout): boolean => layout.name === '0+2+0';

function toLayout(document: LayoutDocument, name: string): Layout {
  return {
    name: document.name ?? name,
    aliases: document.aliases ?? [],
    description: document.description ?? '',
    source: document.source ?? name,
    foldFrom: document.foldFrom,
    screen: document.screen && buildScreen(document.screen),
    loudspeakers: document.loudspeakers.map(toLoudspeaker),
  };
}

function toLoudspeaker(entry: LayoutDocument['loudspeakers'][number]): Loudspeaker {
  const nominalAzimuthDeg = entry.nominalAzimuthDeg ?? entry.azimuthDeg;
  const nominalElevationDeg = entry.nominalElevationDeg ?? entry.elevationDeg;
  return {
    label: entry.label,
    azimuthDeg: entry.azimuthDeg,
    elevationDeg: entry.elevationDeg,
    nominalAzimuthDeg,
    nominalElevationDeg,
    azimuthRangeDeg: entry.azimuthRangeDeg ?? [nominalAzimuthDeg, nominalAzimuthDeg],
    elevationRangeDeg: entry.elevationRangeDeg ?? [nominalElevationDeg, nominalElevationDeg],
    isLfe: entry.lfe ?? isLfeLabel(entry.label),
  };
}

function labelFaults(layout: Layout): string[] {
  const seen = new Map<string, number>();
  return layout.loudspeakers.flatMap(({ label }, index) => {
    const first = seen.get(label);
    seen.set(label, first ?? index);
    return first === undefined
      ? []
      : [`loudspeakers[${index}].label: "${label}" is taken by loudspeakers[${first}]`];
  });
}

function spacingFaults(layout: Layout): string[] {
  const faults: string[] = [];
  layout.loudspeakers.forEach((a, first) => {
    layout.loudspeakers.slice(first + 1).forEach((b, offset) => {
      if (a.isLfe || b.isLfe || angleBetweenDeg(a, b) >= minimumSpacingDeg) return;
      faults.push(
        `loudspeakers[${first + 1 + offset}]: "${b.label}" stands within ${minimumSpacingDeg} degree of "${a.label}"`,
      );
    });
  });
  return faults;
}

function angleBetweenDeg(a: Loudspeaker, b: Loudspeaker): number {
  const toRad = Math.PI / 180;
  const cosine =
    Math.sin(a.elevationDeg * toRad) * Math.sin(b.elevationDeg * toRad) +
    Math.cos(a.elevationDeg * toRad) *
      Math.cos(b.elevationDeg * toRad) *
      Math.cos((a.azimuthDeg - b.azimuthDeg) * toRad);
  return Math.acos(Math.min(1, cosine)) / toRad;
}

const invalid = (name: string, faults: readonly string[]): LayoutError =>
  new LayoutError(
    'layout-invalid',
    `layout "${name}" has ${faults.length} fault(s):\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
  );

/** ["loudspeakers", 2, "label"] as "loudspeakers[2].label". */
function formatPath(path: readonly PropertyKey[]): string {
  return path.length === 0
    ? 'layout'
    : path
        .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
        .join('')
        .replace(/^\./, '');
}
