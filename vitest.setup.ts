// Makes what fast-check generates repeatable. Vitest runs this before every test file where FAST_CHECK_SEED is set.
import { configureGlobal } from "fast-check";

configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"]) });
