/** The part of WebGL that tells how far the graphics card is. */
export type FencedGraphics = Pick<
  WebGL2RenderingContext,
  | 'fenceSync'
  | 'getSyncParameter'
  | 'deleteSync'
  | 'flush'
  | 'isContextLost'
  | 'SYNC_GPU_COMMANDS_COMPLETE'
  | 'SYNC_STATUS'
  | 'SIGNALED'
>;

/** How often is looked after the card. */
const lookMs = 5;
/** Pictures that take longer are drawn coarser. */
const slowMs = 60;
/** So many in a row must be slow. */
const patience = 3;
/** Least part of the full resolution, along each side. */
const leastResolution = 0.5;

/**
 * Follows how far the graphics card is with what it was told. Whoever asks it for more meanwhile makes the page wait
 * with it; software that stands in for a card takes long.
 */
export class GraphicsPace {
  /** Part of the full resolution, along each side, at which pictures are done in time. */
  resolution = 1;
  readonly #graphics: FencedGraphics;
  readonly #nowMs: () => number;
  #fence: WebGLSync | undefined;
  #pictureMs: number | undefined;
  #slowCount = 0;

  constructor(graphics: FencedGraphics, nowMs: () => number = () => performance.now()) {
    this.#graphics = graphics;
    this.#nowMs = nowMs;
  }

  /** Takes note that the card was given work. @param isPicture how long it takes decides on the resolution */
  sent(isPicture: boolean): void {
    const { SYNC_GPU_COMMANDS_COMPLETE } = this.#graphics;
    if (this.#fence) this.#graphics.deleteSync(this.#fence);
    this.#fence = this.#graphics.fenceSync(SYNC_GPU_COMMANDS_COMPLETE, 0) ?? undefined;
    this.#graphics.flush();
    this.#pictureMs = isPicture ? this.#nowMs() : undefined;
  }

  /** Whether all work is done. It does not become so within one task of the page. */
  isFree(): boolean {
    if (!this.#fence) return true;
    const { SYNC_STATUS, SIGNALED } = this.#graphics;
    const isDone = this.#graphics.getSyncParameter(this.#fence, SYNC_STATUS) === SIGNALED;
    if (!isDone && !this.#graphics.isContextLost()) return false;
    this.#graphics.deleteSync(this.#fence);
    this.#fence = undefined;
    if (this.#pictureMs !== undefined) this.#judge(this.#nowMs() - this.#pictureMs);
    return true;
  }

  /** Resolves when all work is done. */
  async free(): Promise<void> {
    while (!this.isFree()) await new Promise((resolve) => setTimeout(resolve, lookMs));
  }

  #judge(pictureMs: number): void {
    this.#slowCount = pictureMs > slowMs ? this.#slowCount + 1 : 0;
    if (this.#slowCount < patience) return;
    this.#slowCount = 0;
    this.resolution = Math.max(leastResolution, this.resolution * 0.75);
  }
}
