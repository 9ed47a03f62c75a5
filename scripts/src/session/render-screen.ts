import type { IBufferCell, Terminal } from "@xterm/headless";

/** The colors of the terminal that is drawn, by their number in its palette. */
const palette = [
  ["#1d1f28", "#ff6b7a", "#5fd38d", "#f2c55c", "#6cb6ff", "#d695f0", "#4fd1d9", "#d8dbe6"],
  ["#6f7488", "#ff8e99", "#86e2a8", "#f7d98c", "#96cbff", "#e3b6f5", "#83e2e7", "#ffffff"],
].flat();

const [background = "#1d1f28", , , , , , , foreground = "#d8dbe6"] = palette;
const cell = { width: 8, height: 18 };
const margin = 16;

/** A run of cells of one line that look the same. */
interface Run {
  readonly column: number;
  text: string;
  cells: number;
  readonly look: Look;
}

interface Look {
  readonly fill: string;
  readonly back: string | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
}

/** Draws what is on a terminal's screen, as SVG. */
export function renderScreen(terminal: Terminal, title: string): string {
  const { active } = terminal.buffer;
  const lines = Array.from({ length: active.length }, (_, row) => runsOf(terminal, row));
  const used = lines.slice(
    0,
    lines.findLastIndex((runs) => runs.some(({ text, look }) => text.trim() || look.back)) + 1,
  );
  const width = Math.ceil(terminal.cols * cell.width + 2 * margin);
  const height = Math.ceil(used.length * cell.height + 2 * margin);
  const font = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}">
<title>${escape(title)}</title>
<rect width="${width}" height="${height}" rx="8" fill="${background}"/>
<g font-family="${font}" font-size="13.3" xml:space="preserve">
${used.flatMap((runs, row) => runs.map((run) => drawRun(run, row))).join("\n")}
</g>
</svg>
`;
}

function runsOf(terminal: Terminal, row: number): Run[] {
  const line = terminal.buffer.active.getLine(row);
  const runs: Run[] = [];
  for (let column = 0; column < terminal.cols; column += 1) {
    const found = line?.getCell(column);
    // The second half of a wide character.
    if (!found || found.getWidth() === 0) continue;
    const look = lookOf(found);
    const text = found.getChars() || " ";
    const last = runs.at(-1);
    const isSame = last && JSON.stringify(last.look) === JSON.stringify(look);
    // Halves of a cell are drawn as such, and not as text.
    if (isSame && (last.text.endsWith(text) || !/[▀▄]/.test(last.text + text))) {
      last.text += text;
      last.cells += found.getWidth();
    } else {
      runs.push({ column, text, cells: found.getWidth(), look });
    }
  }
  return runs.filter(({ text, look }) => text.trim() !== "" || look.back !== undefined);
}

function lookOf(found: IBufferCell): Look {
  const fill = found.isFgRGB() ? hex(found.getFgColor()) : found.isFgPalette() ? color(found.getFgColor()) : foreground;
  const back = found.isBgRGB() ? hex(found.getBgColor()) : found.isBgPalette() ? color(found.getBgColor()) : undefined;
  return { fill, back, bold: found.isBold() !== 0, dim: found.isDim() !== 0 };
}

function color(index: number): string {
  const basic = palette[index];
  if (basic) return basic;
  if (index >= 232) return hex((8 + (index - 232) * 10) * 0x01_01_01);
  const [red, green, blue] = [Math.floor((index - 16) / 36), Math.floor((index - 16) / 6) % 6, (index - 16) % 6];
  const level = (step: number): number => (step === 0 ? 0 : 55 + 40 * step);
  return hex((level(red!) << 16) | (level(green!) << 8) | level(blue!));
}

function hex(value: number): string {
  return `#${value.toString(16).padStart(6, "0")}`;
}

function drawRun({ column, text, cells, look }: Run, row: number): string {
  const x = round(margin + column * cell.width);
  const y = margin + row * cell.height;
  const width = round(cells * cell.width);
  const rectangle = (top: number, height: number, fill: string): string =>
    `<rect x="${x}" y="${y + top}" width="${width}" height="${height}" fill="${fill}" shape-rendering="crispEdges"/>`;
  const back = look.back ? rectangle(0, cell.height, look.back) : "";
  // Fonts leave gaps between these.
  const half = cell.height / 2;
  if (/^▀+$/.test(text)) return back + rectangle(0, half, look.fill);
  if (/^▄+$/.test(text)) return back + rectangle(half, half, look.fill);
  if (text.trim() === "") return back;
  const looks = `${look.bold ? ' font-weight="bold"' : ""}${look.dim ? ' opacity="0.6"' : ""}`;
  return `${back}<text x="${x}" y="${y + 13}" textLength="${width}" lengthAdjust="spacingAndGlyphs" fill="${look.fill}"${looks}>${escape(text)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
