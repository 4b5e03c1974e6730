import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { problemOf } from '../api/problem';
import { Code } from '../ui/Code';
import { Contents } from '../ui/Contents';
import { Page, Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { type Contract, type RawContract, readContract } from './contract';
import { OperationView } from './OperationView';

const contractQuery = queryOptions({
  queryKey: ['contract'],
  queryFn: async ({ signal }): Promise<Contract> => {
    const answer = await fetch('/api/v1/openapi.json', { signal });
    if (!answer.ok) throw problemOf(await answer.json(), answer);
    return readContract((await answer.json()) as RawContract);
  },
  staleTime: Infinity,
});

/** The API's reference, drawn from its own contract: nothing comes from elsewhere. */
export function Reference() {
  const query = useQuery(contractQuery);
  return (
    <Page
      title="L’API de Clausier"
      lead={<p>Toute la bibliothèque et tous les calculs, en lecture libre et sans clé.</p>}
    >
      <Guide />
      {query.isPending && <Skeleton blocks={3} lines={4} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && <Rooms contract={query.data} />}
    </Page>
  );
}

const roomId = (name: string) => `salle-${name.toLowerCase().replace(/[^a-zà-ÿ]+/g, '-')}`;

function Rooms({ contract }: { contract: Contract }) {
  return (
    <>
      <Contents label="Sommaire de l’API">
        <ul className="bullets">
          {contract.rooms.map((room) => (
            <li key={room.name}>
              <a href={`#${roomId(room.name)}`}>{room.name}</a> ({room.operations.length})
            </li>
          ))}
        </ul>
      </Contents>
      {contract.rooms.map((room) => (
        <Section key={room.name} id={roomId(room.name)} title={room.name} intro={<p>{room.description}</p>}>
          <div className="stack tight">
            {room.operations.map((operation) => (
              <OperationView key={operation.id} operation={operation} schemas={contract.schemas} />
            ))}
          </div>
        </Section>
      ))}
    </>
  );
}

const COMMAND = `curl '${window.location.origin}/api/v1/clauses?family=mobilier&level=1'`;

function Guide() {
  return (
    <Section title="Pour commencer">
      <div className="prose">
        <p>
          Chaque adresse rend du JSON en UTF-8. Une clause se lit aussi en Markdown, en HTML, en DOCX et en
          JSON-LD, selon l’en-tête <code>Accept</code>. Les adresses sont permanentes.
        </p>
        <Code label="Première commande" copy>
          {COMMAND}
        </Code>
        <ul className="bullets">
          <li>
            <strong>Listes.</strong> La page suivante se demande avec <code>cursor</code>, rendu par{' '}
            <code>next</code>. Un paramètre inconnu est refusé.
          </li>
          <li>
            <strong>Cache.</strong> Chaque lecture porte un <code>ETag</code> : rendez-le dans{' '}
            <code>If-None-Match</code>, la réponse sera 304 si rien n’a changé.
          </li>
          <li>
            <strong>Limites.</strong> <code>RateLimit-Policy</code> dit le quota, <code>RateLimit</code> ce
            qu’il reste. Au-delà, la réponse est 429 avec <code>Retry-After</code>. Une clé d’API en donne
            quatre fois plus : <code>Authorization: Bearer …</code>
          </li>
          <li>
            <strong>Erreurs.</strong> <code>application/problem+json</code> (RFC 9457), en français, avec un{' '}
            <code>type</code> qui mène à son explication, par exemple{' '}
            <Link to="/problems/$slug" params={{ slug: 'champs' }}>
              « Champs à corriger »
            </Link>
            .
          </li>
          <li>
            <strong>Données ouvertes.</strong> Toute la bibliothèque en{' '}
            <a href="/api/v1/clauses.jsonl">JSON Lines</a> ou en <a href="/api/v1/clauses.csv">CSV</a>, avec
            ses <a href="/api/v1/clauses.sha256">empreintes</a>, un{' '}
            <a href="/api/v1/clauses.atom">flux Atom</a> et un{' '}
            <a href="/catalogue.jsonld">catalogue DCAT-AP</a>.
          </li>
          <li>
            <strong>Webhooks.</strong> Vos logiciels sont prévenus de ce qui change, par une demande signée :{' '}
            <Link to="/webhooks/signature">recevoir un webhook et vérifier sa signature</Link>.
          </li>
          <li>
            <strong>Assistants (MCP).</strong> Un serveur Model Context Protocol répond à <code>/mcp</code>,
            sans session, en lecture seule : chercher_clauses, lire_clause, obligations_applicables,
            proposer_clauses, generer_docx.
          </li>
        </ul>
        <p>
          Textes des clauses sous Licence Ouverte 2.0. Le contrat complet :{' '}
          <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.
        </p>
      </div>
    </Section>
  );
}
