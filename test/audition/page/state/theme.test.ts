import { expect, test } from 'vitest';
import { createTheme } from '../../../../src/audition/page/state/theme.ts';

const surroundings = (
  kept: string | null,
  matches: boolean,
): {
  applied: string[];
  stored: Map<string, string>;
  systemTurns: (isLight: boolean) => void;
  parts: Parameters<typeof createTheme>[0];
} => {
  const applied: string[] = [];
  const stored = new Map<string, string>();
  let turned = (): void => undefined;
  const prefersLight = {
    matches,
    addEventListener: (_name: string, listener: () => void) => void (turned = listener),
  };
  return {
    applied,
    stored,
    systemTurns: (isLight) => {
      prefersLight.matches = isLight;
      turned();
    },
    parts: {
      prefersLight: prefersLight as unknown as MediaQueryList,
      storage: { getItem: () => kept, setItem: (key, value) => void stored.set(key, value) },
      apply: (name) => void applied.push(name),
    },
  };
};

test('the system decides until the listener does, and what was chosen is kept', () => {
  const around = surroundings(null, true);
  const theme = createTheme(around.parts);
  expect(theme.shown.value).toBe('light');
  around.systemTurns(false);
  expect(theme.shown.value).toBe('dark');
  theme.next();
  theme.next();
  expect(theme.choice.value).toBe('light');
  expect([...around.stored.values()]).toEqual(['light']);
  around.systemTurns(false);
  expect(around.applied).toEqual(['light', 'dark', 'dark', 'light', 'light']);
  theme.next();
  expect(theme.choice.value).toBe('system');
});

test('a choice of earlier holds; nonsense in the store does not', () => {
  expect(createTheme(surroundings('light', false).parts).shown.value).toBe('light');
  expect(createTheme(surroundings('pink', false).parts).shown.value).toBe('dark');
});
