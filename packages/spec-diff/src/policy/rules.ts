import type { Level } from "./level.ts";

/** How a change moves the set of values that are legal at a place. */
export type Effect = "narrows" | "widens" | "replaces" | "keeps";

/** What one kind of change means, in each direction. */
export interface Rule {
  readonly effect: Effect;
  /** Where the effect alone does not say it. */
  readonly request?: Level;
  readonly response?: Level;
  /** The sentence for a caller, one for both directions or one for each; `{word}` is filled in from the finding's facts. */
  readonly reason: string | { readonly request: string; readonly response: string };
  /** True where the two sides can't be compared, so that the cautious level is given. */
  readonly undecided?: true;
}

/** A request may only be allowed more, an answer may only promise more. */
export const levelOfEffect: Readonly<Record<Effect, { readonly request: Level; readonly response: Level }>> = {
  narrows: { request: "major", response: "minor" },
  widens: { request: "minor", response: "major" },
  replaces: { request: "major", response: "major" },
  keeps: { request: "patch", response: "patch" },
};

/** The policy: every kind of change that can be told apart. docs/spec-changes.md gives the reasons. */
export const rules = {
  // Values
  "type-narrowed": {
    effect: "narrows",
    reason: {
      request: "Callers that send {removed} are refused: {after} is what is left.",
      response: "Answers no longer hold {removed}: fewer cases to handle.",
    },
  },
  "type-widened": {
    effect: "widens",
    reason: {
      request: "Callers may now send {added} too.",
      response: "Answers may now hold {added}, which callers written for {before} do not expect.",
    },
  },
  "type-changed": {
    effect: "replaces",
    reason: {
      request: "Callers that send {before} are refused: it has to be {after} now.",
      response: "Callers that read {before} now get {after}.",
    },
  },
  "null-allowed": {
    effect: "widens",
    reason: {
      request: "Callers may now send null.",
      response: "Answers may now hold null, which callers do not expect here.",
    },
  },
  "null-refused": {
    effect: "narrows",
    reason: { request: "Callers that send null are refused.", response: "Answers no longer hold null." },
  },
  "value-added": {
    effect: "widens",
    reason: {
      request: "Callers may now send {value}.",
      response: "Answers may now hold {value}, which callers that handle every value do not know.",
    },
  },
  "value-removed": {
    effect: "narrows",
    reason: {
      request: "Callers that send {value} are refused.",
      response: "Answers no longer hold {value}.",
    },
  },
  "values-introduced": {
    effect: "narrows",
    reason: {
      request: "Callers that send anything but {after} are refused.",
      response: "Answers are now one of {after}.",
    },
  },
  "values-lifted": {
    effect: "widens",
    reason: {
      request: "Callers may now send other values than {before}.",
      response: "Answers may now hold other values than {before}, which callers that handle every value do not know.",
    },
  },
  "suggestion-added": {
    effect: "keeps",
    request: "minor",
    response: "minor",
    reason: "{value} is a known name now; any other was and is allowed too.",
  },
  "suggestion-removed": {
    effect: "keeps",
    reason: "{value} is no longer a known name; like any other it is still allowed.",
  },
  // Limits
  "limit-tightened": {
    effect: "narrows",
    reason: {
      request: "Callers outside the new limit are refused: {keyword} was {before} and is {after}.",
      response: "Answers keep to a tighter limit: {keyword} was {before} and is {after}.",
    },
  },
  "limit-loosened": {
    effect: "widens",
    reason: {
      request: "Callers are given more room: {keyword} was {before} and is {after}.",
      response: "Answers may go beyond what callers were promised: {keyword} was {before} and is {after}.",
    },
  },
  "limit-changed": {
    effect: "replaces",
    undecided: true,
    reason: "{keyword} was {before} and is {after}; values that fitted need not fit any more.",
  },
  "pattern-introduced": {
    effect: "narrows",
    reason: {
      request: "Callers whose text does not match {after} are refused.",
      response: "Answers now match {after}.",
    },
  },
  "pattern-lifted": {
    effect: "widens",
    reason: {
      request: "Callers may now send text that does not match {before}.",
      response: "Answers need no longer match {before}, which callers may rely on.",
    },
  },
  "pattern-changed": {
    effect: "replaces",
    undecided: true,
    reason: "The pattern was {before} and is {after}; which texts fit both cannot be decided.",
  },
  "format-introduced": {
    effect: "narrows",
    reason: {
      request: "Callers whose value is not written as {after} may be refused.",
      response: "Answers are now written as {after}.",
    },
  },
  "format-lifted": {
    effect: "widens",
    reason: {
      request: "Callers may now send values that are not written as {before}.",
      response: "Answers need no longer be written as {before}, which callers may rely on.",
    },
  },
  "format-narrowed": {
    effect: "narrows",
    reason: {
      request: "Callers whose value is a {before} but no {after} are refused.",
      response: "Answers that were a {before} now always fit a {after}.",
    },
  },
  "format-widened": {
    effect: "widens",
    reason: {
      request: "Callers may now send any {after}, not only a {before}.",
      response: "Answers may now hold a {after} that does not fit the {before} that callers read.",
    },
  },
  "format-changed": {
    effect: "replaces",
    reason: {
      request: "Callers write the value as {before}; it has to be {after} now.",
      response: "Callers read the value as {before}; it is {after} now.",
    },
  },
  "encoding-changed": {
    effect: "replaces",
    reason: "{keyword} was {before} and is {after}, so the same bytes mean something else.",
  },
  // Objects
  "property-added": {
    effect: "keeps",
    request: "minor",
    response: "minor",
    reason: {
      request: "Callers may now send {name}, and need not.",
      response: "Answers may now also hold {name}; callers that do not know it can pass it over.",
    },
  },
  "property-added-required": {
    effect: "narrows",
    reason: {
      request: "Callers must now send {name}; those that do not are refused.",
      response: "Answers now always hold {name} too; callers that do not know it can pass it over.",
    },
  },
  "property-added-to-closed": {
    effect: "widens",
    reason: {
      request: "Callers may now send {name}.",
      response:
        "Answers may now hold {name}, although callers were promised that there is nothing beside what is listed.",
    },
  },
  "property-removed": {
    effect: "replaces",
    reason: {
      request: "Callers that send {name} are no longer understood.",
      response: "Callers that read {name} no longer find it.",
    },
  },
  "property-required": {
    effect: "narrows",
    reason: {
      request: "Callers that leave {name} out are refused.",
      response: "Answers now always hold {name}.",
    },
  },
  "property-optional": {
    effect: "widens",
    reason: {
      request: "Callers may now leave {name} out.",
      response: "Answers may now come without {name}, which callers read unchecked.",
    },
  },
  "property-read-only": {
    effect: "replaces",
    reason: "{name} belongs to answers alone now: callers that send it are no longer understood.",
  },
  "property-write-only": {
    effect: "replaces",
    reason: "{name} belongs to requests alone now: callers that read it no longer find it.",
  },
  "others-refused": {
    effect: "narrows",
    reason: {
      request: "Callers that send a property which is not listed are refused.",
      response: "Answers hold nothing beside the listed properties now.",
    },
  },
  "others-allowed": {
    effect: "widens",
    reason: {
      request: "Callers may now send properties that are not listed.",
      response: "Answers may now hold properties that are not listed, although callers were promised none.",
    },
  },
  "others-typed": {
    effect: "narrows",
    reason: {
      request: "Callers whose unlisted properties do not fit the new schema for them are refused.",
      response: "Answers' unlisted properties now fit a schema.",
    },
  },
  "others-untyped": {
    effect: "widens",
    reason: {
      request: "Callers may now send unlisted properties of any kind.",
      response: "Answers may now hold unlisted properties of any kind.",
    },
  },
  // Unions and what only can be compared as text
  "branch-added": {
    effect: "widens",
    reason: {
      request: "Callers may now send {branch} too.",
      response: "Answers may now be {branch}, which callers do not expect.",
    },
  },
  "branch-removed": {
    effect: "narrows",
    reason: {
      request: "Callers that send {branch} are refused.",
      response: "Answers are no longer {branch}.",
    },
  },
  "union-loosened": {
    effect: "widens",
    response: "minor",
    reason: "What fits more than one branch is legal now; the branches are the same.",
  },
  "union-tightened": {
    effect: "narrows",
    undecided: true,
    reason: "What fits more than one branch is refused now; whether anything does cannot be decided.",
  },
  "discriminator-added": {
    effect: "keeps",
    request: "minor",
    response: "minor",
    reason: "{name} now tells the branches apart.",
  },
  "discriminator-changed": {
    effect: "replaces",
    reason: "{before} told the branches apart, now {after} does; callers look at the wrong property.",
  },
  "discriminator-value-added": {
    effect: "keeps",
    request: "minor",
    response: "minor",
    reason: "The discriminator now has the value {value} too.",
  },
  "discriminator-value-removed": {
    effect: "narrows",
    reason: "The discriminator no longer has the value {value}.",
  },
  "discriminator-value-moved": {
    effect: "replaces",
    reason: "The discriminator's value {value} now stands for another branch.",
  },
  "condition-changed": {
    effect: "replaces",
    undecided: true,
    reason: "The condition {keyword} changed, and what it lets through now cannot be decided.",
  },
  // The picture's limits
  "picture-type-added": {
    effect: "widens",
    reason: "Pictures may now be {value} too.",
  },
  "picture-type-removed": {
    effect: "narrows",
    reason: { request: "Callers that send {value} pictures are refused.", response: "Pictures are no longer {value}." },
  },
  "picture-square": {
    effect: "narrows",
    reason: {
      request: "Callers whose picture is not square are refused.",
      response: "Pictures are always square now.",
    },
  },
  "picture-any-shape": {
    effect: "widens",
    reason: "Pictures need not be square any more.",
  },
  "picture-limit-tightened": {
    effect: "narrows",
    reason: {
      request: "Callers with larger pictures are refused: {keyword} was {before} and is {after}.",
      response: "Pictures keep to a tighter limit: {keyword} was {before} and is {after}.",
    },
  },
  "picture-limit-loosened": {
    effect: "widens",
    reason: "Pictures may be larger: {keyword} was {before} and is {after}.",
  },
  "picture-warning-changed": { effect: "keeps", reason: "The size that earns a warning was {before} and is {after}." },
  // What is said beside the values
  "default-added": {
    effect: "keeps",
    request: "minor",
    reason: {
      request: "What callers get who leave it out is now said: {after}.",
      response: "A default is now said: {after}.",
    },
  },
  "default-changed": {
    effect: "keeps",
    request: "major",
    reason: {
      request: "Callers that leave it out get something else: {before} before, {after} now.",
      response: "The default was {before} and is {after}.",
    },
  },
  "default-removed": {
    effect: "keeps",
    request: "major",
    reason: {
      request: "Callers that leave it out no longer know what they get; it was {before}.",
      response: "The default is no longer said; it was {before}.",
    },
  },
  deprecated: {
    effect: "keeps",
    request: "minor",
    response: "minor",
    reason: "It still works and should no longer be used; callers get a warning from their tools.",
  },
  undeprecated: { effect: "keeps", reason: "It may be used again." },
  "words-changed": { effect: "keeps", reason: "Only words for people changed ({keyword}); nothing on the wire." },
  "extension-changed": {
    effect: "keeps",
    request: "none",
    response: "none",
    reason: "The vendor extension {keyword} is outside the contract.",
  },
  "version-changed": {
    effect: "keeps",
    request: "none",
    response: "none",
    reason: "The document's own version was {before} and is {after}.",
  },
  // Operations
  "path-added": { effect: "widens", reason: "Callers may now call {name}." },
  "path-removed": { effect: "narrows", reason: "Callers of {name} get an error: the path is gone." },
  "path-parameter-renamed": {
    effect: "keeps",
    reason: "The path's placeholder {before} is called {after}; the wire is the same, generated code names it anew.",
  },
  "operation-added": { effect: "widens", reason: "Callers may now call {name}." },
  "operation-removed": { effect: "narrows", reason: "Callers of {name} get an error: the operation is gone." },
  "operation-deprecated": {
    effect: "keeps",
    request: "minor",
    reason: "{name} still works and should no longer be called.",
  },
  "operation-undeprecated": { effect: "keeps", reason: "{name} may be called again." },
  "operation-id-added": {
    effect: "keeps",
    request: "minor",
    reason: "Generated code now has the name {after} for it.",
  },
  "operation-id-changed": {
    effect: "replaces",
    reason: "Generated code names the call after it: {before} is gone, and callers of it no longer compile.",
  },
  "operation-id-removed": {
    effect: "replaces",
    reason: "Generated code named the call {before}, and callers of it no longer compile.",
  },
  // Parameters
  "parameter-added": {
    effect: "widens",
    response: "minor",
    reason: "Callers may now send the {place} parameter {name}, and need not.",
  },
  "parameter-added-required": {
    effect: "narrows",
    reason: "Callers must now send the {place} parameter {name}; those that do not are refused.",
  },
  "parameter-removed": {
    effect: "replaces",
    reason: "Callers that send the {place} parameter {name} are no longer understood.",
  },
  "parameter-required": {
    effect: "narrows",
    reason: "Callers that leave the {place} parameter {name} out are refused.",
  },
  "parameter-optional": { effect: "widens", reason: "Callers may now leave the {place} parameter {name} out." },
  "parameter-written-otherwise": {
    effect: "replaces",
    reason: "The {place} parameter {name} is written otherwise: {keyword} was {before} and is {after}.",
  },
  "empty-value-allowed": { effect: "widens", reason: "Callers may now send {name} without a value." },
  "empty-value-refused": { effect: "narrows", reason: "Callers that send {name} without a value are refused." },
  // Bodies
  "body-added": { effect: "widens", response: "minor", reason: "Callers may now send a body, and need not." },
  "body-added-required": { effect: "narrows", reason: "Callers must now send a body; those that do not are refused." },
  "body-removed": { effect: "replaces", reason: "Callers that send a body are no longer understood." },
  "body-required": { effect: "narrows", reason: "Callers that send no body are refused." },
  "body-optional": { effect: "widens", reason: "Callers may now leave the body out." },
  "media-type-added": {
    effect: "keeps",
    request: "minor",
    response: "minor",
    reason: {
      request: "Callers may now send {name}.",
      response: "Callers may now ask for {name}.",
    },
  },
  "media-type-removed": {
    effect: "replaces",
    reason: {
      request: "Callers that send {name} are refused.",
      response: "Callers that read {name} no longer get it.",
    },
  },
  "part-type-added": { effect: "widens", reason: "The part {name} may now also be {value}." },
  "part-type-removed": {
    effect: "narrows",
    reason: {
      request: "Callers whose part {name} is {value} are refused.",
      response: "The part {name} is no longer {value}.",
    },
  },
  "part-written-otherwise": {
    effect: "replaces",
    reason: "The part {name} is written otherwise: {keyword} was {before} and is {after}.",
  },
  // Answers
  "status-added": {
    effect: "keeps",
    response: "minor",
    reason: "The status {name} is now among the answers, and tells nothing that callers do not handle already.",
  },
  "success-added": {
    effect: "widens",
    reason: "Callers may now get {name} with another body than any success had before.",
  },
  "success-removed": { effect: "replaces", reason: "Callers that wait for {name} no longer get it." },
  "status-removed": { effect: "keeps", response: "minor", reason: "The error {name} is no longer among the answers." },
  "header-added": { effect: "keeps", response: "minor", reason: "Answers may now carry the header {name}." },
  "header-removed": { effect: "replaces", reason: "Callers that read the header {name} no longer find it." },
  "header-required": { effect: "narrows", reason: "Answers now always carry the header {name}." },
  "header-optional": { effect: "widens", reason: "Answers may now come without the header {name}." },
  // Who may call, and where
  "credential-demanded": {
    effect: "narrows",
    reason: "Callers with {before} are refused: {after} is asked for now.",
  },
  "credential-added": { effect: "widens", reason: "Callers may now also come with {after}." },
  "credential-lifted": { effect: "widens", reason: "Callers need no credentials any more." },
  "scheme-moved": {
    effect: "replaces",
    reason: "Callers get their credentials elsewhere: {keyword} of {name} was {before} and is {after}.",
  },
  "server-added": { effect: "widens", reason: "The API can now also be called at {after}." },
  "server-removed": { effect: "replaces", reason: "Callers of {before} are no longer promised an answer." },
  "first-server-changed": {
    effect: "replaces",
    reason: "Generated clients call the first server: it was {before} and is {after}.",
  },
  "server-default-changed": {
    effect: "replaces",
    reason: "The server's variable {name} was {before} unless set and is {after}.",
  },
  "server-value-added": { effect: "widens", reason: "The server's variable {name} may now be {value}." },
  "server-value-removed": { effect: "narrows", reason: "The server's variable {name} may no longer be {value}." },
  // Names in generated code
  "name-added": {
    effect: "keeps",
    request: "minor",
    response: "minor",
    reason: "Generated code now has the named type {name}.",
  },
  "name-removed": {
    effect: "replaces",
    reason: "Generated code exported the type {name}; whoever imports it no longer compiles.",
  },
  "path-parameter-name-removed": {
    effect: "replaces",
    reason: "Generated code named the placeholder {before}; it is {after} now, and callers no longer compile.",
  },
  // The types opinion
  "types-refuse-caller": {
    effect: "replaces",
    reason: "TypeScript code that sends {what} as the old types had it no longer compiles: {detail}",
  },
  "types-refuse-reader": {
    effect: "replaces",
    reason: "TypeScript code that reads {what} as the old types had it no longer compiles: {detail}",
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof rules;
