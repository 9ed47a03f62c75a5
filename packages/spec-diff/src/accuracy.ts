export { judges } from "./accuracy/classifiers.ts";
export { listCases } from "./accuracy/list-cases.ts";
export { scoreJudge, type Score } from "./accuracy/score-classifier.ts";
