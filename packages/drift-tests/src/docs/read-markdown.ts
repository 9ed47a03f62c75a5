import { marked, type Token, type Tokens } from "marked";
import GithubSlugger from "github-slugger";
import { listFiles, readText } from "../repository/repository.ts";

/** A page of the docs, taken apart. */
export interface MarkdownPage {
  /** The path from the root. */
  readonly path: string;
  /** The targets of its links and images, as written there. */
  readonly links: readonly string[];
  /** The anchors of its headings, as GitHub makes them. */
  readonly anchors: readonly string[];
  readonly blocks: readonly CodeBlock[];
  /** What stands in the text as code. */
  readonly spans: readonly string[];
}

export interface CodeBlock {
  /** Such as `ts`; empty if none is given. */
  readonly language: string;
  readonly code: string;
}

/** Every page that is written for people. */
export function readMarkdown(): MarkdownPage[] {
  return listFiles("{*.md,docs/**/*.md,.github/**/*.md,{specs,scripts,packages/*}/**/*.md}").map((path) => {
    const page = {
      path,
      links: [] as string[],
      anchors: [] as string[],
      blocks: [] as CodeBlock[],
      spans: [] as string[],
    };
    const slugger = new GithubSlugger();
    marked.walkTokens(marked.lexer(readText(path)), (token) => {
      if (isLink(token)) page.links.push(token.href);
      else if (isHtml(token))
        page.links.push(...[...token.text.matchAll(/\b(?:src|href)="([^"]+)"/g)].map(([, target]) => target!));
      else if (isHeading(token)) page.anchors.push(slugger.slug(token.text.replaceAll("`", "")));
      else if (isBlock(token)) page.blocks.push({ language: token.lang ?? "", code: token.text });
      else if (isSpan(token)) page.spans.push(token.text);
    });
    return page;
  });
}

const isLink = (token: Token): token is Tokens.Link => token.type === "link" || token.type === "image";
const isHtml = (token: Token): token is Tokens.HTML => token.type === "html";
const isHeading = (token: Token): token is Tokens.Heading => token.type === "heading";
const isBlock = (token: Token): token is Tokens.Code => token.type === "code";
const isSpan = (token: Token): token is Tokens.Codespan => token.type === "codespan";
