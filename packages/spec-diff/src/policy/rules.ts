import type { Level } from "./level.ts";

/** How a change moves the set of values that are legal at a place. */
export type Effect = "narrows" | "widens" | "replaces" | "keeps";

/** What one kind of change means, in each direction. */
export interface Rule {
  readonly effect: Effect;
  /** Where the effect alone does not say it. */
  readonly request?: Level;
  readonly response?: Level;
  /** The sentence for a caller, one for both directions or one for each; `{word}` is filled in from the change's facts. */
  readonly reason: string | { readonly request: string; readonly response: string };
  /** True where the two sides can't be compared, so that the cautious level is given. */
  readonly undecided?: true;
}

/** A request may only be allowed more, a response may only guarantee more. */
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
      request: "Callers that send {removed} are rejected: {after} is what is left.",
      response: "Responses no longer hold {removed}: fewer cases to handle.",
    },
  },
  "type-widened": {
    effect: "widens",
    reason: {
      request: "Callers may now send {added} too.",
      response: "Responses may now hold {added}, which callers written for {before} do not expect.",
    },
  },
  "type-changed": {
    effect: "replaces",
    reason: {
      request: "Callers that send {before} are rejected: it has to be {after} now.",
      response: "Callers that read {before} now get {after}.",
    },
  },
  "null-allowed": {
    effect: "widens",
    reason: {
      request: "Callers may now send null.",
      response: "Responses may now hold null, which callers do not expect here.",
    },
  },
  "null-rejected": {
    effect: "narrows",
    reason: { request: "Callers that send null are rejected.", response: "Responses no longer hold null." },
  },
  "value-added": {
    effect: "widens",
    reason: {
      request: "Callers may now send {value}.",
      response: "Responses may now hold {value}, which callers that handle every value do not know.",
    },
  },
  "value-removed": {
    effect: "narrows",
    reason: {
      request: "Callers that send {value} are rejected.",
      response: "Responses no longer hold {value}.",
    },
  },
  "values-introduced": {
    effect: "narrows",
    reason: {
      request: "Callers that send anything but {after} are rejected.",
      response: "Responses are now one of {after}.",
    },
  },
  "values-lifted": {
    effect: "widens",
    reason: {
      request: "Callers may now send other values than {before}.",
      response: "Responses may now hold other values than {before}, which callers that handle every value do not know.",
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
      request: "Callers outside the new limit are rejected: {keyword} was {before} and is {after}.",
      response: "Responses keep to a tighter limit: {keyword} was {before} and is {after}.",
    },
  },
  "limit-loosened": {
    effect: "widens",
    reason: {
      request: "Callers are given more room: {keyword} was {before} and is {after}.",
      response: "Responses may exceed the limit that callers rely on: {keyword} was {before} and is {after}.",
    },
  },
  "limit-changed": {
    effect: "replaces",
    undecided: true,
    reason: "{keyword} was {before} and is {after}; values that fitted need not fit any longer.",
  },
  "pattern-introduced": {
    effect: "narrows",
    reason: {
      request: "Callers whose text does not match {after} are rejected.",
      response: "Responses now match {after}.",
    },
  },
  "pattern-lifted": {
    effect: "widens",
    reason: {
      request: "Callers may now send text that does not match {before}.",
      response: "Responses need no longer match {before}, which callers may rely on.",
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
      request: "Callers whose value is not written as {after} may be rejected.",
      response: "Responses are now written as {after}.",
    },
  },
  "format-lifted": {
    effect: "widens",
    reason: {
      request: "Callers may now send values that are not written as {before}.",
      response: "Responses need no longer be written as {before}, which callers may rely on.",
    },
  },
  "format-narrowed": {
    effect: "narrows",
    reason: {
      request: "Callers whose value is a {before} but not a {after} are rejected.",
      response: "Responses that were a {before} now always fit a {after}.",
    },
  },
  "format-widened": {
    effect: "widens",
    reason: {
      request: "Callers may now send any {after}, not only a {before}.",
      response: "Responses may now hold a {after} that does not fit the {before} that callers read.",
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
      response: "Responses may now also hold {name}; callers that do not know it can ignore it.",
    },
  },
  "property-added-required": {
    effect: "narrows",
    reason: {
      request: "Callers must now send {name}; those that do not are rejected.",
      response: "Responses now always hold {name} too; callers that do not know it can ignore it.",
    },
  },
  "property-added-to-closed": {
    effect: "widens",
    reason: {
      request: "Callers may now send {name}.",
      response: "Responses may now hold {name}, although the schema allowed only the listed properties.",
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
      request: "Callers that leave {name} out are rejected.",
      response: "Responses now always hold {name}.",
    },
  },
  "property-optional": {
    effect: "widens",
    reason: {
      request: "Callers may now leave {name} out.",
      response: "Responses may now come without {name}, which callers read unchecked.",
    },
  },
  "property-read-only": {
    effect: "replaces",
    reason: "{name} belongs to responses alone now: callers that send it are no longer understood.",
  },
  "property-write-only": {
    effect: "replaces",
    reason: "{name} belongs to requests alone now: callers that read it no longer find it.",
  },
  "additional-properties-rejected": {
    effect: "narrows",
    reason: {
      request: "Callers that send a property which is not listed are rejected.",
      response: "Responses hold nothing beside the listed properties now.",
    },
  },
  "additional-properties-allowed": {
    effect: "widens",
    reason: {
      request: "Callers may now send properties that are not listed.",
      response: "Responses may now hold properties that are not listed, although the schema allowed none.",
    },
  },
  "additional-properties-typed": {
    effect: "narrows",
    reason: {
      request: "Callers whose unlisted properties do not fit the new schema for them are rejected.",
      response: "Responses' unlisted properties now fit a schema.",
    },
  },
  "additional-properties-untyped": {
    effect: "widens",
    reason: {
      request: "Callers may now send unlisted properties of any kind.",
      response: "Responses may now hold unlisted properties of any kind.",
    },
  },
  // Unions and what only can be compared as text
  "branch-added": {
    effect: "widens",
    reason: {
      request: "Callers may now send {branch} too.",
      response: "Responses may now be {branch}, which callers do not expect.",
    },
  },
  "branch-removed": {
    effect: "narrows",
    reason: {
      request: "Callers that send {branch} are rejected.",
      response: "Responses are no longer {branch}.",
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
    reason: "What fits more than one branch is rejected now; whether anything does cannot be decided.",
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
  // The image's limits
  "image-type-added": {
    effect: "widens",
    reason: "Images may now be {value} too.",
  },
  "image-type-removed": {
    effect: "narrows",
    reason: { request: "Callers that send {value} images are rejected.", response: "Images are no longer {value}." },
  },
  "image-square": {
    effect: "narrows",
    reason: {
      request: "Callers whose image is not square are rejected.",
      response: "Images are always square now.",
    },
  },
  "image-any-shape": {
    effect: "widens",
    reason: "Images need not be square any longer.",
  },
  "image-limit-tightened": {
    effect: "narrows",
    reason: {
      request: "Callers with larger images are rejected: {keyword} was {before} and is {after}.",
      response: "Images keep to a tighter limit: {keyword} was {before} and is {after}.",
    },
  },
  "image-limit-loosened": {
    effect: "widens",
    reason: "Images may be larger: {keyword} was {before} and is {after}.",
  },
  "image-warning-changed": { effect: "keeps", reason: "The size that earns a warning was {before} and is {after}." },
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
    reason: "It still works, but should no longer be used; callers get a warning from their tools.",
  },
  undeprecated: { effect: "keeps", reason: "It may be used again." },
  "description-changed": {
    effect: "keeps",
    reason: "Only the documentation changed ({keyword}); nothing on the wire.",
  },
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
    reason: "The path's placeholder {before} is called {after}; the wire is the same, generated code renames it.",
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
    reason: "Callers must now send the {place} parameter {name}; those that do not are rejected.",
  },
  "parameter-removed": {
    effect: "replaces",
    reason: "Callers that send the {place} parameter {name} are no longer understood.",
  },
  "parameter-required": {
    effect: "narrows",
    reason: "Callers that leave the {place} parameter {name} out are rejected.",
  },
  "parameter-optional": { effect: "widens", reason: "Callers may now leave the {place} parameter {name} out." },
  "parameter-serialization-changed": {
    effect: "replaces",
    reason: "The {place} parameter {name} is serialized differently: {keyword} was {before} and is {after}.",
  },
  "empty-value-allowed": { effect: "widens", reason: "Callers may now send {name} without a value." },
  "empty-value-rejected": { effect: "narrows", reason: "Callers that send {name} without a value are rejected." },
  // Bodies
  "body-added": { effect: "widens", response: "minor", reason: "Callers may now send a body, and need not." },
  "body-added-required": { effect: "narrows", reason: "Callers must now send a body; those that do not are rejected." },
  "body-removed": { effect: "replaces", reason: "Callers that send a body are no longer understood." },
  "body-required": { effect: "narrows", reason: "Callers that send no body are rejected." },
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
      request: "Callers that send {name} are rejected.",
      response: "Callers that read {name} no longer get it.",
    },
  },
  "part-type-added": { effect: "widens", reason: "The part {name} may now also be {value}." },
  "part-type-removed": {
    effect: "narrows",
    reason: {
      request: "Callers whose part {name} is {value} are rejected.",
      response: "The part {name} is no longer {value}.",
    },
  },
  "part-serialization-changed": {
    effect: "replaces",
    reason: "The part {name} is serialized differently: {keyword} was {before} and is {after}.",
  },
  // Responses
  "status-added": {
    effect: "keeps",
    response: "minor",
    reason: "The status {name} is now among the responses, and tells nothing that callers do not handle already.",
  },
  "success-added": {
    effect: "widens",
    reason: "Callers may now get {name} with another body than any success had before.",
  },
  "success-removed": { effect: "replaces", reason: "Callers that wait for {name} no longer get it." },
  "status-removed": {
    effect: "keeps",
    response: "minor",
    reason: "The error {name} is no longer among the responses.",
  },
  "header-added": { effect: "keeps", response: "minor", reason: "Responses may now carry the header {name}." },
  "header-removed": { effect: "replaces", reason: "Callers that read the header {name} no longer find it." },
  "header-required": { effect: "narrows", reason: "Responses now always carry the header {name}." },
  "header-optional": { effect: "widens", reason: "Responses may now come without the header {name}." },
  // Who may call, and where
  "security-requirement-tightened": {
    effect: "narrows",
    reason: "Callers with {before} are rejected: {after} is asked for now.",
  },
  "security-requirement-alternative-added": { effect: "widens", reason: "Callers may now also come with {after}." },
  "security-requirement-removed": { effect: "widens", reason: "Callers need no credentials any longer." },
  "scheme-moved": {
    effect: "replaces",
    reason: "Callers get their credentials elsewhere: {keyword} of {name} was {before} and is {after}.",
  },
  "server-added": { effect: "widens", reason: "The API can now also be called at {after}." },
  "server-removed": { effect: "replaces", reason: "Callers of {before} may no longer get a response." },
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
    reason: "Generated code exported the type {name}; code that imports it no longer compiles.",
  },
  "path-parameter-name-removed": {
    effect: "replaces",
    reason: "Generated code named the placeholder {before}; it is {after} now, and callers no longer compile.",
  },
  // The types opinion
  "types-reject-caller": {
    effect: "replaces",
    reason: "TypeScript code that sends {what} as the old types had it no longer compiles: {detail}",
  },
  "types-reject-reader": {
    effect: "replaces",
    reason: "TypeScript code that reads {what} as the old types had it no longer compiles: {detail}",
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof rules;
