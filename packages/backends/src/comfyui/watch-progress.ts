import { isRecord } from "../options/checks.ts";

/**
 * Listens to how far a job has come, which ComfyUI says on a socket alone, until the returned function is called.
 *
 * @param clientId The one that the job is queued with.
 * @param tell Gets the share of the running node's steps that is done, 0 to 1.
 */
export function watchProgress(baseURL: string, clientId: string, tell: (done: number) => void): () => void {
  // Progress is a courtesy: without sockets, the job goes on all the same.
  if (typeof WebSocket !== "function") return () => {};
  const socket = new WebSocket(`${baseURL.replace(/^http/, "ws")}/ws?clientId=${clientId}`);
  socket.addEventListener("error", () => {});
  socket.addEventListener("message", ({ data: text }) => {
    if (typeof text !== "string") return; // a preview
    const share = readShare(text);
    if (share !== undefined) tell(share);
  });
  return () => socket.close();
}

function readShare(text: string): number | undefined {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(message) || message["type"] !== "progress" || !isRecord(message["data"])) return undefined;
  const { value, max } = message["data"];
  const share = Number(value) / Number(max);
  // 1 is for the images themselves.
  return share >= 0 && share <= 1 ? Math.min(share, 0.99) : undefined;
}
