/** Imports that must not be: from what matches the one pattern to what matches the other. */
export interface ForbiddenImport {
  readonly because: string;
  /** The importing file's path from the root. */
  readonly from: string;
  readonly except?: string;
  /** The imported file's path from the root, or the name of a module. */
  readonly to: string;
  readonly butTo?: string;
  /** Whether types may be imported all the same. */
  readonly typesMay?: boolean;
}

const leaves = "packages/{client,validation,engine}/src/**";
const tests = "**/{testing/**,*.test.ts,*.test-d.ts}";
const assembly =
  "packages/{client/src/{image-variations,images,create-client,openai-binding,retired-model-hint},validation/src/{create-validator,create-schema,validate-image-variation}}.ts";
const doors =
  "{{specs,packages/*}/src/{index,schema,node,queue,runtime,transport},packages/cli/src/{main,conformance},packages/backends/src/{engine,image-edits,stable-diffusion-webui,comfyui,variations}}.ts";

/** The folders of the client, lowest first: each imports only from the ones before it, types included. */
const clientStages = [
  "errors",
  "transport",
  "options",
  "uploads",
  "response",
  "request",
  "runtime",
  "streaming",
  "events",
  "node",
];

const clientArrows: readonly ForbiddenImport[] = clientStages.slice(0, -1).map((stage, index) => ({
  because: `the client's ${stage} does not import from later stages`,
  from: `packages/client/src/${stage}/**`,
  except: tests,
  to: `packages/client/src/@(${clientStages.slice(index + 1).join("|")})/**`,
}));

/** The arrows of the design, each as what would go against it. */
export const forbiddenImports: readonly ForbiddenImport[] = [
  {
    because: "client, validation and engine know no package of ours",
    from: leaves,
    except: tests,
    to: "@image-variations/*{,/**}",
  },
  {
    because: "the spec is data, and imports nothing but what is generated from it",
    from: "specs/src/**",
    except: tests,
    to: "**",
    butTo: "specs/src/generated/**",
  },
  {
    because: "of the client, the server needs the types of the schema alone",
    from: "packages/server/src/**",
    except: tests,
    to: "@image-variations/client{,/**}",
    butTo: "@image-variations/client/schema",
  },
  {
    because: "of backends, the server needs the types alone: who runs it brings the backend",
    from: "packages/server/src/**",
    except: tests,
    to: "@image-variations/{backends,engine}{,/**}",
    typesMay: true,
  },
  {
    because: "the server's stages don't know what is assembled of them",
    from: "packages/server/src/{errors,request,response,work,stores,security,observability,settings}/**",
    except: tests,
    to: "packages/server/src/{routes/**,node/**,create-handler.ts,handler.ts}",
  },
  {
    because: "the queue stands beside the handler: a backend for it, and workers without one",
    from: "packages/server/src/queue/**",
    except: tests,
    to: "packages/server/src/{routes/**,node/**,request/**,create-handler.ts,handler.ts}",
  },
  {
    because: "the server's errors know no other stage",
    from: "packages/server/src/errors/**",
    except: tests,
    to: "packages/server/src/{request,response,work,stores,security,observability,settings}/**",
  },
  {
    because: "backends stand on engine and client, and on nothing else of ours",
    from: "packages/backends/src/**",
    except: tests,
    to: "@image-variations/*{,/**}",
    butTo: "@image-variations/{engine,client,client/node,client/transport}",
  },
  {
    because: "other backends do not depend on what engine knows",
    from: "packages/backends/src/{image-edits,stable-diffusion-webui,comfyui,variations}/**",
    except: tests,
    to: "packages/backends/src/engine/**",
  },
  {
    because: "other backends do not depend on what image-edits knows",
    from: "packages/backends/src/{engine,stable-diffusion-webui,comfyui,variations}/**",
    except: tests,
    to: "packages/backends/src/image-edits/**",
  },
  {
    because: "other backends do not depend on what stable-diffusion-webui knows",
    from: "packages/backends/src/{engine,image-edits,comfyui,variations}/**",
    except: tests,
    to: "packages/backends/src/stable-diffusion-webui/**",
  },
  {
    because: "other backends do not depend on what comfyui knows",
    from: "packages/backends/src/{engine,image-edits,stable-diffusion-webui,variations}/**",
    except: tests,
    to: "packages/backends/src/comfyui/**",
  },
  {
    because: "other backends do not depend on what variations knows",
    from: "packages/backends/src/{engine,image-edits,stable-diffusion-webui,comfyui}/**",
    except: tests,
    to: "packages/backends/src/variations/**",
  },
  {
    because: "parts don't know which backends are made of them",
    from: "packages/backends/src/{codec,http,images,options}/**",
    except: tests,
    to: "packages/backends/src/{engine,image-edits,stable-diffusion-webui,comfyui,variations}/**",
  },
  {
    because: "the server depends on validation and engine, and not on the rest of the workspace",
    from: "packages/{server,cli}/src/**",
    except: tests,
    to: "@image-variations/{scripts,codegen,spec-diff,mock,command,contract-tests,drift-tests,png-corpus,target-imitations,benchmarks,consumer-tests,mutations,png-oracles,testing}{,/**}",
  },
  {
    because: "the stages of the command line know no verb",
    from: "packages/cli/src/{command-line,settings,files,codec,sheet,preview,backend,conformance}/**",
    except: tests,
    to: "packages/cli/src/{create,check,fit,serve,worker,mock,conform,spec,doctor,complete}/**",
  },
  {
    because: "what every verb stands on knows no other stage",
    from: "packages/cli/src/command-line/**",
    except: tests,
    to: "packages/cli/src/{settings,files,codec,backend,conformance,sheet,preview,generated}/**",
  },
  {
    because: "the shape of commands knows no package of ours",
    from: "packages/command/src/**",
    to: "@image-variations/*{,/**}",
  },
  {
    because: "of ours, codegen knows the shape of commands alone",
    from: "packages/codegen/src/**",
    except: tests,
    to: "@image-variations/*{,/**}",
    butTo: "@image-variations/command",
  },
  {
    because: "codegen's document model does not know what is made of it",
    from: "packages/codegen/src/document/**",
    except: tests,
    to: "packages/codegen/src/{emit,generate,overlay}/**",
  },
  {
    because: "spec-diff and mock stand on codegen and the shape of commands alone",
    from: "packages/{spec-diff,mock}/src/**",
    to: "@image-variations/*{,/**}",
    butTo: "@image-variations/{command,codegen/repository,codegen/document,testing/eventually}",
  },
  {
    because: "scripts are for people, and no package imports them",
    from: "{specs,packages/*}/**",
    to: "@image-variations/scripts{,/**}",
  },
  {
    because: "nothing imports the tests of other packages",
    from: "**",
    to: "@image-variations/{benchmarks,consumer-tests,contract-tests,drift-tests,mutations,png-oracles}{,/**}",
  },
  {
    because: "packages know each other by name, and not by where they lie",
    from: "packages/*/src/**",
    to: "{specs,scripts}/**",
  },
  {
    because: "a door is for those outside; inside, imports name the file",
    from: "{specs,packages/*}/src/**",
    except: tests,
    to: doors,
  },
  {
    because: "parts don't know what is assembled of them",
    from: "packages/{client/src/{errors,transport,options,uploads,response,request,generated},validation/src/{parameters,png,sources,generated}}/**",
    except: tests,
    to: assembly,
    typesMay: true,
  },
  ...clientArrows,
  {
    because:
      "what is generated is data, and imports types alone, but for the parts of the runtime that a contract names",
    from: "**/src/generated/**",
    to: "**",
    butTo: "packages/client/src/{request,response,uploads}/{encode,parse,write}-*.ts",
    typesMay: true,
  },
  {
    because: "what runs in a browser imports nothing of Node; what is for Node alone has a door of its own",
    from: "packages/{client,validation,engine,server,backends}/src/**",
    except: `{${tests},packages/*/src/{node,node/**}}`,
    to: "node:*{,/**}",
    typesMay: true,
  },
  {
    because: "nothing but tests and benchmarks imports what tests a published package",
    from: "{specs,scripts,packages/*}/src/**",
    except: `{${tests},packages/benchmarks/**}`,
    to: "{specs,packages/{client,validation,engine,backends,server,cli}}/src/**/{testing/**,*.test.ts}",
  },
];
