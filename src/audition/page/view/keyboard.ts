import { perform } from '../state/audition-actions.ts';
import type { Audition } from '../state/audition-state.ts';
import { actionOfKey } from '../state/keys.ts';
import type { KeyPlace } from '../state/keys.ts';

const placeOf = (audition: Audition, focused: Element | null): KeyPlace => ({
  isInText:
    focused?.matches('textarea, input:not([type=range])') === true ||
    document.querySelector('dialog[open]') !== null,
  isOnControl: focused !== null && focused !== document.body && focused.matches(':focus-visible, select'),
  isBlind: audition.blind.peek() !== undefined,
});

/**
 * Listens to the keys of the whole page. What was clicked with a pointer does not keep the focus, so that Space plays
 * and does not press the button again. @returns stops that
 */
export const listenToKeys = (audition: Audition): (() => void) => {
  const onKeyDown = (event: KeyboardEvent): void => {
    const press = {
      key: event.key,
      shift: event.shiftKey,
      isCommand: event.ctrlKey || event.altKey || event.metaKey,
    };
    const action = actionOfKey(press, placeOf(audition, document.activeElement));
    if (!action || event.defaultPrevented) return;
    if (action.do === 'close' && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    event.preventDefault();
    perform(audition, action);
  };
  const onPointerUp = (): void => {
    const focused = document.activeElement;
    if (focused instanceof HTMLElement && focused.matches('button, input[type=range], [role=slider]'))
      focused.blur();
  };
  const onClick = (event: MouseEvent): void => void (event.detail > 0 && onPointerUp());
  document.addEventListener('keydown', onKeyDown);
  document.addEventListener('click', onClick);
  document.addEventListener('pointerup', onPointerUp);
  return () => {
    document.removeEventListener('keydown', onKeyDown);
    document.removeEventListener('click', onClick);
    document.removeEventListener('pointerup', onPointerUp);
  };
};
