// npm start: the command image-variations on an image, by default the otter. The script in package.json has built it.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { endQuietlyWithReader } from "@image-variations/command";

// Without runCommand, because the command that it runs reads the words itself.
endQuietlyWithReader();

const program = fileURLToPath(new URL("dist/main.js", import.meta.resolve("image-variations/package.json")));
const otter = fileURLToPath(new URL("../../../assets/otter.png", import.meta.url));

// pnpm passes its own separator on.
const words = process.argv.slice(2).filter((word, index) => !(word === "--" && index === 0));
const [first = ""] = words;
const isImage = first !== "" && (first === "-" || !first.startsWith("-"));
const isHelp = /^(-h|-H|--help|--help-all|--version|-v)$/.test(first);
const image = isImage || isHelp ? [] : [otter];
const count = words.some((word) => /^(-n|--n)\b/.test(word)) || isHelp ? [] : ["-n", "4"];
const { status } = spawnSync(process.execPath, [program, "create", ...image, ...count, ...words], { stdio: "inherit" });
process.exitCode = status ?? 1;
