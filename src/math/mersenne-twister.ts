const stateLength = 624;
const shiftLength = 397;

/**
 * Numbers of the MT19937 generator (Matsumoto and Nishimura 1998) in [0, 1), 32 random bits each: what BS.2127-1
 * clause 7.4 makes its decorrelators of.
 * @param seed 0 .. 2^32 - 1
 */
export function createMersenneTwister(seed: number): () => number {
  const state = new Uint32Array(stateLength);
  state[0] = seed;
  for (let i = 1; i < stateLength; i++) {
    const previous = state[i - 1]! ^ (state[i - 1]! >>> 30);
    state[i] = Math.imul(previous, 1812433253) + i;
  }
  let next = stateLength;

  const renew = (): void => {
    for (let i = 0; i < stateLength; i++) {
      const joined = (state[i]! & 0x80000000) | (state[(i + 1) % stateLength]! & 0x7fffffff);
      state[i] = state[(i + shiftLength) % stateLength]! ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0);
    }
    next = 0;
  };

  return () => {
    if (next === stateLength) renew();
    let word = state[next++]!;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return ((word ^ (word >>> 18)) >>> 0) / 2 ** 32;
  };
}
