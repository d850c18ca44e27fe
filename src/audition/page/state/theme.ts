import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { TextStore } from './cookie-store.ts';

/** What the listener chose. */
export type ThemeChoice = 'system' | 'dark' | 'light';

/** The theme, and how it is chosen. */
export interface ThemeStore {
  readonly choice: ReadonlySignal<ThemeChoice>;
  readonly shown: ReadonlySignal<'dark' | 'light'>;
  /** System, dark, light, and again. */
  next(): void;
}

const order: readonly ThemeChoice[] = ['system', 'dark', 'light'];
const storageKey = 'periphon-audition-theme';

/** What of the browser a theme needs. */
export interface ThemeSurroundings {
  readonly prefersLight: Pick<MediaQueryList, 'matches' | 'addEventListener'>;
  readonly storage: TextStore;
  /** Makes a theme visible. */
  apply(theme: 'dark' | 'light'): void;
}

/** The theme that was chosen last, or the system's; dark where nothing is said. */
export const createTheme = ({ prefersLight, storage, apply }: ThemeSurroundings): ThemeStore => {
  const kept = storage.getItem(storageKey);
  const choice = signal<ThemeChoice>(order.find((name) => name === kept) ?? 'system');
  const isLight = signal(prefersLight.matches);
  const shown = computed(() =>
    choice.value === 'system' ? (isLight.value ? 'light' : 'dark') : choice.value,
  );
  prefersLight.addEventListener('change', () => {
    isLight.value = prefersLight.matches;
    apply(shown.value);
  });
  apply(shown.value);
  return {
    choice,
    shown,
    next() {
      choice.value = order[(order.indexOf(choice.value) + 1) % order.length]!;
      storage.setItem(storageKey, choice.value);
      apply(shown.value);
    },
  };
};
