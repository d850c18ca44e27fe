/** Minus sign as wide as a figure. */
const minus = '\u2212';

/** A number with a true minus sign and a fixed count of decimals; "-0.0" is "0.0". */
export const formatNumber = (value: number, decimals = 1): string => {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? minus + text : text;
};

/** The same with a plus sign in front of what is above zero. */
export const formatSigned = (value: number, decimals = 1): string => {
  const text = formatNumber(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
};

/** A figure of a meter, where null is silence and undefined is not known yet. */
export const formatFigure = (value: number | null | undefined, decimals = 1): string => {
  if (value === undefined) return '\u2026';
  return value === null || !Number.isFinite(value) ? `${minus}\u221e` : formatNumber(value, decimals);
};
