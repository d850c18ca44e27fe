import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { AudioBlock } from '../base/audio-block.ts';
import { AbortedError } from '../base/errors.ts';
import type { FrameSource } from './pump.ts';

/**
 * Blocks of audio from one thread to another, in order. The samples lie in slots of shared memory; messages
 * say which slot is full (to the receiver) and which is free again (to the sender), so that the sender runs
 * ahead by a few blocks at most and memory stays flat.
 */

/** The receiver's end, to be sent to another thread (its port must be transferred). */
export interface BlockChannelEnd {
  readonly port: MessagePort;
  /** [slot][channel][frame] */
  readonly memory: SharedArrayBuffer;
  readonly channelCount: number;
  readonly slotFrames: number;
}

/** The sender's end. */
export interface BlockSender {
  readonly receiverEnd: BlockChannelEnd;
  /** Copies the block's frames into the next slot, as soon as one is free. @throws what `close` was given */
  send(block: AudioBlock): Promise<void>;
  /** Ends the channel: a receiver that still waits, and later sends, fail. */
  close(reason?: Error): void;
}

/** What goes to the receiver: a slot that is full. */
interface FullSlot {
  readonly slot: number;
  readonly frameCount: number;
}

const slotCount = 4;

/** Opens a channel. @param slotFrames most frames of one block */
export function createBlockSender(channelCount: number, slotFrames: number): BlockSender {
  const { port1: port, port2 } = new MessageChannel();
  const memory = new SharedArrayBuffer(
    slotCount * channelCount * slotFrames * Float32Array.BYTES_PER_ELEMENT,
  );
  const slots = slotsOf(memory, channelCount, slotFrames);
  const free = slots.map((_, index) => index);
  let wake: (() => void) | undefined;
  let closedBy: Error | undefined;
  port.on('message', (slot: number) => {
    free.push(slot);
    wake?.();
  });
  port.unref();
  return {
    receiverEnd: { port: port2, memory, channelCount, slotFrames },
    async send({ channels, frameCount }) {
      while (free.length === 0 && !closedBy) {
        port.ref();
        await new Promise<void>((resolve) => (wake = resolve));
        port.unref();
      }
      if (closedBy) throw closedBy;
      const slot = free.shift()!;
      slots[slot].forEach((target, channel) => target.set(channels[channel].subarray(0, frameCount)));
      port.postMessage({ slot, frameCount } satisfies FullSlot);
    },
    close(reason = new AbortedError()) {
      closedBy ??= reason;
      port.close();
      wake?.();
    },
  };
}

/** Makes the receiver's end a source: each read takes one block as it was sent. */
export function createBlockSource(end: BlockChannelEnd): FrameSource {
  const { port, memory, channelCount, slotFrames } = end;
  const slots = slotsOf(memory, channelCount, slotFrames);
  const full: FullSlot[] = [];
  let isClosed = false;
  let wake: (() => void) | undefined;
  port.on('message', (message: FullSlot) => {
    full.push(message);
    wake?.();
  });
  port.on('close', () => {
    isClosed = true;
    wake?.();
  });
  return {
    async read(block) {
      while (full.length === 0) {
        if (isClosed) throw new AbortedError();
        await new Promise<void>((resolve) => (wake = resolve));
      }
      const { slot, frameCount } = full.shift()!;
      slots[slot].forEach((source, channel) => block.channels[channel].set(source.subarray(0, frameCount)));
      port.postMessage(slot);
      return frameCount;
    },
  };
}

/** Views of the slots: [slot][channel]. */
function slotsOf(memory: SharedArrayBuffer, channelCount: number, slotFrames: number): Float32Array[][] {
  return Array.from({ length: slotCount }, (_, slot) =>
    Array.from(
      { length: channelCount },
      (_, channel) =>
        new Float32Array(
          memory,
          (slot * channelCount + channel) * slotFrames * Float32Array.BYTES_PER_ELEMENT,
          slotFrames,
        ),
    ),
  );
}
