import { LayoutError } from '../base/errors.ts';
import { buildLayout } from './build-layout.ts';
import type { Layout, Loudspeaker } from './layout.ts';
import { layoutSchema } from './layout-schema.ts';
import { whyNotSurrounding } from './surrounding.ts';

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
  const layout = buildLayout(parsed.data, name);
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
