/** The part of JSON Schema (2020-12) that our schemas use. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema;
  readonly required?: readonly string[];
}

/**
 * What of a value a schema does not allow, a sentence each. It is stricter than the standard: a member
 * that the schema does not name is a fault, since somebody has forgotten to describe it.
 *
 * @param root Where `$ref` is looked up.
 */
export function schemaFaults(
  value: unknown,
  schema: JsonSchema,
  root: unknown,
  place = "value",
): string[] {
  if (schema.$ref !== undefined) {
    return schemaFaults(value, referenced(schema.$ref, root), root, place);
  }
  if (schema.anyOf !== undefined) {
    const each = schema.anyOf.map((one) => schemaFaults(value, one, root, place));
    return each.find((found) => found.length === 0) ?? each[0] ?? [];
  }
  const plain = plainFault(value, schema);
  if (plain !== undefined) return [`${place} ${plain}`];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      schemaFaults(item, schema.items ?? {}, root, `${place}[${index}]`)
    );
  }
  if (typeof value !== "object" || value === null) return [];
  const { properties = {}, additionalProperties, required = [] } = schema;
  const missing = required.filter((name) => !Object.hasOwn(value, name));
  return [
    ...missing.map((name) => `${place} has no ${name}`),
    ...Object.entries(value).flatMap(([key, member]) => {
      const own = properties[key] ?? additionalProperties;
      return own === undefined
        ? [`${place}.${key} is not described`]
        : schemaFaults(member, own, root, `${place}.${key}`);
    }),
  ];
}

/** What `#/a/b` stands for. */
function referenced(reference: string, root: unknown): JsonSchema {
  let found = root;
  for (const key of reference.slice(2).split("/")) {
    found = (found as Record<string, unknown> | undefined)?.[key];
  }
  if (found === undefined) throw new RangeError(`${reference} stands for nothing`);
  return found as JsonSchema;
}

/** What is wrong with a value itself, whatever is in it. */
function plainFault(value: unknown, schema: JsonSchema): string | undefined {
  const type = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  const types = [schema.type ?? []].flat();
  const isInteger = Number.isInteger(value) && types.includes("integer");
  if (types.length > 0 && !types.includes(type) && !isInteger) return `is ${type}, not ${types}`;
  if (schema.const !== undefined && value !== schema.const) {
    return `is ${value}, not ${schema.const}`;
  }
  if (schema.enum !== undefined && !schema.enum.includes(value)) return `is ${value}`;
  if (typeof value === "number") {
    const { minimum = -Infinity, maximum = Infinity } = schema;
    if (value < minimum || value > maximum) return `is ${value}: out of range`;
  }
  const { minItems = 0 } = schema;
  return Array.isArray(value) && value.length < minItems ? `has ${value.length} items` : undefined;
}
