/** Colours that the views draw with, as CSS colours; scene-view.css gives each as --sv-NAME. */
export const colourNames = [
  'panel',
  'floor',
  'edge',
  'text',
  'dim',
  'accent',
  'sound',
  'low',
  'ear',
  'mid',
  'high',
] as const;

/** The colours by name. */
export type Colours = Readonly<Record<(typeof colourNames)[number], string>>;

/** Reads the colours as they are seen in an element: a probe computes what custom properties only describe. */
export function readColours(element: HTMLElement): Colours {
  const probe = element.ownerDocument.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const entries = colourNames.map((name) => {
    probe.style.color = `var(--sv-${name})`;
    return [name, plainColour(getComputedStyle(probe).color)];
  });
  probe.remove();
  return Object.fromEntries(entries) as Colours;
}

/** A computed colour as rgb(r, g, b) where it is one of sRGB's forms: mixed ones come as color(srgb r g b), 0..1. */
export function plainColour(colour: string): string {
  const match = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)/.exec(colour);
  if (!match) return colour;
  return `rgb(${match
    .slice(1)
    .map((share) => Math.round(Number(share) * 255))
    .join(', ')})`;
}

const steps = 20;
const ramps = new WeakMap<Colours, string[]>();

/** Colour of a height: `low` at -1, `ear` at 0, `mid` at 0.5, `high` at 1, mixed between. */
export function heightColour(colours: Colours, height: number): string {
  let ramp = ramps.get(colours);
  if (!ramp) {
    const { low, ear, mid, high } = colours;
    ramp = Array.from({ length: 2 * steps + 1 }, (_, step) => {
      const share = step / steps - 1;
      if (share < 0) return mixColours(ear, low, -share);
      return share < 0.5 ? mixColours(ear, mid, 2 * share) : mixColours(mid, high, 2 * share - 1);
    });
    ramps.set(colours, ramp);
  }
  return ramp[Math.round((Math.min(1, Math.max(-1, height)) + 1) * steps)]!;
}

/** Mixes two colours of the form rgb(r, g, b); others are taken as they are. */
export function mixColours(from: string, to: string, share: number): string {
  const [a, b] = [channelsOf(from), channelsOf(to)];
  if (!a || !b) return share < 0.5 ? from : to;
  const mixed = a.map((value, index) => Math.round(value + (b[index]! - value) * share));
  return `rgb(${mixed.join(', ')})`;
}

function channelsOf(colour: string): number[] | undefined {
  const numbers = /^rgb/.test(colour)
    ? colour
        .match(/[\d.]+/g)
        ?.slice(0, 3)
        .map(Number)
    : undefined;
  return numbers?.length === 3 ? numbers : undefined;
}
