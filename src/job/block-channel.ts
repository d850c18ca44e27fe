import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { AudioBlock } from '../base/audio-block.ts';
import { AbortedError } from '../base/errors.ts';
import type { FrameSource } from './pump.ts';

/**
 * Blocks of audio from one thread to another, in order. The samples lie in a few slots of memory that change
 * hands with the messages: to the receiver when they are full, back to the sender when they are free again. So
 * the sender runs ahead by a few blocks at most, memory stays flat, and the receiver copies nothing.
 */

/** The receiver's end, to be sent to another thread (its port must be transferred). */
export interface BlockChannelEnd {
  readonly port: MessagePort;
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

/** What goes to the receiver: a slot that is full, float32 [channel][frame]. */
interface FullSlot {
  readonly slot: ArrayBuffer;
  readonly frameCount: number;
}

const slotCount = 4;

/** Opens a channel. @param slotFrames most frames of one block */
export function createBlockSender(channelCount: number, slotFrames: number): BlockSender {
  const { port1: port, port2 } = new MessageChannel();
  const slotBytes = channelCount * slotFrames * Float32Array.BYTES_PER_ELEMENT;
  const free = Array.from({ length: slotCount }, () => new ArrayBuffer(slotBytes));
  let wake: (() => void) | undefined;
  let closedBy: Error | undefined;
  port.on('message', (slot: ArrayBuffer) => {
    free.push(slot);
    wake?.();
  });
  port.unref();
  return {
    receiverEnd: { port: port2, channelCount, slotFrames },
    async send({ channels, frameCount }) {
      while (free.length === 0 && !closedBy) {
        port.ref();
        await new Promise<void>((resolve) => (wake = resolve));
        port.unref();
      }
      if (closedBy) throw closedBy;
      const slot = free.shift()!;
      const samples = new Float32Array(slot);
      for (let channel = 0; channel < channelCount; channel++) {
        const input = channels[channel];
        samples.set(
          input.length === frameCount ? input : input.subarray(0, frameCount),
          channel * slotFrames,
        );
      }
      port.postMessage({ slot, frameCount } satisfies FullSlot, [slot]);
    },
    close(reason = new AbortedError()) {
      closedBy ??= reason;
      port.close();
      wake?.();
    },
  };
}

/**
 * Makes the receiver's end a source: each read takes one block as it was sent. The channels of the block that
 * is to be filled become those of the slot, until the same block is read into again.
 */
export function createBlockSource(end: BlockChannelEnd): FrameSource {
  const { port, channelCount, slotFrames } = end;
  const full: FullSlot[] = [];
  /** The slot that each block holds. */
  const lent = new Map<AudioBlock, ArrayBuffer>();
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
      const done = lent.get(block);
      if (done) port.postMessage(done, [done]);
      lent.delete(block);
      while (full.length === 0) {
        if (isClosed) throw new AbortedError();
        await new Promise<void>((resolve) => (wake = resolve));
      }
      const { slot, frameCount } = full.shift()!;
      lent.set(block, slot);
      for (let channel = 0; channel < channelCount; channel++) {
        const byteOffset = channel * slotFrames * Float32Array.BYTES_PER_ELEMENT;
        block.channels[channel] = new Float32Array(slot, byteOffset, slotFrames);
      }
      return frameCount;
    },
  };
}
