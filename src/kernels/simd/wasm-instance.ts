import { wasmBase64 } from './wasm.generated.ts';

/** The part of the JavaScript interface of WebAssembly that is used; TypeScript declares it for browsers only. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  Instance: new (module: object) => { exports: WasmExports };
};

/** The functions of `assembly/`; numbers named after what they mean there, addresses and counts in bytes. */
export interface WasmExports {
  readonly memory: { readonly buffer: ArrayBuffer };

  allocate(bytes: number): number;

  createMix(sourceCount: number, outputCount: number, capacityFrames: number): number;
  mixInput(mix: number): number;
  mixRamps(mix: number, source: number): number;
  mixSource(mix: number, source: number, elapsedSamples: number, fromFrame: number, toFrame: number): void;

  createWeightedEnergy(channelCount: number): number;
  energyCapacityFrames(): number;
  energyInputs(energy: number): number;
  energyRowBytes(): number;
  energySums(energy: number): number;
  energySetCoefficient(energy: number, index: number, value: number): void;
  energyLoad(energy: number, frameCount: number): void;
  energyAccumulate(energy: number, fromFrame: number, toFrame: number): void;
  energyFlush(energy: number): void;
  energyReset(energy: number): void;

  createStatistics(channelCount: number): number;
  statisticsCapacityFrames(): number;
  statisticsInput(statistics: number, channel: number): number;
  statisticsResults(statistics: number): number;
  statisticsStart(statistics: number): void;
  statisticsAdd(statistics: number, channel: number, frameCount: number): void;
  statisticsProduct(statistics: number, first: number, second: number, frameCount: number): number;

  createOctaveBands(channelCount: number, bandCount: number, stageCount: number, tapCount: number): number;
  octaveCapacityFrames(): number;
  octaveInput(bands: number, channel: number): number;
  octaveEnergies(bands: number): number;
  octaveSetTap(bands: number, tap: number, value: number): void;
  octaveSetBand(bands: number, band: number, stage: number, isHighPass: number, gain: number): void;
  octaveSetSection(bands: number, band: number, section: number, a1: number, a2: number): void;
  octaveAccumulate(bands: number, frameCount: number): void;
  octaveReset(bands: number): void;

  createFilterCascade(channelCount: number, sectionCount: number): number;
  cascadeCapacityFrames(): number;
  cascadeRow(cascade: number, lane: number): number;
  cascadeSection(cascade: number, channel: number, section: number): number;
  cascadeRun(cascade: number, group: number, frameCount: number): void;
  cascadeFlush(cascade: number): void;
  cascadeReset(cascade: number): void;

  createBandSplit(
    channelCount: number,
    crossoverCount: number,
    stepCount: number,
    detectorCount: number,
    gainSetCount: number,
  ): number;
  bandSplitCapacityFrames(): number;
  bandSplitSetCrossover(split: number, crossover: number, gain: number, a1: number, a2: number): void;
  bandSplitSetStep(
    split: number,
    step: number,
    isSplit: boolean,
    crossover: number,
    from: number,
    to: number,
  ): void;
  bandSplitInput(split: number, channel: number): number;
  bandSplitBand(split: number, band: number, channel: number): number;
  bandSplitWeights(split: number): number;
  bandSplitPowers(split: number, detector: number, band: number): number;
  bandSplitGains(split: number, gainSet: number, band: number): number;
  bandSplitOutput(split: number): number;
  bandSplitRun(split: number, frameCount: number): void;
  bandSplitClearPowers(split: number): void;
  bandSplitMeasure(
    split: number,
    channel: number,
    detector: number,
    isWeighted: boolean,
    isSum: boolean,
    frameCount: number,
  ): void;
  bandSplitSum(split: number, channel: number, gainSet: number, frameCount: number): void;
  bandSplitReset(split: number): void;

  peakRowFrames(): number;
  peakRow(rows: number, channel: number): number;
  peakEnvelope(rows: number): number;
  peakSetBounds(
    rows: number,
    sum: number,
    line: number,
    bend: number,
    newestLineTap: number,
    oldestLineTap: number,
  ): void;
  peakVisit(rows: number, channel: number, row: number, rowBytes: number): void;
  peakHistoryFrames(rows: number): number;
  peakStartEnvelope(rows: number, envelope: number): void;
  peakIsRaised(rows: number): number;
  peakLoad(rows: number, channel: number, frameCount: number): number;
  peakReset(rows: number, channel: number): void;

  createPeak(channelCount: number, tapCount: number, foldedGroups: number, plainGroups: number): number;
  peakFolded(peak: number): number;
  peakPlain(peak: number): number;
  peakMaximum(peak: number, channel: number, frameCount: number, largest: number): number;
  peakRaiseEnvelope(peak: number, channel: number, frameCount: number, floor: number): void;

  createPrecisePeak(channelCount: number, phaseCount: number, tapCount: number): number;
  preciseMiddle(peak: number): number;
  preciseSides(peak: number): number;
  preciseTaps(peak: number): number;
  preciseMaximum(
    peak: number,
    channel: number,
    frameCount: number,
    largest: number,
    halfShare: number,
    quarterShare: number,
  ): number;
  preciseRaiseEnvelope(
    peak: number,
    channel: number,
    frameCount: number,
    floor: number,
    halfShare: number,
    quarterShare: number,
  ): void;

  createDynamicsGain(rowCount: number): number;
  dynamicsCapacityFrames(): number;
  dynamicsRow(dynamics: number, lane: number): number;
  dynamicsGroup(dynamics: number, group: number): number;
  dynamicsRun(dynamics: number, group: number, frameCount: number): void;
  dynamicsReset(dynamics: number): void;

  createLevelRow(): number;
  levelCapacityFrames(): number;
  levelsToGains(row: number, frameCount: number, share: number): void;

  createDelayGain(channelCount: number, delaySamples: number, historyFrames: number): number;
  delayCapacityFrames(): number;
  delayInput(kernel: number, channel: number): number;
  delayRowBytes(kernel: number): number;
  delayGains(kernel: number): number;
  delayOutput(kernel: number): number;
  delayReset(kernel: number): void;
  delayProcess(kernel: number, channel: number, frameCount: number, inputGain: number): void;
  delayGive(kernel: number, channel: number, frameCount: number, factor: number, gains: number): void;

  createQuantizer(): number;
  quantizerCapacityFrames(): number;
  quantize(
    samples: number,
    frameCount: number,
    inputGain: number,
    scale: number,
    noiseScale: number,
    isHighPass: boolean,
    state: number,
  ): void;

  createNoiseShaper(channelCount: number, order: number): number;
  noiseShaperCapacityFrames(): number;
  noiseShaperRow(shaper: number, lane: number): number;
  noiseShaperSetCoefficient(shaper: number, index: number, value: number): void;
  noiseShaperReset(shaper: number, channel: number, seed: number): void;
  noiseShaperRun(shaper: number, group: number, frameCount: number, inputGain: number, scale: number): void;

  createResampler(
    channelCount: number,
    tapCount: number,
    upFactor: number,
    downFactor: number,
    addsTapAfterTap: boolean,
  ): number;
  resamplerCoefficients(resampler: number): number;
  resamplerFindSpans(resampler: number): void;
  resamplerCapacityFrames(resampler: number): number;
  resamplerChunkFrames(): number;
  resamplerOutputFrames(): number;
  resamplerInput(resampler: number): number;
  resamplerOutput(resampler: number, channel: number): number;
  resamplerLoad(resampler: number, channel: number, at: number, frameCount: number): void;
  resamplerShift(resampler: number, from: number, frameCount: number): void;
  resamplerClear(resampler: number, frameCount: number): void;
  resamplerRun(resampler: number, at: number, phase: number, frameCount: number): void;

  createLimiterGain(
    groupCount: number,
    windowSamples: number,
    boxSamples: number,
    grid: number,
    outputScale: number,
    ceilingGain: number,
  ): number;
  limiterSetRelease(limiter: number, factor: number, charge: number, discharge: number): void;
  limiterSetLink(limiter: number, taking: number, giving: number, share: number): void;
  limiterCapacityFrames(): number;
  limiterRow(limiter: number, group: number): number;
  limiterReset(limiter: number): void;
  limiterRequire(limiter: number, group: number, frameCount: number): void;
  limiterRequireNothing(limiter: number, group: number): void;
  limiterIsUnity(limiter: number, group: number): number;
  limiterProcess(limiter: number, frameCount: number): void;

  createConvolver(
    inputCount: number,
    tapCount: number,
    hopFrames: number,
    fftLength: number,
    stepFrames: number,
    partitionCount: number,
  ): number;
  convolverInput(convolver: number, input: number): number;
  convolverLeftFilter(convolver: number, input: number): number;
  convolverEarBytes(convolver: number): number;
  convolverOutputs(convolver: number): number;
  convolverMarkChanged(convolver: number, input: number): void;
  convolverReset(convolver: number): void;
  convolverProcessHop(convolver: number): void;

  createFeedbackDelay(historyFrames: number, hopFrames: number, tapSpacing: number): number;
  feedbackSetLine(
    network: number,
    line: number,
    length: number,
    middle: number,
    side: number,
    input: number,
  ): void;
  feedbackInput(network: number): number;
  feedbackOutput(network: number, index: number): number;
  feedbackProcess(network: number, frameCount: number): void;
  feedbackReset(network: number): void;

  createFixedConvolver(inputCount: number, stepFrames: number, fftLength: number): number;
  fixedInput(convolver: number, input: number): number;
  fixedOutputs(convolver: number): number;
  fixedFilter(convolver: number, row: number): number;
  fixedSetFilters(convolver: number, pair: number): void;
  fixedAddSend(convolver: number, input: number, gain: number): void;
  fixedSendSum(convolver: number): number;
  fixedSend(convolver: number, from: number, to: number): void;
  fixedReset(convolver: number): void;
  fixedProcessHop(convolver: number): void;

  createChannelConvolver(channelCount: number, stepFrames: number, fftLength: number): number;
  channelInput(convolver: number, channel: number): number;
  channelOutput(convolver: number, channel: number): number;
  channelFilter(convolver: number, channel: number): number;
  channelTransformFilters(convolver: number): void;
  channelReset(convolver: number): void;
  channelProcessHop(convolver: number): void;

  createEarConvolver(
    sourceCount: number,
    responseCount: number,
    tapCount: number,
    stepFrames: number,
    blockSteps: number,
    stepCount: number,
    fftLength: number,
    binCount: number,
  ): number;
  earWindow(convolver: number): number;
  earBand(convolver: number): number;
  earTaps(convolver: number): number;
  earInput(convolver: number, source: number): number;
  earOutputs(convolver: number): number;
  earSetResponse(convolver: number, response: number): void;
  earSetSource(
    convolver: number,
    source: number,
    step: number,
    response0: number,
    response1: number,
    response2: number,
    weight0: number,
    weight1: number,
    weight2: number,
    leftDelaySamples: number,
    rightDelaySamples: number,
    leftDriftSamples: number,
    rightDriftSamples: number,
  ): void;
  earProcessHop(convolver: number): void;
  earReset(convolver: number): void;

  createExtent(pointCount: number, outputCount: number, maximumRanges: number): number;
  extentAxis(extent: number, axis: number): number;
  extentGains(extent: number, point: number): number;
  extentShape(extent: number): number;
  extentRanges(extent: number): number;
  extentSums(extent: number): number;
  extentSum(extent: number, rangeCount: number): void;

  pcmCapacitySamples(): number;
  pcmBytes(): number;
  pcmPlanes(): number;
  decodePcm(format: number, channelCount: number, frameCount: number): void;
  encodePcm(format: number, channelCount: number, frameCount: number): void;
}

/** Below this many samples a loop is faster than a view of the range. */
const shortCopy = 16;
/** Views that are kept for copies out; kernels made one after another may use more addresses than that. */
const mostViews = 4096;

/** One WebAssembly instance with its own memory, and views of that memory which stay valid when it grows. */
export class WasmInstance {
  readonly exports: WasmExports;
  private float32: Float32Array;
  private int32: Int32Array;
  private float64: Float64Array;
  private uint8: Uint8Array;
  /** Views by their address: kernels copy out of the same places again and again, and a view costs more than a copy. */
  private readonly views = new Map<number, Float32Array>();

  constructor(module: object) {
    this.exports = new WebAssembly.Instance(module).exports;
    const { buffer } = this.exports.memory;
    this.float32 = new Float32Array(buffer);
    this.int32 = new Int32Array(buffer);
    this.float64 = new Float64Array(buffer);
    this.uint8 = new Uint8Array(buffer);
  }

  /** View of the whole memory as float32; valid until the next creation of a kernel. */
  get floats(): Float32Array {
    if (this.isDetached) this.refresh();
    return this.float32;
  }

  /** View of the whole memory as int32; valid until the next creation of a kernel. */
  get ints(): Int32Array {
    if (this.isDetached) this.refresh();
    return this.int32;
  }

  /** View of the whole memory as float64; valid until the next creation of a kernel. */
  get doubles(): Float64Array {
    if (this.isDetached) this.refresh();
    return this.float64;
  }

  /** View of the whole memory as bytes; valid until the next creation of a kernel. */
  get bytes(): Uint8Array {
    if (this.isDetached) this.refresh();
    return this.uint8;
  }

  /** Size of the memory. */
  get byteLength(): number {
    return this.exports.memory.buffer.byteLength;
  }

  /** Copies samples [from, to) of an array to an address. */
  copyIn(samples: Float32Array, from: number, to: number, address: number): void {
    const floats = this.floats;
    const start = address / 4;
    if (from === 0 && to === samples.length) floats.set(samples, start);
    else if (to - from > shortCopy) floats.set(samples.subarray(from, to), start);
    else for (let i = from; i < to; i++) floats[start + i - from] = samples[i]!;
  }

  /** Copies samples from an address to [from, to) of an array. */
  copyOut(address: number, samples: Float32Array, from: number, to: number): void {
    const floats = this.floats;
    const start = address / 4;
    if (to - from > shortCopy) samples.set(this.viewOf(floats, start, to - from), from);
    else for (let i = from; i < to; i++) samples[i] = floats[start + i - from]!;
  }

  private viewOf(floats: Float32Array, start: number, count: number): Float32Array {
    const kept = this.views.get(start);
    if (kept?.length === count) return kept;
    const view = floats.subarray(start, start + count);
    if (this.views.size >= mostViews) this.views.clear();
    this.views.set(start, view);
    return view;
  }

  /** A memory that grows takes a new buffer and detaches every view of the old one: it has no length then. */
  private get isDetached(): boolean {
    return this.float32.length === 0;
  }

  private refresh(): void {
    const { buffer } = this.exports.memory;
    this.float32 = new Float32Array(buffer);
    this.int32 = new Int32Array(buffer);
    this.float64 = new Float64Array(buffer);
    this.uint8 = new Uint8Array(buffer);
    this.views.clear();
  }
}

let compiled: Promise<object> | undefined;

/** Compiles the embedded module, once per thread. Rejects where WebAssembly or its SIMD instructions are missing. */
export function compileWasm(): Promise<object> {
  compiled ??= (async () =>
    WebAssembly.compile(Uint8Array.from(atob(wasmBase64), (char) => char.charCodeAt(0))))();
  return compiled;
}
