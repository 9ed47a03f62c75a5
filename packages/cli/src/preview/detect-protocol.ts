import { WriteStream } from "node:tty";
import type { CliContext } from "../command-line/cli-context.ts";
import type { PreviewProtocol } from "./protocols.ts";
import type { TerminalReply } from "./query-terminal.ts";

type Environment = CliContext["environment"];

/** What is known of a terminal. */
export interface TerminalFacts {
  readonly environment: Environment;
  /** Whether colors may be used. */
  readonly colors: boolean;
  /** What it said when it was asked; undefined if it was not, or said nothing. */
  readonly reply: TerminalReply | undefined;
}

interface Sign {
  readonly protocol: "kitty" | "iterm2" | "sixel";
  readonly matches: (environment: Environment) => boolean;
}

const program =
  (...names: readonly string[]) =>
  ({ TERM_PROGRAM = "", LC_TERMINAL = "" }: Environment): boolean =>
    names.includes(TERM_PROGRAM) || names.includes(LC_TERMINAL);
const term =
  (pattern: RegExp) =>
  ({ TERM = "" }: Environment): boolean =>
    pattern.test(TERM);

/** By what a terminal sets in the environment. The first that matches counts. */
const signs: readonly Sign[] = [
  { protocol: "iterm2", matches: program("iTerm.app", "iTerm2", "WezTerm", "mintty", "rio") },
  { protocol: "kitty", matches: ({ KITTY_WINDOW_ID }) => Boolean(KITTY_WINDOW_ID) },
  { protocol: "kitty", matches: program("ghostty", "kitty", "WarpTerminal") },
  { protocol: "kitty", matches: term(/kitty|ghostty/) },
  // Konsole 22.04 was the first that shows images.
  { protocol: "kitty", matches: ({ KONSOLE_VERSION }) => Number(KONSOLE_VERSION) >= 220_400 },
  { protocol: "sixel", matches: term(/^(?:mlterm|foot|contour|yaft)/) },
];

/** Whether a program such as tmux stands between, which passes on what it knows, but has the outer terminal's variables. */
function isMultiplexed({ TMUX, STY, TERM = "", ZELLIJ }: Environment): boolean {
  return Boolean(TMUX ?? STY ?? ZELLIJ) || /^(?:tmux|screen)/.test(TERM);
}

/** The protocol that the environment tells of; undefined if it tells of none, and the terminal should be asked. */
export function protocolOfEnvironment(environment: Environment): PreviewProtocol | undefined {
  if (isMultiplexed(environment)) return undefined;
  return signs.find(({ matches }) => matches(environment))?.protocol;
}

/** Whether a terminal may be asked. Some print what they do not understand. */
export function mayBeAsked({ TERM = "", TERM_PROGRAM }: Environment): boolean {
  return TERM !== "" && !/^(?:dumb|linux|cons|vt\d)/.test(TERM) && TERM_PROGRAM !== "Apple_Terminal";
}

/** The best protocol of a terminal; undefined if it can show nothing in color. */
export function detectProtocol({ environment, colors, reply }: TerminalFacts): PreviewProtocol | undefined {
  const known = protocolOfEnvironment(environment);
  if (known) return known;
  if (reply?.hasKitty && !isMultiplexed(environment)) return "kitty";
  if (reply?.hasSixel) return "sixel";
  if (!colors) return undefined;
  const depth = WriteStream.prototype.getColorDepth(environment);
  if (depth >= 24) return "blocks24";
  return depth >= 8 ? "blocks8" : undefined;
}
