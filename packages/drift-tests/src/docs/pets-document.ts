/** A small document for the programs in the docs, whose first server is the one that they are run against. */
export function petsDocument(maximum: number): string {
  return `openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
servers: [{ url: https://pets.example.com/v1 }]
paths:
  /pets/{petId}:
    get:
      operationId: get
      tags: [pets]
      parameters:
        - { name: petId, in: path, required: true, schema: { type: integer } }
        - { name: limit, in: query, schema: { type: integer, maximum: ${maximum} } }
      responses:
        "200":
          description: A pet.
          content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } }
`;
}
