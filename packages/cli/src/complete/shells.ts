/** A shell that completions are written for. */
export type Shell = "bash" | "zsh" | "fish" | "powershell";

/** All of them. */
export const shells: readonly Shell[] = ["bash", "zsh", "fish", "powershell"];
