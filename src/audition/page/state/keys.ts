/** What a key asks of the page. */
export type KeyAction =
  | { readonly do: 'toggle-play' | 'go-to-start' | 'go-to-end' | 'toggle-loop' | 'loop-in' | 'loop-out' }
  | { readonly do: 'seek-by'; readonly sec: number }
  | { readonly do: 'select'; readonly index: number }
  | {
      readonly do:
        'toggle-ab' | 'toggle-match' | 'toggle-blind' | 'add-note' | 'toggle-help' | 'toggle-theme';
    }
  | { readonly do: 'listen'; readonly to: 'a' | 'b' | 'x' }
  | { readonly do: 'vote'; readonly guess: 'a' | 'b' }
  | { readonly do: 'volume-by'; readonly db: number }
  | { readonly do: 'turn-head'; readonly yawDeg: number }
  | { readonly do: 'straight-head' | 'close' };

/** A key press, as far as it matters. */
export interface KeyPress {
  readonly key: string;
  readonly shift: boolean;
  /** Ctrl, Alt or Meta: those belong to the browser. */
  readonly isCommand: boolean;
}

/** Where the press happens. */
export interface KeyPlace {
  /** Text is being written: every key is text. */
  readonly isInText: boolean;
  /** A control was reached by keyboard: its own keys are left to it. */
  readonly isOnControl: boolean;
  /** A blind test runs. */
  readonly isBlind: boolean;
}

const keysOfControls = new Set([
  ' ',
  'Enter',
  'Tab',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
]);

const simple: Readonly<Record<string, KeyAction>> = {
  ' ': { do: 'toggle-play' },
  Home: { do: 'go-to-start' },
  End: { do: 'go-to-end' },
  ArrowUp: { do: 'volume-by', db: 1 },
  ArrowDown: { do: 'volume-by', db: -1 },
  i: { do: 'loop-in' },
  o: { do: 'loop-out' },
  l: { do: 'toggle-loop' },
  m: { do: 'toggle-match' },
  n: { do: 'add-note' },
  t: { do: 'toggle-theme' },
  '?': { do: 'toggle-help' },
  '[': { do: 'turn-head', yawDeg: 5 },
  ']': { do: 'turn-head', yawDeg: -5 },
  '\\': { do: 'straight-head' },
  Escape: { do: 'close' },
};

const ofComparison = (key: string, shift: boolean, isBlind: boolean): KeyAction | undefined => {
  if (key === 'a' || key === 'b') {
    return isBlind && shift ? { do: 'vote', guess: key } : { do: 'listen', to: key };
  }
  if (key === 'x') return isBlind ? { do: 'listen', to: 'x' } : { do: 'toggle-ab' };
  if (key === 'Tab') return shift ? undefined : { do: 'toggle-ab' };
  return key === 'v' ? { do: 'toggle-blind' } : undefined;
};

/**
 * What a key does. Tab switches between A and B only while nothing has the focus: Shift+Tab always leads into the
 * page, and from there Tab goes on as everywhere.
 */
export const actionOfKey = (press: KeyPress, place: KeyPlace): KeyAction | undefined => {
  if (press.isCommand || place.isInText) return undefined;
  if (place.isOnControl && keysOfControls.has(press.key)) return undefined;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const sec = press.shift ? 1 : 5;
    return { do: 'seek-by', sec: key === 'ArrowLeft' ? -sec : sec };
  }
  if (/^[1-9]$/.test(key)) return place.isBlind ? undefined : { do: 'select', index: Number(key) - 1 };
  return ofComparison(key, press.shift, place.isBlind) ?? simple[key];
};

/** The keys as the help shows them: what they do, under a heading. */
export const keyHelp: readonly {
  readonly heading: string;
  readonly keys: readonly (readonly [string, string])[];
}[] = [
  {
    heading: 'Transport',
    keys: [
      ['Space', 'play, pause'],
      ['\u2190  \u2192', 'back, forward 5 s; 1 s with Shift'],
      ['Home  End', 'to the start, to the end'],
      ['I  O', 'loop starts, ends here'],
      ['L', 'loop on, off'],
      ['\u2191  \u2193', 'volume by 1 dB'],
    ],
  },
  {
    heading: 'Compare',
    keys: [
      ['1 \u2026 9', 'hear a source'],
      ['A  B', 'hear A, hear B'],
      ['X  Tab', 'switch between A and B; Shift+Tab and Tab on a control move the focus'],
      ['M', 'loudness matching on, off'],
      ['V', 'blind test: start, end'],
      ['A  B  X', 'in a blind test: hear A, B, X'],
      ['Shift+A  Shift+B', 'in a blind test: X is A, X is B'],
    ],
  },
  {
    heading: 'Head',
    keys: [
      ['[  ]', 'turn to the left, to the right by 5\u00b0'],
      ['\\', 'straight ahead'],
      ['Arrows', 'on the head: turn and tilt by 5\u00b0; 1\u00b0 with Shift'],
    ],
  },
  {
    heading: 'Page',
    keys: [
      ['N', 'note at this time'],
      ['T', 'theme: dark, light, as the system'],
      ['?', 'this help'],
      ['Esc', 'closes, lets the focus go'],
    ],
  },
];
