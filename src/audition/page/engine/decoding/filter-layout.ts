/** Filters as the server sends them, cut into channels. */
export interface FilterRows {
  readonly tapCount: number;
  /** Rows in the order of the file, each [tap]. */
  readonly rows: readonly Float32Array[];
}

/**
 * Cuts filters into rows of equal length and delays all by the same time, so that paths of different delays meet.
 * @param data [row][tap]
 * @throws RangeError where the data cannot be cut so
 */
export function filterRows(data: Float32Array, rowCount: number, delaySamples: number): FilterRows {
  const ownTapCount = data.length / rowCount;
  if (!Number.isInteger(ownTapCount) || ownTapCount === 0)
    throw new RangeError(
      `filters have ${data.length} values, which are not ${rowCount} rows of equal length`,
    );
  const tapCount = ownTapCount + delaySamples;
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const delayed = new Float32Array(tapCount);
    delayed.set(data.subarray(row * ownTapCount, (row + 1) * ownTapCount), delaySamples);
    return delayed;
  });
  return { tapCount, rows };
}

/** Rows two by two, as convolvers of two channels take them; a last one without partner is paired with silence. */
export function rowPairs(rows: readonly Float32Array[]): [Float32Array, Float32Array][] {
  const silent = new Float32Array(rows[0]?.length ?? 0);
  const pairs: [Float32Array, Float32Array][] = [];
  for (let i = 0; i < rows.length; i += 2) pairs.push([rows[i]!, rows[i + 1] ?? silent]);
  return pairs;
}
