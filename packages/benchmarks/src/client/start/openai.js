import OpenAI from "openai";
// oxlint-disable-next-line import/no-unassigned-import -- it only listens
import "./tell-cpu-time.js";

export const client = new OpenAI({ apiKey: "key" });
