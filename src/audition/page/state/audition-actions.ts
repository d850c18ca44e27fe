import { batch } from '@preact/signals';
import type { LoopRegion } from '../engine/engine.ts';
import { isHeadHeard } from './audition-state.ts';
import type { Audition, CurveName } from './audition-state.ts';
import { startBlindTest, vote } from './blind-test.ts';
import type { BlindChoice } from './blind-test.ts';
import { straightHead, turnHead } from './head-orientation.ts';
import type { KeyAction } from './keys.ts';
import { withLoopEnd, withLoopStart } from './loop-region.ts';

/** Evenly spread 0..1, from the browser's cryptographic source: nobody can guess what X is. */
const random = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;

/** Plays or pauses. */
export const togglePlay = ({ engine }: Audition): void =>
  void (engine.state.isPlaying ? engine.pause() : engine.play());

/** Pauses and goes back to the start of the loop or of the programme. */
export const stop = (audition: Audition): void => {
  void audition.engine.pause();
  goToStart(audition);
};

/** Goes to the start of the loop if it is on, else of the programme. */
export const goToStart = ({ engine, isLooping, loop }: Audition): void =>
  engine.seek(isLooping.value ? (loop.value?.startFrame ?? 0) : 0);

/** Goes to a time, inside the programme. */
export const seekTo = ({ engine, session }: Audition, timeSec: number): void =>
  engine.seek(Math.min(session.frameCount, Math.max(0, Math.round(timeSec * session.sampleRateHz))));

/** Time that is heard now. */
export const positionSec = ({ engine, session }: Audition): number =>
  engine.positionFrames() / session.sampleRateHz;

/** Hears a source; not while a blind test hides what is heard. */
export const selectSource = ({ engine, blind }: Audition, id: string | undefined): void => {
  if (id !== undefined && !blind.value) engine.select(id);
};

/** Hears B if A is heard, and A if anything else is. */
export const toggleSlots = (audition: Audition): void => {
  const { a, b } = audition.slots.value;
  const test = audition.blind.value;
  if (test) listenTo(audition, test.heard === 'a' ? 'b' : test.heard === 'b' ? 'x' : 'a');
  else selectSource(audition, audition.engine.state.sourceId === a ? b : a);
};

/** Puts a source into a slot; what was there goes to the other one if both would hold the same. */
export const assignSlot = (audition: Audition, slot: 'a' | 'b', id: string): void => {
  const old = audition.slots.value;
  const other = slot === 'a' ? 'b' : 'a';
  audition.slots.value = { ...old, [other]: old[other] === id ? old[slot] : old[other], [slot]: id };
};

/** Hears A or B, or X of a blind test. */
export const listenTo = (audition: Audition, choice: BlindChoice): void => {
  const test = audition.blind.value;
  if (test) audition.blind.value = { ...test, heard: choice };
  else if (choice !== 'x') selectSource(audition, audition.slots.value[choice]);
};

/** Starts a blind test of the slots, or ends it and returns to A. */
export const toggleBlindTest = (audition: Audition): void => {
  const { a, b } = audition.slots.value;
  if (audition.blind.value) {
    audition.blind.value = undefined;
    audition.engine.select(a);
  } else if (a !== b) {
    audition.blind.value = startBlindTest(a, b, random);
  }
};

/** Says what X is. */
export const voteFor = ({ blind }: Audition, guess: 'a' | 'b'): void => {
  if (blind.value) blind.value = vote(blind.value, guess, random);
};

/** Starts the count of a blind test anew. */
export const resetBlindTest = ({ blind }: Audition): void => {
  if (blind.value) blind.value = startBlindTest(blind.value.aId, blind.value.bId, random);
};

/** Makes a region the loop and switches it on; without one there is no loop. */
export const setLoop = ({ loop, isLooping }: Audition, region: LoopRegion | undefined): void =>
  batch(() => {
    loop.value = region;
    isLooping.value = region !== undefined;
  });

/** Repeats the loop or not; without a loop the whole programme is repeated. */
export const toggleLoop = (audition: Audition): void => {
  const { loop, isLooping, session } = audition;
  if (loop.value) isLooping.value = !isLooping.value;
  else setLoop(audition, { startFrame: 0, endFrame: session.frameCount });
};

/** Lets the loop start or end where the programme is. */
export const setLoopEdge = (audition: Audition, edge: 'start' | 'end'): void => {
  const { loop, session, engine } = audition;
  const move = edge === 'start' ? withLoopStart : withLoopEnd;
  const region = move(loop.value, engine.positionFrames(), session.frameCount, session.sampleRateHz);
  if (region) setLoop(audition, region);
};

/** Shows a curve of the overview or not. */
export const toggleCurve = ({ curves }: Audition, name: CurveName): void => {
  const next = new Set(curves.value);
  if (!next.delete(name)) next.add(name);
  curves.value = next;
};

/** Opens a note at the present time. In a blind test it names no source: that would tell. */
export const openDraft = (audition: Audition): void => {
  const sourceId = audition.blind.value ? undefined : audition.shown.value?.id;
  batch(() => {
    audition.sidePanel.value = 'notes';
    audition.draft.value = { timeSec: positionSec(audition), sourceId };
  });
};

/** Keeps the note that was written; an empty one is dropped. */
export const finishDraft = (audition: Audition, text: string): void => {
  const draft = audition.draft.value;
  audition.draft.value = undefined;
  if (!draft) return;
  const id = Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('');
  audition.notes.add({ id, ...draft, text, createdAt: new Date().toISOString() });
};

/** Volume in -60..0 dB. */
export const changeVolume = ({ volumeDb }: Audition, db: number): void => {
  volumeDb.value = Math.min(0, Math.max(-60, db));
};

/** Closes what is open above the page. */
const close = (audition: Audition): void => {
  audition.isHelpOpen.value = false;
  audition.draft.value = undefined;
};

/** Does what a key asks for. */
export const perform = (audition: Audition, action: KeyAction): void => {
  const { engine } = audition;
  switch (action.do) {
    case 'toggle-play':
      return togglePlay(audition);
    case 'go-to-start':
      return goToStart(audition);
    case 'go-to-end':
      return engine.seek(audition.session.frameCount);
    case 'seek-by':
      return seekTo(audition, positionSec(audition) + action.sec);
    case 'loop-in':
      return setLoopEdge(audition, 'start');
    case 'loop-out':
      return setLoopEdge(audition, 'end');
    case 'toggle-loop':
      return toggleLoop(audition);
    case 'select':
      return selectSource(audition, audition.session.sources[action.index]?.id);
    case 'toggle-ab':
      return toggleSlots(audition);
    case 'listen':
      return listenTo(audition, action.to);
    case 'vote':
      return voteFor(audition, action.guess);
    case 'toggle-match':
      audition.isMatched.value = !audition.isMatched.value;
      return;
    case 'toggle-blind':
      return toggleBlindTest(audition);
    case 'add-note':
      return openDraft(audition);
    case 'volume-by':
      return changeVolume(audition, audition.volumeDb.value + action.db);
    case 'turn-head':
      if (isHeadHeard(audition)) engine.setHead(turnHead(engine.state.head, { yawDeg: action.yawDeg }));
      return;
    case 'straight-head':
      if (isHeadHeard(audition)) engine.setHead(straightHead);
      return;
    case 'toggle-theme':
      return audition.theme.next();
    case 'toggle-help':
      audition.isHelpOpen.value = !audition.isHelpOpen.value;
      return;
    case 'close':
      return close(audition);
  }
};
