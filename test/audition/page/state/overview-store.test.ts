import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOverviewStore } from '../../../../src/audition/page/state/overview-store.ts';
import type { OverviewAnswer } from '../../../../src/audition/protocol/session.ts';
import { fakeOverview, fakeSession } from '../fakes.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the server is asked until it is ready, and not again', async () => {
  const answers: OverviewAnswer[] = [
    { state: 'working', progress: 0.3 },
    { state: 'ready', overview: fakeOverview(-16) },
  ];
  const session = { ...fakeSession(), sources: fakeSession().sources.slice(0, 1) };
  const load = vi.fn(async () => answers.shift()!);
  const store = createOverviewStore(session, load);
  store.setHrtf('neutral');
  await vi.advanceTimersByTimeAsync(0);
  expect(store.overviews.value.get('binaural')).toEqual({
    answer: { state: 'working', progress: 0.3 },
    last: undefined,
  });
  await vi.advanceTimersByTimeAsync(5000);
  expect(store.overviews.value.get('binaural')?.last?.heardLufs).toBe(-16);
  expect(load).toHaveBeenCalledTimes(2);
});

test('another HRTF set is measured anew while the waveform stays; going back asks nobody', async () => {
  const load = vi.fn(async (_id: string, hrtfId: string): Promise<OverviewAnswer> =>
    hrtfId === 'one' ? { state: 'ready', overview: fakeOverview(-16) } : { state: 'working', progress: 0 },
  );
  const session = { ...fakeSession(), sources: fakeSession().sources.slice(0, 1) };
  const store = createOverviewStore(session, load);
  store.setHrtf('one');
  await vi.advanceTimersByTimeAsync(0);
  store.setHrtf('two');
  await vi.advanceTimersByTimeAsync(0);
  expect(store.overviews.value.get('binaural')).toMatchObject({
    answer: { state: 'working' },
    last: { heardLufs: -16 },
  });
  store.setHrtf('one');
  expect(store.overviews.value.get('binaural')?.answer.state).toBe('ready');
  const count = load.mock.calls.length;
  await vi.advanceTimersByTimeAsync(5000);
  expect(load.mock.calls.length).toBe(count);
});

test('a failure is told, and asked about again now and then', async () => {
  const load = vi.fn((): Promise<OverviewAnswer> => Promise.reject(new Error('The file has gone.')));
  const session = { ...fakeSession(), sources: fakeSession().sources.slice(0, 1) };
  const store = createOverviewStore(session, load);
  store.setHrtf('one');
  await vi.advanceTimersByTimeAsync(4900);
  expect(store.overviews.value.get('binaural')?.answer).toEqual({
    state: 'failed',
    message: 'The file has gone.',
  });
  expect(load).toHaveBeenCalledTimes(1);
  load.mockResolvedValue({ state: 'ready', overview: fakeOverview(-16) });
  await vi.advanceTimersByTimeAsync(5000);
  expect(store.overviews.value.get('binaural')?.answer.state).toBe('ready');
  await vi.advanceTimersByTimeAsync(20_000);
  expect(load).toHaveBeenCalledTimes(2);
});
