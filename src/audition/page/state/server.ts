import type { NotesDocument, OverviewAnswer, Session } from '../../protocol/session.ts';
import type { NotesTransport } from './notes-store.ts';

/** What the server said went wrong, or that it is not there. */
const messageOf = async (answer: Response): Promise<string> => {
  try {
    const body = (await answer.json()) as { error?: { message?: string; hint?: string } };
    const { message, hint } = body.error ?? {};
    if (message) return hint ? `${message} ${hint}` : message;
  } catch {
    // Not our server's JSON: the status is all there is.
  }
  return `The server answered ${answer.status} ${answer.statusText}`.trim();
};

const ask = async (address: string, init?: RequestInit): Promise<Response> => {
  let answer: Response;
  try {
    answer = await fetch(address, init);
  } catch {
    throw new Error('The server does not answer. Is periphon audition still running?');
  }
  if (!answer.ok) throw new Error(await messageOf(answer));
  return answer;
};

const getJson = async <T>(address: string): Promise<T> => (await ask(address)).json() as Promise<T>;

/** What can be heard. @throws Error with a message for the listener */
export const loadSession = (): Promise<Session> => getJson('api/session');

/** Overview of a source, as far as it is made. @throws Error with a message for the listener */
export const loadOverview = (sourceId: string, hrtfId: string): Promise<OverviewAnswer> =>
  getJson(`api/sources/${encodeURIComponent(sourceId)}/overview?hrtf=${encodeURIComponent(hrtfId)}`);

/** Text of the scene; undefined where there is none. @throws Error with a message for the listener */
export const loadSceneText = async (): Promise<string | undefined> => {
  const answer = await fetch('api/scene');
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(await messageOf(answer));
  return answer.text();
};

/** Notes beside the deliverables. */
export const notesTransport: NotesTransport = {
  load: () => getJson<NotesDocument>('api/notes'),
  async save(document) {
    const body = JSON.stringify(document);
    await ask('api/notes', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body,
      // Outlives the page that is closed right after a note was written; browsers take 64 KiB of that.
      keepalive: body.length < 20_000,
    });
  },
};
