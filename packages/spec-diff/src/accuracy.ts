export { classifiers } from "./accuracy/classifiers.ts";
export { listCases } from "./accuracy/list-cases.ts";
export { scoreClassifier, type Score } from "./accuracy/score-classifier.ts";
