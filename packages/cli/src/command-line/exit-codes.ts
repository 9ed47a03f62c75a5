/** The ways in which a command ends. */
export type ExitName = "ok" | "failed" | "usage" | "invalidImage" | "rejected" | "interrupted";

/** How a command can end, for programs that run it. */
export const exitCodes: Readonly<Record<ExitName, { readonly code: number; readonly meaning: string }>> = {
  ok: { code: 0, meaning: "done" },
  failed: { code: 1, meaning: "something failed: a file, the network, the server" },
  usage: { code: 2, meaning: "the command line, the environment or the config file is wrong" },
  invalidImage: { code: 3, meaning: "an image is not one that the endpoint accepts" },
  rejected: { code: 4, meaning: "the server rejected the request" },
  interrupted: { code: 130, meaning: "interrupted, by Ctrl-C for example" },
};
