/** The reference that a discriminator's mapping makes: to a place, or to a schema by its bare name. */
export function schemaReference(target: string): string {
  return /^[\w.-]+$/.test(target) ? `#/components/schemas/${target}` : target;
}
