import { PassThrough, Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { messageChunks } from "./message-chunks.ts";

/** Lets a stream go on as far as it does by itself. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}

const pieces = Array.from({ length: 10 }, (_, index) => Buffer.from([index]));

describe("the chunks of a message", () => {
  it("are read hardly faster than they are asked for, and all come in order", async () => {
    const source = new PassThrough();
    for (const piece of pieces) source.write(piece);
    source.end();
    const chunks = messageChunks(source, () => {});
    await settle();
    // Four are waiting to be asked for, and the other six are left where they are.
    expect([source.isPaused(), source.readableLength]).toEqual([true, 6]);
    const read: Uint8Array[] = [];
    for await (const chunk of chunks) read.push(chunk);
    expect(Buffer.concat(read)).toEqual(Buffer.concat(pieces));
  });

  it("are waited for, and end with the message", async () => {
    const source = new PassThrough();
    let left = 0;
    const chunks = messageChunks(source, () => left++);
    const first = chunks.next();
    source.write("a");
    expect(await first).toEqual({ value: Buffer.from("a"), done: false });
    const second = chunks.next();
    source.end();
    expect(await second).toEqual({ value: undefined, done: true });
    expect(left).toBe(1);
  });

  it("that came before the message broke off are still handed out, and then its error", async () => {
    const source = new PassThrough();
    const chunks = messageChunks(source, () => {});
    source.write("a");
    await settle();
    source.destroy(new Error("reset"));
    await settle();
    expect((await chunks.next()).value).toEqual(Buffer.from("a"));
    await expect(chunks.next()).rejects.toThrow("reset");
  });

  it.each([
    ["closed", undefined, "The connection closed before the body was complete."],
    ["broken off", new Error("reset"), "reset"],
  ])("of a message that is %s already are an error", async (_, error, message) => {
    const source = new Readable({ read() {} });
    source.on("error", () => {});
    source.destroy(error);
    await settle();
    await expect(messageChunks(source, () => {}).next()).rejects.toThrow(message);
  });

  it("that are no longer wanted end the message", async () => {
    const source = new PassThrough();
    let left = 0;
    const chunks = messageChunks(source, () => left++);
    source.write("a");
    await chunks.next();
    await chunks.return?.();
    expect({ left, destroyed: source.destroyed }).toEqual({ left: 1, destroyed: true });
  });
});
