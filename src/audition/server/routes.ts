import type { IncomingMessage, ServerResponse } from 'node:http';
import { notFound, RequestError, sendJson, sendResource, sendSamples, sendText } from './answers.ts';
import type { AudioDesk } from './audio-desk.ts';
import { audioResource } from './audio-resource.ts';
import type { AuditionPlan } from './audition-plan.ts';
import { fileResource } from './file-resource.ts';
import { pathInFolder } from './list-folder.ts';
import { receiveNotes, type NotesFile } from './notes-file.ts';
import type { OverviewBook } from './overview-book.ts';

/** What is served. */
export interface Served {
  readonly plan: AuditionPlan;
  /** Files of the page by their addresses. */
  readonly pageFiles: ReadonlyMap<string, string>;
  readonly notes: NotesFile;
  readonly desk: AudioDesk;
  readonly overviews: OverviewBook;
}

/** A request behind the token. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The address, part by part. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

type Handler = (served: Served, exchange: Exchange, name: string) => Promise<void>;

/** Addresses of the protocol; '*' is a name that the handler looks up. */
const handlers: readonly { readonly address: string; readonly handle: Handler }[] = [
  {
    address: 'api/session',
    handle: async ({ plan }, { response }) => sendJson(response, plan.session),
  },
  { address: 'api/sources/*/audio', handle: sendAudio },
  { address: 'api/sources/*/overview', handle: sendOverview },
  { address: 'api/scene', handle: sendScene },
  { address: 'api/hrtfs/*/ambisonic', handle: sendAmbisonicFilters },
  { address: 'api/hrtfs/*/loudspeakers', handle: sendLoudspeakerFilters },
  { address: 'api/notes', handle: exchangeNotes },
  { address: 'api/files/*', handle: sendFile },
];

/** Answers a request. @throws RequestError, and what reading throws, before anything is sent */
export async function answer(served: Served, exchange: Exchange): Promise<void> {
  const { parts, request } = exchange;
  const isNotes = parts.join('/') === 'api/notes';
  const methods = isNotes ? ['GET', 'HEAD', 'PUT'] : ['GET', 'HEAD'];
  if (!methods.includes(request.method ?? ''))
    throw new RequestError(405, 'method', `${request.method} is not allowed here`, {
      Allow: methods.join(', '),
    });
  if (parts[0] !== 'api') return sendPage(served, exchange);
  const found = handlers.find(({ address }) => matches(address.split('/'), parts));
  if (!found) throw notFound();
  await found.handle(served, exchange, parts[found.address.split('/').indexOf('*')] ?? '');
}

const matches = (address: readonly string[], parts: readonly string[]): boolean =>
  address.length === parts.length && address.every((part, index) => part === '*' || part === parts[index]);

async function sendPage({ pageFiles }: Served, { request, response, parts }: Exchange): Promise<void> {
  const file = pageFiles.get(parts.join('/'));
  if (file === undefined) throw notFound();
  await sendResource(request, response, await fileResource(file));
}

async function sendAudio({ plan, desk }: Served, { request, response }: Exchange, id: string): Promise<void> {
  const source = plan.session.sources.find((known) => known.id === id);
  if (!source) throw notFound();
  const read = (startFrame: number, frameCount: number) => desk.read(id, startFrame, frameCount);
  await sendResource(request, response, audioResource(source, read));
}

async function sendOverview(
  { plan, overviews }: Served,
  { response, query }: Exchange,
  id: string,
): Promise<void> {
  if (!plan.session.sources.some((source) => source.id === id)) throw notFound();
  sendJson(response, overviews.ask(id, knownHrtf(plan, query.get('hrtf') ?? undefined)));
}

async function sendScene({ plan }: Served, { response }: Exchange): Promise<void> {
  if (plan.sceneText === undefined) throw notFound();
  sendText(response, plan.sceneText);
}

async function sendAmbisonicFilters(
  { plan, desk }: Served,
  { response, query }: Exchange,
  id: string,
): Promise<void> {
  const order = Number(query.get('order'));
  if (![1, 2, 3].includes(order))
    throw new RequestError(400, 'ambisonic-order', `order is ${query.get('order')}; allowed are 1 to 3`);
  sendSamples(response, await desk.ambisonicFilters(knownHrtf(plan, id), order));
}

async function sendLoudspeakerFilters(
  { plan, desk }: Served,
  { response, query }: Exchange,
  id: string,
): Promise<void> {
  const layout = query.get('layout') ?? '';
  if (!Object.hasOwn(plan.session.layouts, layout)) throw notFound();
  sendSamples(response, await desk.loudspeakerFilters(knownHrtf(plan, id), layout));
}

/** @param id the default where undefined */
function knownHrtf({ session }: AuditionPlan, id: string | undefined): string {
  const found = id === undefined ? session.hrtfs[0] : session.hrtfs.find((choice) => choice.id === id);
  if (!found) throw notFound();
  return found.id;
}

async function exchangeNotes({ notes }: Served, { request, response }: Exchange): Promise<void> {
  if (request.method === 'PUT') await notes.write(await receiveNotes(request));
  sendJson(response, await notes.read());
}

async function sendFile({ plan }: Served, { request, response }: Exchange, name: string): Promise<void> {
  const path = plan.files.includes(name) ? await pathInFolder(plan.folder, name) : undefined;
  if (path === undefined) throw notFound();
  await sendResource(request, response, await fileResource(path));
}
