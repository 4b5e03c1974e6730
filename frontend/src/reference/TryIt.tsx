import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../ui/Button';
import { Code } from '../ui/Code';
import { Select, TextField } from '../ui/Field';
import { Actions, type Errors, Form } from '../ui/Form';
import { Failure, Status } from '../ui/State';
import { addressOf, type Operation } from './contract';

const LONGEST = 20_000;

interface Tried {
  status: number;
  text: string;
  headers: string;
}

async function ask(address: string, accept: string): Promise<Tried> {
  const answer = await fetch(address, { headers: { Accept: accept } });
  const kind = answer.headers.get('Content-Type') ?? '';
  const headers = ['content-type', 'etag', 'ratelimit', 'ratelimit-policy', 'repr-digest']
    .map((name) => [name, answer.headers.get(name)])
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  return { status: answer.status, text: shown(await answer.text(), kind), headers };
}

function shown(text: string, kind: string): string {
  const binary = kind.includes('officedocument') || kind.includes('zip');
  if (binary) return `(fichier binaire, ${text.length} caractères)`;
  let pretty = text;
  if (/json/.test(kind) && !/jsonl/.test(kind)) {
    try {
      pretty = JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      // Shown as it came.
    }
  }
  return pretty.length > LONGEST ? `${pretty.slice(0, LONGEST)}\n… (suite coupée)` : pretty;
}

/** A read is tried from the page itself, on this site, with the session of whoever reads it. */
export function TryIt({ operation }: { operation: Operation }) {
  const fields = operation.parameters.filter(({ in: place }) => place === 'path' || place === 'query');
  const types = operation.responses.find(({ status }) => status === '200')?.types ?? [];
  const [values, setValues] = useState<Record<string, string>>(() => firstValues(operation));
  const [accept, setAccept] = useState(types[0] ?? 'application/json');
  const [errors, setErrors] = useState<Errors>({});
  const [attempt, setAttempt] = useState(0);
  const tried = useMutation({ mutationFn: (address: string) => ask(address, accept) });
  const field = (name: string) => `essai-${operation.id}-${name}`;
  const submit = () => {
    const missing = fields.filter(({ in: place, name }) => place === 'path' && !values[name]?.trim());
    setErrors(
      Object.fromEntries(missing.map(({ name }) => [field(name), `Donnez une valeur à « ${name} »`])),
    );
    const address = addressOf(operation, values);
    if (address) tried.mutate(address);
    else setAttempt((count) => count + 1);
  };
  return (
    <Form onSubmit={submit} errors={errors} attempt={attempt}>
      {fields.length > 0 && (
        <div className="fields">
          {fields.map(({ name, in: place, description, schema }) => (
            <TextField
              key={name}
              name={field(name)}
              label={name}
              hint={
                schema.type === 'array' ? 'Plusieurs valeurs : séparez-les par une virgule.' : description
              }
              optional={place !== 'path'}
              error={errors[field(name)]}
              value={values[name] ?? ''}
              onChange={(value) => setValues({ ...values, [name]: value })}
            />
          ))}
        </div>
      )}
      {types.length > 1 && (
        <Select
          name={field('accept')}
          label="Forme (Accept)"
          options={types.map((type) => ({ value: type, label: type }))}
          value={accept}
          onChange={setAccept}
        />
      )}
      <Actions>
        <Button type="submit" look="primary" busy={tried.isPending} about={operation.summary}>
          Envoyer
        </Button>
      </Actions>
      <Status>{tried.data ? `Réponse ${tried.data.status}` : ''}</Status>
      {tried.isError && <Failure error={tried.error} />}
      {tried.data && (
        <>
          <Code label={`En-têtes de la réponse de ${operation.summary}`}>{tried.data.headers}</Code>
          <Code label={`Réponse de ${operation.summary}`}>{tried.data.text || '(vide)'}</Code>
        </>
      )}
    </Form>
  );
}

/** What the first documented example asks for. */
function firstValues(operation: Operation): Record<string, string> {
  const first = operation.examples[0];
  if (!first) return {};
  const [path = '', query = ''] = first.chemin.split('?');
  const given = path.split('/');
  const values: Record<string, string> = {};
  operation.path.split('/').forEach((part, index) => {
    if (part.startsWith('{')) values[part.slice(1, -1)] = decodeURIComponent(given[index] ?? '');
  });
  for (const [name, value] of new URLSearchParams(query)) {
    values[name] = values[name] ? `${values[name]}, ${value}` : value;
  }
  return values;
}
