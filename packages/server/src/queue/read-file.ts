import type { FileStore } from "../stores/file-store.ts";

/** A whole file of a store; undefined if it is not there. */
export async function readFile(store: FileStore, id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const content = await store.read(id);
  if (content === undefined || content instanceof Uint8Array) return content;
  return new Uint8Array(await new Response(content).arrayBuffer());
}
