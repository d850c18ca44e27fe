/** First free byte; 0 before the first allocation. */
let free: usize = 0;

/**
 * Takes zeroed memory for good: a kernel allocates when it is created and never again, and the whole memory goes
 * with its set. Every allocation is followed by 64 bytes that vector loads at the end of an array may touch.
 */
export function allocate(bytes: usize): usize {
  if (free === 0) free = (__heap_base + 63) & ~63;
  const start = free;
  free = (start + bytes + 64 + 63) & ~63;
  const missingPages = <i32>((free + 0xffff) >>> 16) - memory.size();
  if (missingPages > 0 && memory.grow(missingPages) < 0) unreachable();
  return start;
}
