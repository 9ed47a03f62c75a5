/** A word that this project does not use, and the one that it uses instead. */
export interface ReplacedWord {
  /** Matches it in text whose identifiers are split into words, in lower case. */
  readonly avoid: RegExp;
  readonly use: string;
}

/** One word for one thing: identifiers, file names, docs, messages, tests and spec descriptions. */
export const vocabulary: readonly ReplacedWord[] = [
  { avoid: /\banswer(s|ed|ing)?\b/g, use: "response, responds" },
  { avoid: /\bpictures?\b/g, use: "image" },
  { avoid: /(?<!connection )\brefus(e|es|ed|ing|al|als)\b/g, use: "reject" },
  { avoid: /\bmend(s|ed|ing)?\b/g, use: "fix" },
  { avoid: /\banew\b/g, use: "again" },
  { avoid: /\b(findings?|oddity|oddities)\b/g, use: "issue, or change (between two specs)" },
  { avoid: /\bproblems?\b(?!\+json| details)/g, use: "issue" },
  { avoid: /\bdepart(s|ed|ures?)?\b/g, use: "known difference; fails" },
  { avoid: /\bjudg(e|es|ed|ing|ment|ments|ement|ements)\b/g, use: "classify, classifier; reference, oracle" },
  { avoid: /\bworkshop\b/g, use: "workspace" },
  { avoid: /\b(deaths?|last words)\b/g, use: "crash" },
  { avoid: /\bonce too often\b/g, use: "too many" },
  { avoid: /\b(nobody|whoever)\b/g, use: "no one, or the person meant" },
  {
    avoid: /(?<!there )\b(is|are) no(?!\s*$| (longer|more|less|fewer)\b)\b/g,
    use: "is not a …, is invalid, is missing",
  },
  { avoid: /(?<!there )\b(is|are) none\b/g, use: "is missing, is not one" },
  { avoid: /\bwhere (there (is|are)|nothing|nobody|none)\b/g, use: "if, when" },
  { avoid: /\b(comes|came) to\b/g, use: "is, measured" },
];
