import headless from "@xterm/headless";
import { expect, test } from "vitest";
import { renderScreen } from "./render-screen.ts";

async function render(written: string): Promise<string> {
  const terminal = new headless.Terminal({ cols: 20, rows: 5, allowProposedApi: true });
  await new Promise<void>((done) => terminal.write(written, done));
  return renderScreen(terminal, "a & b");
}

test("draws each run of a look once, at its place, with what means something in XML escaped", async () => {
  const svg = await render("one \u001B[1mtwo\u001B[0m\r\n<&>");
  expect(svg).toContain("<title>a &amp; b</title>");
  expect(svg.match(/<text /g)).toHaveLength(3);
  expect(svg).toMatch(/x="48" y="29" [^>]*font-weight="bold">two</);
  expect(svg).toMatch(/x="16" y="47" [^>]*>&lt;&amp;&gt; */);
});

test("draws half blocks as rectangles of their two colors, so that an image has no gaps", async () => {
  const svg = await render("\u001B[38;2;255;0;0;48;2;0;0;255m▀▀");
  expect(svg).toContain('<rect x="16" y="16" width="16" height="18" fill="#0000ff"');
  expect(svg).toContain('<rect x="16" y="16" width="16" height="9" fill="#ff0000"');
  expect(svg).not.toContain("▀");
});

test("is as high as what is on the screen", async () => {
  expect(await render("one line")).toContain('height="50" viewBox="0 0 192 50"');
});
