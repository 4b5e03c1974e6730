import { Details } from '../ui/Card';
import { Grid } from '../ui/Code';
import { boundsOf, nameOf, resolved, type Schema, typeOf } from './contract';

type Schemas = Record<string, Schema>;
const NONE: string[] = [];

/** The fields of a schema; what they contain opens below, one level at a time. */
export function SchemaView({
  schema,
  schemas,
  caption,
  seen = NONE,
}: {
  schema: Schema;
  schemas: Schemas;
  caption: string;
  seen?: string[];
}) {
  const whole = resolved(schema, schemas);
  if (whole.type === 'array' && whole.items) {
    return <SchemaView schema={whole.items} schemas={schemas} caption={caption} seen={seen} />;
  }
  const fields = Object.entries(whole.properties ?? {});
  if (!fields.length) return <p className="soft small">{typeOf(schema, schemas)}</p>;
  const inner = [...new Set(fields.flatMap(([, field]) => namesIn(field)))].filter(
    (name) => schemas[name]?.properties && !seen.includes(name),
  );
  return (
    <div className="stack tight">
      <Grid
        caption={caption}
        head={['Champ', 'Type', 'À savoir']}
        rows={fields.map(([name, field]) => [
          <code key="name">{name}</code>,
          typeOf(field, schemas),
          [whole.required?.includes(name) ? 'obligatoire' : '', boundsOf(field, schemas), field.description]
            .filter(Boolean)
            .join(' ; '),
        ])}
      />
      {inner.map((name) => (
        <Details key={name} summary={name}>
          <SchemaView
            schema={schemas[name] ?? {}}
            schemas={schemas}
            caption={`Champs de ${name}`}
            seen={[...seen, ...inner]}
          />
        </Details>
      ))}
    </div>
  );
}

/** The named schemas that a field refers to, at any depth of lists and choices. */
function namesIn(schema: Schema): string[] {
  if (schema.$ref) return [nameOf(schema)];
  const inside = [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  if (typeof schema.additionalProperties === 'object') inside.push(schema.additionalProperties);
  return inside.flatMap((part) => (part ? namesIn(part) : []));
}
