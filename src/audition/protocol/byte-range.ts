/** Bytes from start to end, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * What a Range header asks of a resource: one range of bytes (RFC 9110 clause 14.1.2), `whole` where there is no header
 * or one that is to be ignored (another unit, more than one range, not well formed), `unsatisfiable` where it lies
 * behind the end.
 * @param sizeBytes of the whole resource
 */
export function parseByteRange(
  header: string | undefined,
  sizeBytes: number,
): ByteRange | 'whole' | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/i.exec(header?.replaceAll(' ', '') ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return 'whole';
  const last = sizeBytes - 1;
  if (match[1] === '') {
    const lengthBytes = Math.min(Number(match[2]), sizeBytes);
    return lengthBytes === 0 ? 'unsatisfiable' : { start: sizeBytes - lengthBytes, end: last };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? Infinity : Number(match[2]);
  if (end < start) return 'whole';
  return start > last ? 'unsatisfiable' : { start, end: Math.min(end, last) };
}
