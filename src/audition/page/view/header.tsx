import type { JSX } from 'preact';
import type { Audition } from '../state/audition-state.ts';
import { Icon } from './icons.tsx';

const themeText = { system: 'as the system', dark: 'dark', light: 'light' } as const;

/** Programme and maker. */
export const Title = ({ audition }: { readonly audition: Audition }): JSX.Element => (
  <div class="title">
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <circle cx="12" cy="12" r="3" fill="currentColor" stroke="none" />
      <path d="M6.300 17.700a8 8 0 1 1 11.400 0M3.500 20.500a12 12 0 0 1-1-1.200M20.500 20.500a12 12 0 0 0 1-1.200" />
    </svg>
    <div>
      <h1>{audition.session.title}</h1>
      <p class="title-note">periphon audition</p>
    </div>
  </div>
);

/** What concerns the whole page: HRTF set, theme, help. */
export const Tools = ({ audition }: { readonly audition: Audition }): JSX.Element => {
  const { session, hrtfId, engine, theme } = audition;
  const choice = theme.choice.value;
  return (
    <div class="tools">
      {session.hrtfs.length > 0 && (
        <label class="field">
          <span class="field-name">HRTF</span>
          <select
            class="select"
            value={hrtfId.value}
            onChange={(event) => engine.setHrtf(event.currentTarget.value)}
          >
            {session.hrtfs.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <button
        type="button"
        class="button quiet"
        aria-label={`Theme: ${themeText[choice]}`}
        title={`Theme: ${themeText[choice]} (T)`}
        onClick={() => theme.next()}
      >
        <Icon name={choice} />
      </button>
      <button
        type="button"
        class="button quiet"
        aria-label="Keys"
        title="Keys (?)"
        aria-haspopup="dialog"
        onClick={() => (audition.isHelpOpen.value = true)}
      >
        <Icon name="help" />
      </button>
    </div>
  );
};
