import { useState } from 'react';
import { Details, Facts } from '../ui/Card';
import { Code, Grid } from '../ui/Code';
import { Badge } from '../ui/Notice';
import { boundsOf, type Operation, type Schema, typeOf } from './contract';
import { SchemaView } from './SchemaView';
import { TryIt } from './TryIt';

type Schemas = Record<string, Schema>;
const PLACES = { query: 'adresse', path: 'chemin', header: 'en-tête', cookie: 'cookie' } as const;

/** One operation: closed it says what it does, open it says everything. */
export function OperationView({ operation, schemas }: { operation: Operation; schemas: Schemas }) {
  const { method, path, summary } = operation;
  return (
    <div id={operation.id}>
      <Details
        summary={
          <>
            <Badge tone={method === 'GET' ? 'info' : 'warning'}>{method}</Badge> <code>{path}</code> {summary}
          </>
        }
      >
        <div className="stack">
          {operation.description && <p className="measure">{operation.description}</p>}
          <Access operation={operation} />
          <Parameters operation={operation} schemas={schemas} />
          {operation.body && (
            <Details summary={`Corps de la demande (${operation.bodyTypes.join(', ')})`}>
              <SchemaView schema={operation.body} schemas={schemas} caption={`Corps de « ${summary} »`} />
            </Details>
          )}
          <Responses operation={operation} schemas={schemas} />
          <Examples operation={operation} />
          {method === 'GET' && (
            <Lazy summary="Essayer">
              <TryIt operation={operation} />
            </Lazy>
          )}
        </div>
      </Details>
    </div>
  );
}

function Access({ operation }: { operation: Operation }) {
  if (!operation.guarded) return null;
  return (
    <Facts>
      <span>
        {operation.optional
          ? 'Répond à tous ; une session ou une clé d’API donne plus.'
          : 'Demande une session ou une clé d’API.'}
      </span>
    </Facts>
  );
}

function Parameters({ operation, schemas }: { operation: Operation; schemas: Schemas }) {
  if (!operation.parameters.length) return null;
  return (
    <div className="stack tight">
      <p className="strong">Paramètres</p>
      <Grid
        caption={`Paramètres de « ${operation.summary} »`}
        head={['Nom', 'Où', 'Type', 'À savoir']}
        rows={operation.parameters.map((parameter) => [
          <code key="name">{parameter.name}</code>,
          PLACES[parameter.in],
          typeOf(parameter.schema, schemas),
          [
            parameter.required ? 'obligatoire' : '',
            boundsOf(parameter.schema, schemas),
            parameter.description ?? parameter.schema.description,
          ]
            .filter(Boolean)
            .join(' ; '),
        ])}
      />
    </div>
  );
}

function Responses({ operation, schemas }: { operation: Operation; schemas: Schemas }) {
  const good = operation.responses.find(({ status }) => status.startsWith('2'));
  return (
    <div className="stack tight">
      <p className="strong">Réponses</p>
      <Grid
        caption={`Réponses de « ${operation.summary} »`}
        head={['Code', 'Sens', 'Formes']}
        rows={operation.responses.map(({ status, description, types }) => [
          <code key="status">{status}</code>,
          description,
          types.join(', '),
        ])}
      />
      {good?.schema && good.types[0] === 'application/json' && (
        <Lazy summary="Champs de la réponse">
          <SchemaView
            schema={good.schema}
            schemas={schemas}
            caption={`Réponse de « ${operation.summary} »`}
          />
        </Lazy>
      )}
    </div>
  );
}

function Examples({ operation }: { operation: Operation }) {
  if (!operation.examples.length) return null;
  return (
    <div className="stack tight">
      <p className="strong">Exemples</p>
      {operation.examples.map((example) => (
        <div key={example.titre} className="stack tight">
          <p className="small">{example.titre}</p>
          <Code label={`Commande : ${example.titre}`} copy>
            {here(example.curl)}
          </Code>
        </div>
      ))}
    </div>
  );
}

/** The contract's examples name its own machine; the reader wants this site. */
function here(curl: string): string {
  return curl.replaceAll('http://127.0.0.1:8000', window.location.origin);
}

/** Drawn when it is opened for the first time: the page has many of them. */
function Lazy({ summary, children }: { summary: string; children: React.ReactNode }) {
  const [opened, setOpened] = useState(false);
  return (
    <div onToggle={() => setOpened(true)}>
      <Details summary={summary}>{opened && children}</Details>
    </div>
  );
}
