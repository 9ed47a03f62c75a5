/** A package as it would be published. */
export interface PublishedPackage {
  readonly manifest: PublishedManifest;
  /** The paths in the tarball, from the package's root. */
  readonly files: readonly string[];
}

/** The part of a manifest that npm's registry, or a later install, looks at. */
export interface PublishedManifest {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly private?: boolean;
  readonly license?: string | undefined;
  readonly repository?: { readonly url?: string; readonly directory?: string } | string | undefined;
  readonly publishConfig?: { readonly access?: string };
  readonly main?: string;
  readonly types?: string;
  readonly exports?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * Why npm would reject a package that is published with provenance, or why no one could use it. A registry on loopback
 * accepts all of these, so a rehearsal has to ask.
 *
 * @param repository The repository that the provenance would name, such as `https://github.com/owner/name`.
 */
export function npmObjections({ manifest, files }: PublishedPackage, repository: string): string[] {
  const { name = "", version = "", publishConfig, main, types, exports } = manifest;
  const url = typeof manifest.repository === "string" ? manifest.repository : manifest.repository?.url;
  const objections: string[] = [];
  if (!/^(?:@[a-z0-9-]+\/)?[a-z0-9][a-z0-9._-]*$/.test(name)) objections.push(`name is ${JSON.stringify(name)}`);
  if (!/^\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(version)) objections.push(`version is ${JSON.stringify(version)}`);
  if (manifest.private) objections.push("private is true");
  if (!manifest.license) objections.push("license is missing");
  // npm: E422, "package.json: repository.url is …, expected to match … from provenance". Case counts.
  if (url === undefined || plainUrl(url) !== repository) {
    objections.push(`repository.url is ${JSON.stringify(url ?? null)}, and the provenance would name ${repository}`);
  }
  if (name.startsWith("@") && publishConfig?.access !== "public") {
    objections.push('publishConfig.access is not "public", and a scoped package is private by default');
  }
  const { dependencies, peerDependencies, optionalDependencies } = manifest;
  for (const [dependency, range] of Object.entries({ ...dependencies, ...peerDependencies, ...optionalDependencies })) {
    if (/^(?:workspace|catalog|file|link|portal):/.test(range)) {
      objections.push(`${dependency} is ${JSON.stringify(range)}, which only this workspace understands`);
    }
  }
  const missing = [main, types, ...pathsIn(exports)]
    .flatMap((path) => (path === undefined ? [] : [path.replace(/^\.\//, "")]))
    .filter((path) => !path.includes("*") && !files.includes(path));
  for (const path of new Set(missing)) objections.push(`${path} is named in the manifest, and is not in the tarball`);
  return objections;
}

function plainUrl(url: string): string {
  return url.replace(/^git\+/, "").replace(/\.git$/, "");
}

function pathsIn(exports: unknown): string[] {
  if (typeof exports === "string") return [exports];
  return typeof exports === "object" && exports !== null ? Object.values(exports).flatMap(pathsIn) : [];
}
