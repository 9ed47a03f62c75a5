import { spawn } from "node:child_process";

/** How each system opens a file with the program that is set up for it. */
const viewers: Readonly<Record<string, { readonly program: string; readonly args: readonly string[] }>> = {
  darwin: { program: "open", args: [] },
  // The first argument of `start` in quotes would be the window's title.
  win32: { program: "cmd", args: ["/c", "start", '""'] },
};

/** Opens a file with the system's viewer, and does not wait for it. Resolves with whether it could be started. */
export function openViewer(path: string): Promise<boolean> {
  const { program, args } = viewers[process.platform] ?? { program: "xdg-open", args: [] };
  return new Promise((resolve) => {
    const child = spawn(program, [...args, path], { detached: true, stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}
