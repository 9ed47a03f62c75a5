// Generated from specs/image-variations.yaml. Do not edit: change the spec and run `pnpm generate`.

import type { ImageSource } from "../sources/image-source.ts";

/** Every path of the contract, with what each of its methods accepts and returns. */
export interface paths {
    "/images/variations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create image variation
         * @description Makes `n` variations of an image, and returns them as URLs or as base64.
         */
        post: operations["createImageVariation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
/** What the contract's paths are made of: schemas, responses and headers, by name. */
export interface components {
    schemas: {
        /** What to vary, and how. */
        ImageCreateVariationParams: {
            /**
             * The image to vary. A valid, square PNG file of less than 4 MB.
             *
             * Limits: image/png, equal width and height, fewer than 4,194,304 bytes.
             */
            image: ImageSource;
            /**
             * The model that makes the variations. This endpoint was made for `dall-e-2`; a server may have others, so any name is allowed.
             * @default dall-e-2
             */
            model?: (string & {}) | components["schemas"]["ImageModel"] | null;
            /**
             * How many images to make.
             *
             * @minimum 1
             * @maximum 10
             * @default 1
             */
            n?: number | null;
            /**
             * How the images are returned: as URLs, which expire after 60 minutes, or as base64 in the response.
             * @default url
             */
            response_format?: "b64_json" | "url" | null;
            /**
             * Width and height of the images that are made, in pixels.
             * @default 1024x1024
             */
            size?: "256x256" | "512x512" | "1024x1024" | null;
            /** A stable, opaque name for your end user, by which the provider can trace abuse. */
            user?: string;
        };
        /**
         * The names of image models that the API has known.
         */
        ImageModel: "gpt-image-1.5" | "dall-e-2" | "dall-e-3" | "gpt-image-1" | "gpt-image-1-mini";
        /** The images that were made. */
        ImagesResponse: {
            /** When the images were made, in seconds since 1970-01-01T00:00:00Z. */
            created: number;
            /**
             * The background of the images.
             */
            background?: "transparent" | "opaque";
            /** The images that were made, `n` of them. */
            data?: components["schemas"]["Image"][];
            /**
             * The file format of the images.
             */
            output_format?: "png" | "webp" | "jpeg";
            /**
             * The quality that the images were made with.
             */
            quality?: "low" | "medium" | "high";
            /**
             * Width and height of the images, in pixels. It has no value for 256x256 and 512x512: a response with those leaves it out.
             */
            size?: "1024x1024" | "1024x1536" | "1536x1024";
            usage?: components["schemas"]["Usage"];
        };
        /** One image, as base64 or as a URL. */
        Image: {
            /** The image file in base64, if `response_format` is `b64_json`. */
            b64_json?: string;
            /** The prompt as the model rewrote it; only from models that do so. */
            revised_prompt?: string;
            /** Where the image can be fetched, if `response_format` is `url`. */
            url?: string;
        };
        /** The tokens that were spent; only from models that count them. */
        Usage: {
            /** Tokens of the input, images and text together. */
            input_tokens: number;
            input_tokens_details: components["schemas"]["InputTokensDetails"];
            /** Tokens of what the model made. */
            output_tokens: number;
            /** Tokens of input and output together. */
            total_tokens: number;
            output_tokens_details?: components["schemas"]["OutputTokensDetails"];
        };
        /** The input's tokens by kind. */
        InputTokensDetails: {
            /** Tokens of the images in the input. */
            image_tokens: number;
            /** Tokens of the text in the input. */
            text_tokens: number;
        };
        /** The output's tokens by kind. */
        OutputTokensDetails: {
            /** Tokens of the images that were made. */
            image_tokens: number;
            /** Tokens of the text that was made. */
            text_tokens: number;
        };
        /** The envelope of every error. */
        ErrorResponse: {
            error: components["schemas"]["ErrorObject"];
        };
        /** What went wrong. */
        ErrorObject: {
            /** A stable code for the cause, or null if there is none. */
            code: string | null;
            /** The cause in a sentence. Programs match on it, so servers keep it as it is. */
            message: string;
            /** The parameter at fault, or null if the server does not name it. */
            param: string | null;
            /** The class of the error, such as `invalid_request_error`. */
            type: string;
        };
    };
    responses: {
        /** @description The request breaks the contract, or the account can't pay for it. */
        BadRequest: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The API key is missing or unknown. */
        Unauthorized: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The key is known and may not do this. */
        Forbidden: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The server does not know this path, or not this model, or no longer. */
        NotFound: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description Another request stands in the way; trying again may help. */
        Conflict: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The request's body is larger than this server reads. */
        ContentTooLarge: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The body is not `multipart/form-data`. The official server said this with 400. */
        UnsupportedMediaType: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The request is well formed and can't be carried out. */
        UnprocessableContent: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description Too many requests in the current period. */
        TooManyRequests: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                "retry-after": components["headers"]["retry-after"];
                "x-ratelimit-limit-requests": components["headers"]["x-ratelimit-limit-requests"];
                "x-ratelimit-remaining-requests": components["headers"]["x-ratelimit-remaining-requests"];
                "x-ratelimit-reset-requests": components["headers"]["x-ratelimit-reset-requests"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The server failed; trying again may help. */
        InternalServerError: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The server can't respond now; trying again later may help. */
        ServiceUnavailable: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                "retry-after": components["headers"]["retry-after"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description A server behind this one did not respond in time. The official gateway sent an HTML page, so a client must not count on JSON here. */
        GatewayTimeout: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
                "text/html": string;
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description Identifies this request in the server's logs; quote it in a bug report.
         * @example req_7c1f0a53b2c94b3d8f6f0c7a8e1d2b3c
         */
        "x-request-id": string;
        /**
         * @description How long to wait before the next try, in seconds or as an HTTP date.
         * @example 12
         */
        "retry-after": string;
        /**
         * @description How many requests the current period allows.
         * @example 50
         */
        "x-ratelimit-limit-requests": number;
        /**
         * @description How many requests are left in the current period.
         * @example 49
         */
        "x-ratelimit-remaining-requests": number;
        /**
         * @description Time until the period starts again, such as `12s` or `6m0s`.
         * @example 12s
         */
        "x-ratelimit-reset-requests": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
/** Every operation of the contract, by its `operationId`. */
export interface operations {
    createImageVariation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The image and how to vary it. A part that is left out, or null in a client, takes its default. */
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["ImageCreateVariationParams"];
            };
        };
        responses: {
            /** @description The variations. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit-requests": components["headers"]["x-ratelimit-limit-requests"];
                    "x-ratelimit-remaining-requests": components["headers"]["x-ratelimit-remaining-requests"];
                    "x-ratelimit-reset-requests": components["headers"]["x-ratelimit-reset-requests"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImagesResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
}

type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

/** What to vary, and how. */
export interface ImageCreateVariationParams extends Schema<"ImageCreateVariationParams"> {}

/** The names of image models that the API has known. */
export type ImageModel = Schema<"ImageModel">;

/** The images that were made. */
export interface ImagesResponse extends Schema<"ImagesResponse"> {}

/** One image, as base64 or as a URL. */
export interface Image extends Schema<"Image"> {}

/** The tokens that were spent; only from models that count them. */
export interface Usage extends Schema<"Usage"> {}

/** The input's tokens by kind. */
export interface InputTokensDetails extends Schema<"InputTokensDetails"> {}

/** The output's tokens by kind. */
export interface OutputTokensDetails extends Schema<"OutputTokensDetails"> {}

/** The envelope of every error. */
export interface ErrorResponse extends Schema<"ErrorResponse"> {}

/** What went wrong. */
export interface ErrorObject extends Schema<"ErrorObject"> {}
