import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Audition } from '../state/audition-state.ts';
import { keyHelp } from '../state/keys.ts';
import { Icon } from './icons.tsx';

/** All keys, in a dialog that keeps the focus until it is closed. */
export const Help = ({ audition }: { readonly audition: Audition }): JSX.Element => {
  const ref = useRef<HTMLDialogElement>(null);
  const isOpen = audition.isHelpOpen.value;
  useEffect(() => {
    if (isOpen) ref.current!.showModal();
    else ref.current!.close();
  }, [isOpen]);
  const close = (): void => void (audition.isHelpOpen.value = false);
  return (
    <dialog
      ref={ref}
      class="help"
      aria-labelledby="help-name"
      onClose={close}
      onClick={(event) => event.target === ref.current && close()}
    >
      <div class="help-body">
        <div class="help-head">
          <h2 id="help-name">Keys</h2>
          <button type="button" class="button quiet" aria-label="Close" onClick={close}>
            <Icon name="close" />
          </button>
        </div>
        <div class="help-groups">
          {keyHelp.map(({ heading, keys }) => (
            <section key={heading}>
              <h3>{heading}</h3>
              <dl>
                {keys.map(([key, text]) => (
                  <div key={key} class="help-key">
                    <dt>
                      {key.split(/ {2,}/).map((part) => (
                        <kbd key={part}>{part}</kbd>
                      ))}
                    </dt>
                    <dd>{text}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </dialog>
  );
};
