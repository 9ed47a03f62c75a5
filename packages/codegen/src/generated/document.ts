// Generated from specs/image-variations.yaml. Do not edit: change the spec and run `pnpm generate`.

/** The contract as an OpenAPI 3.1 document, typed to its last literal. */
export const document = {
  openapi: "3.1.0",
  info: {
    title: "Image variations",
    version: "1.0.0",
    summary: "Variations of one square PNG image.",
    description: "The contract of `POST /images/variations` as programs written for the OpenAI API know it. OpenAI retired the model behind it on 2026-05-12; other servers still implement it. This document says what a client may send to them and what it can expect back.",
    license: {
      name: "MIT",
      identifier: "MIT",
    },
  },
  servers: [
    {
      url: "{baseURL}",
      description: "Any server that speaks this contract.",
      variables: {
        baseURL: {
          default: "https://api.openai.com/v1",
          description: "Where the API lives, version prefix included, without a slash at the end.",
        },
      },
    },
  ],
  security: [
    {
      bearerAuth: [],
    },
  ],
  tags: [
    {
      name: "Images",
      description: "Images made from images.",
    },
  ],
  paths: {
    "/images/variations": {
      post: {
        operationId: "createImageVariation",
        "x-client-method": "images.createVariation",
        tags: ["Images"],
        summary: "Create image variation",
        description: "Makes `n` variations of an image, and returns them as URLs or as base64.",
        requestBody: {
          required: true,
          description: "The image and how to vary it. A part that is left out, or null in a client, takes its default.",
          content: {
            "multipart/form-data": {
              schema: {
                $ref: "#/components/schemas/ImageCreateVariationParams",
              },
              encoding: {
                image: {
                  contentType: "image/png",
                },
              },
              examples: {
                defaults: {
                  summary: "Only the image; every other parameter takes its default",
                  value: {
                    image: "otter.png",
                  },
                },
                every_parameter: {
                  summary: "Every parameter; the images are part of the response",
                  value: {
                    image: "otter.png",
                    model: "dall-e-2",
                    n: 2,
                    response_format: "b64_json",
                    size: "1024x1024",
                    user: "user-1234",
                  },
                },
              },
            },
          },
        },
        responses: {
          "200": {
            description: "The variations.",
            headers: {
              "x-request-id": {
                $ref: "#/components/headers/x-request-id",
              },
              "x-ratelimit-limit-requests": {
                $ref: "#/components/headers/x-ratelimit-limit-requests",
              },
              "x-ratelimit-remaining-requests": {
                $ref: "#/components/headers/x-ratelimit-remaining-requests",
              },
              "x-ratelimit-reset-requests": {
                $ref: "#/components/headers/x-ratelimit-reset-requests",
              },
            },
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/ImagesResponse",
                },
                examples: {
                  url: {
                    summary: "One image as a URL, the response to the defaults",
                    value: {
                      created: 1778544000,
                      data: [
                        {
                          url: "https://images.example.com/variations/otter.png",
                        },
                      ],
                    },
                  },
                  b64_json: {
                    summary: "Two images as base64, each a real PNG",
                    value: {
                      created: 1778544000,
                      data: [
                        {
                          b64_json: "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAACQUlEQVR4nNWVO2gUURiF75ZRSGwjKIKCj0pEIY1gZRVELEKaxQcYCxEWwRVEXVZFcAVdEJsIakwTUomksrUJKJImL0ggBJJtk0CSMjlnhz/3zp17Z+5ksyz5irOPeZxv/7k7U/g4s7CjOsi+BUrHt5Ca+uoRZH6CBezCLEKFggTM8pHyI6Sf27VPyIgQiVSBPMU2oSJegVbKhRCJTIH9lgsikUtg/ekgUqlTvUeRrbPU2EQq1fNuDBknISDlRARqE/NIpaZXGmrkwTWVhmtfESC2hFdAyomclJT7zyL9+PYViUwBXvtq8V5bBCqjXxNrISbAcsFcfAPPXyM1l/sGkEn+TY4jNeNvXiAjfIsxU8AuJ6ECRCREgJgSewIXJt4iI64PlZoCrnLBlnCVC5SgwO/hOj5FzPQ/QxoCxJ6ACPwZ+66uDt5ReTCPEQHBOQHiE2iVYAHzMjQWFp0CHL1v3L5tFOg9cxrvImT8JCZAzClsb6whk7DIhaucdHUfQ0aYv56kCvB+UP78Ae/cdH0ZRkL0/hDSTe3h4+b/X8gtQNIk0mA5ySVAREIEhFARKRZEwC4nTgEizwSTm3eT37n4+S1+vyf2M0DIJWBPwLcG7AmQwyXgKicUkFIflHEJEJdELgGSJpFWTg5EgFQunkMmqU7NIf2kCpTO61slqd64gtRUfv1FGrwsIgxejSI0WcfXZxeRENgBeFUn38dPsPykiNS0a3vhRO1HU6BT7AlsTP5Harr7LiE17dpe6LlVagp0il3bt36MSz3X6wAAAABJRU5ErkJggg==",
                        },
                        {
                          b64_json: "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAACQUlEQVR4nNWVO2gUURiF75ZRSGwjKIKCj0pEIY1gZRVELEKaxQcYCxEWwRVEXVZFcAVdEJsIakwTUomksrUJKJImL0ggBJJtk0CSMjlnhz/3zp17Z+5ksyz5irOPeZxv/7k7U/g4s7CjOsi+BUrHt5Ca+uoRZH6CBezCLEKFggTM8pHyI6Sf27VPyIgQiVSBPMU2oSJegVbKhRCJTIH9lgsikUtg/ekgUqlTvUeRrbPU2EQq1fNuDBknISDlRARqE/NIpaZXGmrkwTWVhmtfESC2hFdAyomclJT7zyL9+PYViUwBXvtq8V5bBCqjXxNrISbAcsFcfAPPXyM1l/sGkEn+TY4jNeNvXiAjfIsxU8AuJ6ECRCREgJgSewIXJt4iI64PlZoCrnLBlnCVC5SgwO/hOj5FzPQ/QxoCxJ6ACPwZ+66uDt5ReTCPEQHBOQHiE2iVYAHzMjQWFp0CHL1v3L5tFOg9cxrvImT8JCZAzClsb6whk7DIhaucdHUfQ0aYv56kCvB+UP78Ae/cdH0ZRkL0/hDSTe3h4+b/X8gtQNIk0mA5ySVAREIEhFARKRZEwC4nTgEizwSTm3eT37n4+S1+vyf2M0DIJWBPwLcG7AmQwyXgKicUkFIflHEJEJdELgGSJpFWTg5EgFQunkMmqU7NIf2kCpTO61slqd64gtRUfv1FGrwsIgxejSI0WcfXZxeRENgBeFUn38dPsPykiNS0a3vhRO1HU6BT7AlsTP5Harr7LiE17dpe6LlVagp0il3bt36MSz3X6wAAAABJRU5ErkJggg==",
                        },
                      ],
                    },
                  },
                  every_field: {
                    summary: "Every field that a response can have",
                    value: {
                      created: 1778544000,
                      background: "transparent",
                      data: [
                        {
                          b64_json: "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAACQUlEQVR4nNWVO2gUURiF75ZRSGwjKIKCj0pEIY1gZRVELEKaxQcYCxEWwRVEXVZFcAVdEJsIakwTUomksrUJKJImL0ggBJJtk0CSMjlnhz/3zp17Z+5ksyz5irOPeZxv/7k7U/g4s7CjOsi+BUrHt5Ca+uoRZH6CBezCLEKFggTM8pHyI6Sf27VPyIgQiVSBPMU2oSJegVbKhRCJTIH9lgsikUtg/ekgUqlTvUeRrbPU2EQq1fNuDBknISDlRARqE/NIpaZXGmrkwTWVhmtfESC2hFdAyomclJT7zyL9+PYViUwBXvtq8V5bBCqjXxNrISbAcsFcfAPPXyM1l/sGkEn+TY4jNeNvXiAjfIsxU8AuJ6ECRCREgJgSewIXJt4iI64PlZoCrnLBlnCVC5SgwO/hOj5FzPQ/QxoCxJ6ACPwZ+66uDt5ReTCPEQHBOQHiE2iVYAHzMjQWFp0CHL1v3L5tFOg9cxrvImT8JCZAzClsb6whk7DIhaucdHUfQ0aYv56kCvB+UP78Ae/cdH0ZRkL0/hDSTe3h4+b/X8gtQNIk0mA5ySVAREIEhFARKRZEwC4nTgEizwSTm3eT37n4+S1+vyf2M0DIJWBPwLcG7AmQwyXgKicUkFIflHEJEJdELgGSJpFWTg5EgFQunkMmqU7NIf2kCpTO61slqd64gtRUfv1FGrwsIgxejSI0WcfXZxeRENgBeFUn38dPsPykiNS0a3vhRO1HU6BT7AlsTP5Harr7LiE17dpe6LlVagp0il3bt36MSz3X6wAAAABJRU5ErkJggg==",
                          revised_prompt: "An otter afloat on its back, holding a shell",
                          url: "https://images.example.com/variations/otter.png",
                        },
                      ],
                      output_format: "png",
                      quality: "low",
                      size: "1024x1024",
                      usage: {
                        input_tokens: 323,
                        input_tokens_details: {
                          image_tokens: 323,
                          text_tokens: 0,
                        },
                        output_tokens: 272,
                        total_tokens: 595,
                        output_tokens_details: {
                          image_tokens: 272,
                          text_tokens: 0,
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
          "401": {
            $ref: "#/components/responses/Unauthorized",
          },
          "403": {
            $ref: "#/components/responses/Forbidden",
          },
          "404": {
            $ref: "#/components/responses/NotFound",
          },
          "409": {
            $ref: "#/components/responses/Conflict",
          },
          "413": {
            $ref: "#/components/responses/ContentTooLarge",
          },
          "415": {
            $ref: "#/components/responses/UnsupportedMediaType",
          },
          "422": {
            $ref: "#/components/responses/UnprocessableContent",
          },
          "429": {
            $ref: "#/components/responses/TooManyRequests",
          },
          "500": {
            $ref: "#/components/responses/InternalServerError",
          },
          "503": {
            $ref: "#/components/responses/ServiceUnavailable",
          },
          "504": {
            $ref: "#/components/responses/GatewayTimeout",
          },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      bearerAuth: {
        type: "http",
        scheme: "bearer",
        description: "An API key, sent as `Authorization` with the scheme `Bearer`.",
      },
    },
    headers: {
      "x-request-id": {
        description: "Identifies this request in the server's logs; quote it in a bug report.",
        schema: {
          type: "string",
        },
        example: "req_7c1f0a53b2c94b3d8f6f0c7a8e1d2b3c",
      },
      "retry-after": {
        description: "How long to wait before the next try, in seconds or as an HTTP date.",
        schema: {
          type: "string",
        },
        example: "12",
      },
      "x-ratelimit-limit-requests": {
        description: "How many requests the current period allows.",
        schema: {
          type: "integer",
        },
        example: 50,
      },
      "x-ratelimit-remaining-requests": {
        description: "How many requests are left in the current period.",
        schema: {
          type: "integer",
        },
        example: 49,
      },
      "x-ratelimit-reset-requests": {
        description: "Time until the period starts again, such as `12s` or `6m0s`.",
        schema: {
          type: "string",
        },
        example: "12s",
      },
    },
    schemas: {
      ImageCreateVariationParams: {
        type: "object",
        description: "What to vary, and how.",
        required: ["image"],
        properties: {
          image: {
            type: "string",
            format: "binary",
            description: "The image to vary. A valid, square PNG file of less than 4 MB.",
            "x-image-limits": {
              mediaTypes: ["image/png"],
              square: true,
              exclusiveMaximumBytes: 4194304,
              warningFromBytes: 4000000,
            },
          },
          model: {
            description: "The model that makes the variations. This endpoint was made for `dall-e-2`; a server may have others, so any name is allowed.",
            anyOf: [
              {
                type: "string",
              },
              {
                $ref: "#/components/schemas/ImageModel",
              },
              {
                type: "null",
              },
            ],
            default: "dall-e-2",
          },
          n: {
            type: ["integer", "null"],
            description: "How many images to make.",
            minimum: 1,
            maximum: 10,
            default: 1,
          },
          response_format: {
            type: ["string", "null"],
            description: "How the images are returned: as URLs, which expire after 60 minutes, or as base64 in the response.",
            enum: ["b64_json", "url", null],
            default: "url",
          },
          size: {
            type: ["string", "null"],
            description: "Width and height of the images that are made, in pixels.",
            enum: ["256x256", "512x512", "1024x1024", null],
            default: "1024x1024",
          },
          user: {
            type: "string",
            description: "A stable, opaque name for your end user, by which the provider can trace abuse.",
          },
        },
      },
      ImageModel: {
        type: "string",
        description: "The names of image models that the API has known.",
        enum: ["gpt-image-1.5", "dall-e-2", "dall-e-3", "gpt-image-1", "gpt-image-1-mini"],
      },
      ImagesResponse: {
        type: "object",
        description: "The images that were made.",
        required: ["created"],
        properties: {
          created: {
            type: "integer",
            description: "When the images were made, in seconds since 1970-01-01T00:00:00Z.",
          },
          background: {
            type: "string",
            description: "The background of the images.",
            enum: ["transparent", "opaque"],
          },
          data: {
            type: "array",
            description: "The images that were made, `n` of them.",
            items: {
              $ref: "#/components/schemas/Image",
            },
          },
          output_format: {
            type: "string",
            description: "The file format of the images.",
            enum: ["png", "webp", "jpeg"],
          },
          quality: {
            type: "string",
            description: "The quality that the images were made with.",
            enum: ["low", "medium", "high"],
          },
          size: {
            type: "string",
            description: "Width and height of the images, in pixels. It has no value for 256x256 and 512x512: a response with those leaves it out.",
            enum: ["1024x1024", "1024x1536", "1536x1024"],
          },
          usage: {
            $ref: "#/components/schemas/Usage",
          },
        },
      },
      Image: {
        type: "object",
        description: "One image, as base64 or as a URL.",
        properties: {
          b64_json: {
            type: "string",
            contentEncoding: "base64",
            description: "The image file in base64, if `response_format` is `b64_json`.",
          },
          revised_prompt: {
            type: "string",
            description: "The prompt as the model rewrote it; only from models that do so.",
          },
          url: {
            type: "string",
            description: "Where the image can be fetched, if `response_format` is `url`.",
          },
        },
      },
      Usage: {
        type: "object",
        description: "The tokens that were spent; only from models that count them.",
        required: ["input_tokens", "input_tokens_details", "output_tokens", "total_tokens"],
        properties: {
          input_tokens: {
            type: "integer",
            description: "Tokens of the input, images and text together.",
          },
          input_tokens_details: {
            $ref: "#/components/schemas/InputTokensDetails",
          },
          output_tokens: {
            type: "integer",
            description: "Tokens of what the model made.",
          },
          total_tokens: {
            type: "integer",
            description: "Tokens of input and output together.",
          },
          output_tokens_details: {
            $ref: "#/components/schemas/OutputTokensDetails",
          },
        },
      },
      InputTokensDetails: {
        type: "object",
        description: "The input's tokens by kind.",
        required: ["image_tokens", "text_tokens"],
        properties: {
          image_tokens: {
            type: "integer",
            description: "Tokens of the images in the input.",
          },
          text_tokens: {
            type: "integer",
            description: "Tokens of the text in the input.",
          },
        },
      },
      OutputTokensDetails: {
        type: "object",
        description: "The output's tokens by kind.",
        required: ["image_tokens", "text_tokens"],
        properties: {
          image_tokens: {
            type: "integer",
            description: "Tokens of the images that were made.",
          },
          text_tokens: {
            type: "integer",
            description: "Tokens of the text that was made.",
          },
        },
      },
      ErrorResponse: {
        type: "object",
        description: "The envelope of every error.",
        required: ["error"],
        properties: {
          error: {
            $ref: "#/components/schemas/ErrorObject",
          },
        },
      },
      ErrorObject: {
        type: "object",
        description: "What went wrong.",
        required: ["code", "message", "param", "type"],
        properties: {
          code: {
            type: ["string", "null"],
            description: "A stable code for the cause, or null if there is none.",
          },
          message: {
            type: "string",
            description: "The cause in a sentence. Programs match on it, so servers keep it as it is.",
          },
          param: {
            type: ["string", "null"],
            description: "The parameter at fault, or null if the server does not name it.",
          },
          type: {
            type: "string",
            description: "The class of the error, such as `invalid_request_error`.",
          },
        },
      },
    },
    responses: {
      BadRequest: {
        description: "The request breaks the contract, or the account can't pay for it.",
        headers: {
          "x-request-id": {
            $ref: "#/components/headers/x-request-id",
          },
        },
        content: {
          "application/json": {
            schema: {
              $ref: "#/components/schemas/ErrorResponse",
            },
            examples: {
              image_not_accepted: {
                summary: "The image is not a PNG, is too large, or its part has a wrong name or type",
                value: {
                  error: {
                    code: null,
                    message: "Uploaded image must be a PNG and less than 4 MB.",
                    param: null,
                    type: "invalid_request_error",
                  },
                },
              },
              image_not_square: {
                summary: "The image is not square",
                value: {
                  error: {
                    code: null,
                    message: "Invalid input image - expected an image with equal width and height, got 1200x800 instead.",
                    param: null,
                    type: "invalid_request_error",
                  },
                },
              },
              image_missing: {
                summary: "The image is missing",
                value: {
                  error: {
                    code: null,
                    message: "'image' is a required property",
                    param: null,
                    type: "invalid_request_error",
                  },
                },
              },
              size_not_allowed: {
                summary: "A size that is not on the list",
                value: {
                  error: {
                    code: null,
                    message: "'1024x1536' is not one of ['256x256', '512x512', '1024x1024'] - 'size'",
                    param: null,
                    type: "invalid_request_error",
                  },
                },
              },
              n_above_maximum: {
                summary: "More images than one request may ask for",
                value: {
                  error: {
                    code: null,
                    message: "15 is greater than the maximum of 10 - 'n'",
                    param: null,
                    type: "invalid_request_error",
                  },
                },
              },
              n_below_minimum: {
                summary: "Fewer images than one",
                value: {
                  error: {
                    code: null,
                    message: "0 is less than the minimum of 1 - 'n'",
                    param: null,
                    type: "invalid_request_error",
                  },
                },
              },
              response_format_not_allowed: {
                summary: "A response format that is not on the list",
                value: {
                  error: {
                    code: null,
                    message: "'xml' is not one of ['b64_json', 'url'] - 'response_format'",
                    param: null,
                    type: "invalid_request_error",
                  },
                },
              },
              image_media_type_not_supported: {
                summary: "The part of the image has a media type that is not an image",
                value: {
                  error: {
                    code: "unsupported_file_mimetype",
                    message: "Invalid file 'image': unsupported mimetype ('application/octet-stream'). Supported file formats are 'image/png'.",
                    param: null,
                    type: "invalid_request_error",
                  },
                },
              },
              content_type_not_supported: {
                summary: "The body is not multipart",
                value: {
                  error: {
                    code: null,
                    message: "Unsupported content type: 'application/json'. This API method only accepts 'multipart/form-data' requests, but you specified the header 'Content-Type: application/json'.",
                    param: null,
                    type: "invalid_request_error",
                  },
                },
              },
              billing_hard_limit_reached: {
                summary: "The account's spending limit is reached",
                value: {
                  error: {
                    code: "billing_hard_limit_reached",
                    message: "Billing hard limit has been reached",
                    param: null,
                    type: "invalid_request_error",
                  },
                },
              },
            },
          },
        },
      },
      Unauthorized: {
        description: "The API key is missing or unknown.",
        headers: {
          "x-request-id": {
            $ref: "#/components/headers/x-request-id",
          },
        },
        content: {
          "application/json": {
            schema: {
              $ref: "#/components/schemas/ErrorResponse",
            },
            examples: {
              invalid_api_key: {
                summary: "A key that the server does not know",
                value: {
                  error: {
                    code: "invalid_api_key",
                    message: "Incorrect API key provided: fake_key. You can find your API key at https://platform.openai.com/account/api-keys.",
                    param: null,
                    type: "invalid_request_error",
                  },
                },
              },
            },
          },
        },
      },
      Forbidden: {
        description: "The key is known and may not do this.",
        headers: {
          "x-request-id": {
            $ref: "#/components/headers/x-request-id",
          },
        },
        content: {
          "application/json": {
            schema: {
              $ref: "#/components/schemas/ErrorResponse",
            },
            examples: {
              not_allowed: {
                summary: "The project of this key may not make images",
                value: {
                  error: {
                    code: null,
                    message: "This API key is not allowed to create image variations.",
                    param: null,
                    type: "invalid_request_error",
                  },
                },
              },
            },
          },
        },
      },
      NotFound: {
        description: "The server does not know this path, or not this model, or no longer.",
        headers: {
          "x-request-id": {
            $ref: "#/components/headers/x-request-id",
          },
        },
        content: {
          "application/json": {
            schema: {
              $ref: "#/components/schemas/ErrorResponse",
            },
            examples: {
              model_not_found: {
                summary: "A model that the server does not have",
                value: {
                  error: {
                    code: "model_not_found",
                    message: "The model 'dall-e-2' does not exist or you do not have access to it.",
                    param: null,
                    type: "invalid_request_error",
                  },
                },
              },
            },
          },
        },
      },
      Conflict: {
        description: "Another request stands in the way; trying again may help.",
        headers: {
          "x-request-id": {
            $ref: "#/components/headers/x-request-id",
          },
        },
        content: {
          "application/json": {
            schema: {
              $ref: "#/components/schemas/ErrorResponse",
            },
            examples: {
              request_in_progress: {
                summary: "The same request is already being processed",
                value: {
                  error: {
                    code: null,
                    message: "A request with the same idempotency key is in progress.",
                    param: null,
                    type: "invalid_request_error",
                  },
                },
              },
            },
          },
        },
      },
      ContentTooLarge: {
        description: "The request's body is larger than this server reads.",
        headers: {
          "x-request-id": {
            $ref: "#/components/headers/x-request-id",
          },
        },
        content: {
          "application/json": {
            schema: {
              $ref: "#/components/schemas/ErrorResponse",
            },
            examples: {
              body_too_large: {
                summary: "A body that the server stopped reading",
                value: {
                  error: {
                    code: null,
                    message: "The request body is too large.",
                    param: null,
                    type: "invalid_request_error",
                  },
                },
              },
            },
          },
        },
      },
      UnsupportedMediaType: {
        description: "The body is not `multipart/form-data`. The official server said this with 400.",
        headers: {
          "x-request-id": {
            $ref: "#/components/headers/x-request-id",
          },
        },
        content: {
          "application/json": {
            schema: {
              $ref: "#/components/schemas/ErrorResponse",
            },
            examples: {
              content_type_not_supported: {
                summary: "The body is not multipart",
                value: {
                  error: {
                    code: null,
                    message: "Unsupported content type: 'application/json'. This API method only accepts 'multipart/form-data' requests, but you specified the header 'Content-Type: application/json'.",
                    param: null,
                    type: "invalid_request_error",
                  },
                },
              },
            },
          },
        },
      },
      UnprocessableContent: {
        description: "The request is well formed and can't be carried out.",
        headers: {
          "x-request-id": {
            $ref: "#/components/headers/x-request-id",
          },
        },
        content: {
          "application/json": {
            schema: {
              $ref: "#/components/schemas/ErrorResponse",
            },
            examples: {
              image_not_readable: {
                summary: "The pixels of the image can't be read",
                value: {
                  error: {
                    code: null,
                    message: "The image could not be processed.",
                    param: "image",
                    type: "invalid_request_error",
                  },
                },
              },
            },
          },
        },
      },
      TooManyRequests: {
        description: "Too many requests in the current period.",
        headers: {
          "x-request-id": {
            $ref: "#/components/headers/x-request-id",
          },
          "retry-after": {
            $ref: "#/components/headers/retry-after",
          },
          "x-ratelimit-limit-requests": {
            $ref: "#/components/headers/x-ratelimit-limit-requests",
          },
          "x-ratelimit-remaining-requests": {
            $ref: "#/components/headers/x-ratelimit-remaining-requests",
          },
          "x-ratelimit-reset-requests": {
            $ref: "#/components/headers/x-ratelimit-reset-requests",
          },
        },
        content: {
          "application/json": {
            schema: {
              $ref: "#/components/schemas/ErrorResponse",
            },
            examples: {
              rate_limit_exceeded: {
                summary: "The organization's images for this minute are used up",
                value: {
                  error: {
                    code: "rate_limit_exceeded",
                    message: "Rate limit exceeded for images per minute in organization org-1234",
                    param: null,
                    type: "requests",
                  },
                },
              },
            },
          },
        },
      },
      InternalServerError: {
        description: "The server failed; trying again may help.",
        headers: {
          "x-request-id": {
            $ref: "#/components/headers/x-request-id",
          },
        },
        content: {
          "application/json": {
            schema: {
              $ref: "#/components/schemas/ErrorResponse",
            },
            examples: {
              server_error: {
                summary: "The server failed",
                value: {
                  error: {
                    code: null,
                    message: "The server had an error while processing your request.",
                    param: null,
                    type: "server_error",
                  },
                },
              },
            },
          },
        },
      },
      ServiceUnavailable: {
        description: "The server can't respond now; trying again later may help.",
        headers: {
          "x-request-id": {
            $ref: "#/components/headers/x-request-id",
          },
          "retry-after": {
            $ref: "#/components/headers/retry-after",
          },
        },
        content: {
          "application/json": {
            schema: {
              $ref: "#/components/schemas/ErrorResponse",
            },
            examples: {
              overloaded: {
                summary: "More work than the server can take",
                value: {
                  error: {
                    code: null,
                    message: "The server is overloaded. Please try again later.",
                    param: null,
                    type: "server_error",
                  },
                },
              },
            },
          },
        },
      },
      GatewayTimeout: {
        description: "A server behind this one did not respond in time. The official gateway sent an HTML page, so a client must not count on JSON here.",
        headers: {
          "x-request-id": {
            $ref: "#/components/headers/x-request-id",
          },
        },
        content: {
          "application/json": {
            schema: {
              $ref: "#/components/schemas/ErrorResponse",
            },
            examples: {
              gateway_timeout: {
                summary: "The response did not come in time",
                value: {
                  error: {
                    code: null,
                    message: "The server did not answer in time.",
                    param: null,
                    type: "server_error",
                  },
                },
              },
            },
          },
          "text/html": {
            schema: {
              type: "string",
            },
            examples: {
              gateway_timeout_page: {
                summary: "A gateway's own page",
                value: "<html><head><title>504 Gateway Time-out</title></head><body></body></html>",
              },
            },
          },
        },
      },
    },
  },
} as const;
