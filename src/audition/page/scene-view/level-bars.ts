import { barOf } from './level-glow.ts';
import type { LiveScene } from './live-scene.ts';

/** Steps of a bar that can be told apart. */
const barSteps = 120;

/** The level bars of the list, set without drawing the list anew. */
export class LevelBars {
  readonly #bars = new Map<number, { readonly element: HTMLElement; step: number }>();

  /** Takes the bar of an element, or forgets it where it has gone. */
  attach(elementIndex: number, element: HTMLElement | null): void {
    if (element) this.#bars.set(elementIndex, { element, step: -1 });
    else this.#bars.delete(elementIndex);
  }

  /** Sets all bars to the levels of this moment. */
  paint(live: Pick<LiveScene, 'elementLevelDb'>): void {
    for (const [elementIndex, bar] of this.#bars) {
      const step = Math.round(barOf(live.elementLevelDb(elementIndex)) * barSteps);
      if (step === bar.step) continue;
      bar.step = step;
      bar.element.style.transform = `scaleX(${step / barSteps})`;
    }
  }
}
