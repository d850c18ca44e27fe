import { allocate } from './memory';
import { lineToRows, quadBytes, rowsToLine } from './row-frames';

/** Frames of one run at most: in float64, four channels of them fit the first cache. */
const capacityFrames: i32 = 512;
/** A cache line more than the frames, so that rows do not compete for the same lines of the cache. */
const rowBytes: usize = (capacityFrames << 2) + 64;
/** Of a section: b0, b1, b2, a1, a2 and the two states, each of four channels. */
const sectionBytes: usize = 7 * quadBytes;
/** States below this are set to zero. */
const smallestState: f64 = 1e-20;

/** State of one cascade. The filters are recursive: lanes are channels. */
@unmanaged
class FilterCascade {
  groupCount: i32;
  sectionCount: i32;
  /** [group of four channels][section][coefficient or state][4], float64. */
  sections: usize;
  /** [lane][frame], float32. */
  rows: usize;
  /** [frame][4], float64. */
  line: usize;
}

/** Allocates a cascade. */
export function createFilterCascade(channelCount: i32, sectionCount: i32): usize {
  const self = changetype<FilterCascade>(allocate(offsetof<FilterCascade>()));
  self.groupCount = (channelCount + 3) >> 2;
  self.sectionCount = sectionCount;
  self.sections = allocate(sectionBytes * sectionCount * self.groupCount);
  self.rows = allocate(4 * rowBytes);
  self.line = allocate(quadBytes * capacityFrames);
  return changetype<usize>(self);
}

/** Frames that one run takes at most. */
export function cascadeCapacityFrames(): i32 {
  return capacityFrames;
}

/** Where the samples of one channel of a group go, and come out. */
export function cascadeRow(cascade: usize, lane: i32): usize {
  return changetype<FilterCascade>(cascade).rows + rowBytes * lane;
}

/** Where b0 of a channel's section goes, float64; b1, b2, a1 and a2 follow, each 32 bytes on. */
export function cascadeSection(cascade: usize, channel: i32, section: i32): usize {
  const self = changetype<FilterCascade>(cascade);
  return self.sections + sectionBytes * (self.sectionCount * (channel >> 2) + section) + ((channel & 3) << 3);
}

/** Filters the samples of a group of four channels in place. */
export function cascadeRun(cascade: usize, group: i32, frameCount: i32): void {
  const self = changetype<FilterCascade>(cascade);
  const line = self.line, end = line + quadBytes * frameCount;
  rowsToLine(self.rows, rowBytes, line, frameCount);
  let section = self.sections + sectionBytes * self.sectionCount * group;
  for (let i = 0; i < self.sectionCount; i++, section += sectionBytes) runSection(section, line, end);
  lineToRows(line, self.rows, rowBytes, frameCount);
}

/** b x + state - a y */
// @ts-ignore: decorator
@inline
function nextState(b: v128, x: v128, state: v128, a: v128, y: v128): v128 {
  return f64x2.sub(f64x2.add(f64x2.mul(b, x), state), f64x2.mul(a, y));
}

/** Transposed direct form II, two pairs of channels side by side so that their latencies overlap. */
function runSection(section: usize, line: usize, end: usize): void {
  const b0 = v128.load(section), c0 = v128.load(section, 16);
  const b1 = v128.load(section, 32), c1 = v128.load(section, 48);
  const b2 = v128.load(section, 64), c2 = v128.load(section, 80);
  const a1 = v128.load(section, 96), d1 = v128.load(section, 112);
  const a2 = v128.load(section, 128), d2 = v128.load(section, 144);
  let s1 = v128.load(section, 160), t1 = v128.load(section, 176);
  let s2 = v128.load(section, 192), t2 = v128.load(section, 208);
  for (; line < end; line += quadBytes) {
    const x = v128.load(line), z = v128.load(line, 16);
    const y = f64x2.add(f64x2.mul(b0, x), s1), w = f64x2.add(f64x2.mul(c0, z), t1);
    s1 = nextState(b1, x, s2, a1, y), t1 = nextState(c1, z, t2, d1, w);
    s2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y)), t2 = f64x2.sub(f64x2.mul(c2, z), f64x2.mul(d2, w));
    v128.store(line, y), v128.store(line, w, 16);
  }
  v128.store(section, s1, 160), v128.store(section, t1, 176);
  v128.store(section, s2, 192), v128.store(section, t2, 208);
}

/** Zeroes small states. */
export function cascadeFlush(cascade: usize): void {
  const self = changetype<FilterCascade>(cascade);
  const end = self.sections + sectionBytes * self.sectionCount * self.groupCount;
  for (let section = self.sections; section < end; section += sectionBytes)
    for (let state = section + 160; state < section + sectionBytes; state += 16) {
      const value = v128.load(state);
      v128.store(state, v128.and(value, f64x2.ge(f64x2.abs(value), f64x2.splat(smallestState))));
    }
}

/** Zeroes all states. */
export function cascadeReset(cascade: usize): void {
  const self = changetype<FilterCascade>(cascade);
  const end = self.sections + sectionBytes * self.sectionCount * self.groupCount;
  for (let section = self.sections; section < end; section += sectionBytes) memory.fill(section + 160, 0, 2 * quadBytes);
}
