import { expect, test } from 'vitest';
import { AbortedError, OutputError } from '../../src/base/errors.ts';
import { packError, sharedStopSignal, unpackError } from '../../src/job/worker-messages.ts';

test('errors keep their class and place across threads', () => {
  const sent = new OutputError('disk-full', 'no room', { file: 'a.wav', hint: 'free some' });
  const received = unpackError(structuredClone(packError(sent)));
  expect(received).toBeInstanceOf(OutputError);
  expect(received).toMatchObject({ code: 'disk-full', message: 'no room', file: 'a.wav', hint: 'free some' });
  expect(received.stack).toBe(sent.stack);
  expect(unpackError(packError(new AbortedError()))).toBeInstanceOf(AbortedError);
});

test('errors that are not ours stay plain errors', () => {
  expect(unpackError(packError(new TypeError('odd')))).toMatchObject({ message: 'odd' });
  expect(unpackError(packError('text'))).toMatchObject({ message: 'text' });
});

test('a shared flag stops', () => {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const signal = sharedStopSignal(flag);
  expect(signal.aborted).toBe(false);
  Atomics.store(flag, 0, 1);
  expect(signal.aborted).toBe(true);
});
