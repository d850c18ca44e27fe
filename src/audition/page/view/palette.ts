/** Colours that pictures are drawn with: those of the theme, as CSS has them. */
export interface Palette {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly raised: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly wave: string;
  readonly bad: string;
  readonly font: string;
}

/** Reads the colours from the custom properties of an element. */
export const readPalette = (element: Element): Palette => {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    text: colour('text'),
    muted: colour('muted'),
    line: colour('line'),
    raised: colour('raised'),
    accent: colour('accent'),
    accentSoft: colour('accent-soft'),
    wave: colour('wave'),
    bad: colour('bad'),
    font: style.fontFamily,
  };
};
