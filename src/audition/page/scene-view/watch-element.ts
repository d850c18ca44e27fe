/** What is told of an element. */
export interface ElementWatcher {
  /** Its size in CSS pixels, and how many pixels of the screen one of them is. */
  onSize(widthPx: number, heightPx: number, pixelRatio: number): void;
  /** Whether it can be seen: it lies in the window, and the tab is on top. */
  onShown(isShown: boolean): void;
  /** Whether the listener has asked for less motion. */
  onCalm(isCalm: boolean): void;
}

/** More pixels than this cannot be told apart and cost time. */
const finestRatio = 2;

/** Watches size, visibility and the wish for less motion. @returns stops that */
export function watchElement(element: HTMLElement, watcher: ElementWatcher): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const size = new ResizeObserver(() =>
    watcher.onSize(
      element.clientWidth,
      element.clientHeight,
      Math.min(finestRatio, globalThis.devicePixelRatio),
    ),
  );
  size.observe(element);
  let isInside = false;
  const tellShown = (): void => watcher.onShown(isInside && document.visibilityState === 'visible');
  const inside = new IntersectionObserver((entries) => {
    isInside = entries.at(-1)!.isIntersecting;
    tellShown();
  });
  inside.observe(element);
  document.addEventListener('visibilitychange', tellShown, { signal });
  const motion = matchMedia('(prefers-reduced-motion: reduce)');
  motion.addEventListener('change', () => watcher.onCalm(motion.matches), { signal });
  watcher.onCalm(motion.matches);
  return () => {
    ending.abort();
    size.disconnect();
    inside.disconnect();
    watcher.onShown(false);
  };
}
