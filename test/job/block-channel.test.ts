import { expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { createBlockSender, createBlockSource } from '../../src/job/block-channel.ts';

test('blocks arrive whole and in order, and the sender does not run away', async () => {
  const sender = createBlockSender(2, 64);
  const source = createBlockSource(sender.receiverEnd);
  let sent = 0;
  const sending = (async () => {
    const block = createAudioBlock(2, 64);
    for (let index = 0; index < 20; index++) {
      block.frameCount = index === 19 ? 5 : 64;
      block.channels[0]!.fill(index);
      block.channels[1]!.fill(-index);
      await sender.send(block);
      sent++;
    }
  })();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(sent).toBe(4);
  // Two in turn, as the pump has them: what the other one holds stays as it is.
  const blocks = [createAudioBlock(2, 64), createAudioBlock(2, 64)];
  for (let index = 0; index < 20; index++) {
    const received = blocks[index % 2]!;
    expect(await source.read(received)).toBe(index === 19 ? 5 : 64);
    expect([received.channels[0]![0], received.channels[1]![4]]).toEqual([index, index === 0 ? -0 : -index]);
    if (index > 0) expect(blocks[(index + 1) % 2]!.channels[0]![0]).toBe(index - 1);
  }
  await sending;
  sender.close();
});

test('a receiver that waits fails when the channel is closed', async () => {
  const sender = createBlockSender(1, 8);
  const source = createBlockSource(sender.receiverEnd);
  const reading = source.read(createAudioBlock(1, 8));
  sender.close();
  await expect(reading).rejects.toMatchObject({ code: 'aborted' });
});

test('a sender that waits fails with the reason of the close', async () => {
  const sender = createBlockSender(1, 8);
  const block = createAudioBlock(1, 8);
  for (let index = 0; index < 4; index++) await sender.send(block);
  const waiting = sender.send(block);
  sender.close(new Error('the other side failed'));
  await expect(waiting).rejects.toThrow('the other side failed');
  await expect(sender.send(block)).rejects.toThrow('the other side failed');
});
