/** The parts of omnitone that are used. */
declare module 'omnitone/build/omnitone.esm.js' {
  /** Turns ambisonics by one gain for each pair of channels of a degree. */
  export interface HoaRotator {
    readonly input: AudioNode;
    readonly output: AudioNode;
    /** [degree - 1][in * (2 degree + 1) + out], counted within the degree. */
    readonly _gainNodeMatrix: readonly (readonly GainNode[])[];
  }

  /** Convolves the channels in pairs; adds up all of them for the left, for the right with those of m < 0 inverted. */
  export interface HoaConvolver {
    readonly input: AudioNode;
    readonly output: AudioNode;
  }

  const omnitone: {
    createHOARotator(context: BaseAudioContext, order: number): HoaRotator;
    createHOAConvolver(
      context: BaseAudioContext,
      order: number,
      filters: readonly AudioBuffer[],
    ): HoaConvolver;
  };
  export { omnitone as default };
}
