/** Where a channel of an ambisonic signal goes in ACN order, and the factor that makes it SN3D. */
export interface AmbisonicChannel {
  readonly acn: number;
  readonly factor: number;
}

/**
 * Furse-Malham channels W X Y Z R S T U V K L M N O P Q: ACN index and the factor from maxN (W: 1/sqrt(2)) to
 * SN3D. Malham, "Higher order ambisonic systems" (2003), with the factors of Daniel's thesis (2000), Table 3.2.
 */
const fuMaChannels: readonly AmbisonicChannel[] = [
  { acn: 0, factor: Math.SQRT2 },
  { acn: 3, factor: 1 },
  { acn: 1, factor: 1 },
  { acn: 2, factor: 1 },
  { acn: 6, factor: 1 },
  { acn: 7, factor: Math.sqrt(3) / 2 },
  { acn: 5, factor: Math.sqrt(3) / 2 },
  { acn: 8, factor: Math.sqrt(3) / 2 },
  { acn: 4, factor: Math.sqrt(3) / 2 },
  { acn: 12, factor: 1 },
  { acn: 13, factor: Math.sqrt(32 / 45) },
  { acn: 11, factor: Math.sqrt(32 / 45) },
  { acn: 14, factor: Math.sqrt(5) / 3 },
  { acn: 10, factor: Math.sqrt(5) / 3 },
  { acn: 15, factor: Math.sqrt(5 / 8) },
  { acn: 9, factor: Math.sqrt(5 / 8) },
];

/**
 * What brings each channel of an ambisonic signal to ACN order and SN3D.
 * @param order 1..7, at most 3 for FuMa (the order for which its channels are defined)
 * @returns [channel]; throws RangeError for FuMa of a higher order
 */
export function channelsToAcnSn3d(
  normalization: 'SN3D' | 'N3D' | 'FuMa',
  order: number,
): readonly AmbisonicChannel[] {
  const count = (order + 1) ** 2;
  if (normalization === 'FuMa') {
    if (order > 3) throw new RangeError(`FuMa of order ${order}; it is defined up to order 3`);
    return fuMaChannels.slice(0, count);
  }
  return Array.from({ length: count }, (_, acn) => {
    const degree = Math.floor(Math.sqrt(acn));
    return { acn, factor: normalization === 'N3D' ? 1 / Math.sqrt(2 * degree + 1) : 1 };
  });
}
