import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Note } from '../../protocol/session.ts';
import { finishDraft, openDraft, seekTo, selectSource } from '../state/audition-actions.ts';
import { sourceOf } from '../state/audition-state.ts';
import type { Audition } from '../state/audition-state.ts';
import { longestNoteChars } from '../state/note-list.ts';
import type { SaveState } from '../state/notes-store.ts';
import { formatTime } from '../state/time-text.ts';
import { Icon } from './icons.tsx';

interface EditorProps {
  readonly text: string;
  readonly label: string;
  readonly onDone: (text: string) => void;
  readonly onCancel: () => void;
}

/** A field for the text of a note: Enter keeps it, Shift+Enter is a new line, Escape drops it. */
const Editor = ({ text, label, onDone, onCancel }: EditorProps): JSX.Element => {
  const ref = useRef<HTMLTextAreaElement>(null);
  const isOver = useRef(false);
  const end = (finish: () => void): void => {
    if (isOver.current) return;
    isOver.current = true;
    finish();
  };
  useLayoutEffect(() => ref.current!.focus(), []);
  return (
    <textarea
      ref={ref}
      class="editor"
      rows={2}
      maxLength={longestNoteChars}
      aria-label={label}
      placeholder="What do you hear?"
      defaultValue={text}
      onBlur={(event) => {
        const written = event.currentTarget.value;
        end(() => onDone(written));
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') end(onCancel);
        else if (event.key === 'Enter' && !event.shiftKey) {
          event.preventDefault();
          const written = event.currentTarget.value;
          end(() => onDone(written));
        }
      }}
    />
  );
};

const NoteItem = ({ audition, note }: { readonly audition: Audition; readonly note: Note }): JSX.Element => {
  const isEdited = useSignal(false);
  const time = formatTime(note.timeSec);
  const source = sourceOf(audition.session, note.sourceId);
  return (
    <li class="note">
      <button
        type="button"
        class="note-time"
        aria-label={`Go to ${time}`}
        title={source ? `Go there, hear ${source.label}` : 'Go there'}
        onClick={() => {
          seekTo(audition, note.timeSec);
          selectSource(audition, source?.id);
        }}
      >
        {time}
      </button>
      {isEdited.value ? (
        <Editor
          text={note.text}
          label={`Note at ${time}`}
          onDone={(text) => {
            isEdited.value = false;
            audition.notes.edit(note.id, text);
          }}
          onCancel={() => (isEdited.value = false)}
        />
      ) : (
        <p class="note-text" onDblClick={() => (isEdited.value = true)}>
          {note.text}
          {source && <span class="note-source">{source.label}</span>}
        </p>
      )}
      <span class="note-tools">
        <button
          type="button"
          class="button tiny"
          aria-label={`Edit note at ${time}`}
          title="Edit"
          onClick={() => (isEdited.value = true)}
        >
          <Icon name="edit" />
        </button>
        <button
          type="button"
          class="button tiny"
          aria-label={`Delete note at ${time}`}
          title="Delete"
          onClick={() => audition.notes.remove(note.id)}
        >
          <Icon name="remove" />
        </button>
      </span>
    </li>
  );
};

const saveTexts = { loading: 'Loading', saved: 'Saved', waiting: 'Not saved yet', saving: 'Saving' } as const;

const SaveText = ({
  state,
  retry,
}: {
  readonly state: SaveState;
  readonly retry: () => void;
}): JSX.Element =>
  state.is === 'failed' ? (
    <p class="state is-bad" role="status">
      Not saved: {state.message}{' '}
      <button type="button" class="button small" onClick={retry}>
        Try again
      </button>
    </p>
  ) : (
    <p class="state" role="status">
      {saveTexts[state.is]}
    </p>
  );

/** Remarks at times: written, gone to, edited, kept beside the deliverables. */
export const Notes = ({ audition }: { readonly audition: Audition }): JSX.Element => {
  const { notes, draft } = audition;
  const open = draft.value;
  const source = sourceOf(audition.session, open?.sourceId);
  return (
    <div class="notes">
      <div class="notes-head">
        <button
          type="button"
          class="button small"
          title="Note at this time (N)"
          onClick={() => openDraft(audition)}
        >
          <Icon name="add" /> Note
        </button>
        <SaveText state={notes.save.value} retry={() => void notes.flush()} />
      </div>
      {open && (
        <div class="note is-new">
          <span class="note-time">{formatTime(open.timeSec)}</span>
          <Editor
            key={open.timeSec}
            text=""
            label={`New note at ${formatTime(open.timeSec)}${source ? ` on ${source.label}` : ''}`}
            onDone={(text) => finishDraft(audition, text)}
            onCancel={() => (draft.value = undefined)}
          />
        </div>
      )}
      {notes.notes.value.length > 0 ? (
        <ol class="note-list">
          {notes.notes.value.map((note) => (
            <NoteItem key={note.id} audition={audition} note={note} />
          ))}
        </ol>
      ) : (
        !open && (
          <p class="empty">
            Nothing noted. Press N while you listen; notes are kept beside the deliverables.
          </p>
        )
      )}
    </div>
  );
};
