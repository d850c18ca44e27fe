import type { JSX } from 'preact';

const shapes = {
  play: <path d="M8 5.5v13l11-6.5z" fill="currentColor" stroke="none" />,
  pause: <path d="M7.5 5.5h3v13h-3zM13.5 5.5h3v13h-3z" fill="currentColor" stroke="none" />,
  stop: <rect x="7" y="7" width="10" height="10" rx="1" fill="currentColor" stroke="none" />,
  start: <path d="M7 6v12M18 6.5v11L9.5 12z" fill="currentColor" />,
  loop: <path d="M17 3.5l3 3-3 3M4 11.5v-1a4 4 0 0 1 4-4h12M7 20.5l-3-3 3-3M20 12.5v1a4 4 0 0 1-4 4H4" />,
  volume: <path d="M4 9.5v5h3.5L12 18V6L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11" />,
  dark: <path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z" />,
  light: (
    <path d="M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4" />
  ),
  system: <path d="M4 5h16v11H4zM9 20h6M12 16v4" />,
  help: <path d="M9.2 9a2.9 2.9 0 1 1 4.3 2.6c-.9.5-1.5 1.1-1.5 2.2M12 17.2v.1" />,
  swap: <path d="M7 8h12l-3-3M17 16H5l3 3" />,
  close: <path d="M6.5 6.5l11 11M17.5 6.5l-11 11" />,
  edit: <path d="M5 19l1-4L15.5 5.500l3 3L9 18z" />,
  remove: <path d="M5 7h14M9.500 7V5h5v2M7 7l1 12h8l1-12M10.500 10.500v5M13.500 10.500v5" />,
  add: <path d="M12 5.500v13M5.500 12h13" />,
  pass: <path d="M5.500 12.500l4.500 4.500 8.500-9.500" />,
  fail: <path d="M7 7l10 10M17 7L7 17" />,
  unknown: <path d="M7 12h10" />,
  straight: <path d="M12 20V5M7 9.500L12 4.500l5 5" />,
  motion: <path d="M8 4h8v16H8zM4.500 8v8M19.500 8v8" />,
} as const;

/** Names of the drawings. */
export type IconName = keyof typeof shapes;

/** A line drawing in the colour of the text around it; what it means is said by the control that holds it. */
export const Icon = ({ name }: { readonly name: IconName }): JSX.Element => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    {shapes[name]}
  </svg>
);
