import type { Usage } from "./schema.ts";

/** The tokens of two images together; undefined if neither counts them. */
export function addUsage(first: Usage | undefined, second: Usage | undefined): Usage | undefined {
  if (!first || !second) return first ?? second;
  const { output_tokens_details: details, ...usage } = first;
  const { output_tokens_details: otherDetails = noTokens } = second;
  return {
    ...usage,
    input_tokens: first.input_tokens + second.input_tokens,
    input_tokens_details: addDetails(first.input_tokens_details ?? noTokens, second.input_tokens_details ?? noTokens),
    output_tokens: first.output_tokens + second.output_tokens,
    total_tokens: first.total_tokens + second.total_tokens,
    ...(details && { output_tokens_details: addDetails(details, otherDetails) }),
  };
}

type Details = Usage["input_tokens_details"];

const noTokens: Details = { image_tokens: 0, text_tokens: 0 };

function addDetails(first: Details, second: Details): Details {
  return {
    image_tokens: first.image_tokens + second.image_tokens,
    text_tokens: first.text_tokens + second.text_tokens,
  };
}
