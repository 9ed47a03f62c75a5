// pnpm structure [DIR]: the repository's structure in numbers, room by room.
import { root as here } from "./repository/repository.ts";
import { findCycles } from "./imports/find-cycles.ts";
import { importGraph } from "./imports/import-graph.ts";
import { measureStructure } from "./structure/measure-structure.ts";
import { endQuietlyWithReader } from "@image-variations/scripts/end-quietly-with-reader.ts";

endQuietlyWithReader();
const root = process.argv[2] ?? here;
const rooms = measureStructure(root);

console.table(
  Object.fromEntries(
    rooms.map((room) => [
      room.room,
      {
        files: room.files,
        lines: room.lines,
        "median lines": room.medianLines,
        "longest file": room.longestFile.lines,
        "10 lines or fewer": room.shortFiles.length,
        "functions > 50 lines": room.longFunctions.length,
        "! per 1,000 lines": Number(room.nonNullAssertions.toFixed(1)),
        "test files": room.testFiles,
      },
    ]),
  ),
);
for (const { longFunctions } of rooms) for (const found of longFunctions) console.log(found);
console.log(`Import cycles, types included: ${findCycles(importGraph(root)).length}`);
