import { afterEach, expect, test, vi } from 'vitest';
import { watchElement } from '../../../../src/audition/page/scene-view/watch-element.ts';

afterEach(() => vi.unstubAllGlobals());

test('size, visibility and the wish for less motion are told, until it is stopped', () => {
  const callbacks: Record<string, (entries: unknown[]) => void> = {};
  const disconnect = vi.fn();
  const observer = (name: string) =>
    class {
      constructor(callback: (entries: unknown[]) => void) {
        callbacks[name] = callback;
      }
      observe(): void {}
      disconnect = disconnect;
    };
  vi.stubGlobal('ResizeObserver', observer('size'));
  vi.stubGlobal('IntersectionObserver', observer('inside'));
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => {} }));
  vi.stubGlobal('devicePixelRatio', 3);
  const page = { visibilityState: 'visible', addEventListener: vi.fn() };
  vi.stubGlobal('document', page);
  const watcher = { onSize: vi.fn(), onShown: vi.fn(), onCalm: vi.fn() };
  const stop = watchElement({ clientWidth: 300, clientHeight: 200 } as HTMLElement, watcher);
  callbacks['size']!([]);
  expect(watcher.onSize).toHaveBeenLastCalledWith(300, 200, 2);
  expect(watcher.onCalm).toHaveBeenLastCalledWith(true);
  callbacks['inside']!([{ isIntersecting: true }]);
  expect(watcher.onShown).toHaveBeenLastCalledWith(true);
  page.visibilityState = 'hidden';
  (page.addEventListener.mock.calls[0]![1] as () => void)();
  expect(watcher.onShown).toHaveBeenLastCalledWith(false);
  stop();
  expect(disconnect).toHaveBeenCalledTimes(2);
});
