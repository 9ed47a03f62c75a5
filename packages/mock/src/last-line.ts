const ofPrism = /✖ +fatal +(?<words>\S.*)$/u;
const ofNode = /^(?<words>(?:\w*Error|listen \w+): .*)$/u;

/** The line of Prism's log that says why it ended: its own `fatal` line, or the error that it did not catch. */
export function lastLine(log: string): string {
  const lines = log.split("\n").map((line) => line.trim());
  for (const pattern of [ofPrism, ofNode]) {
    const words = lines.findLast((line) => pattern.test(line))?.match(pattern)?.groups?.words;
    if (words) return words;
  }
  return lines.findLast((line) => line !== "") ?? "(nothing)";
}
