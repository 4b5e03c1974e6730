import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Gate } from '../../accounts/Gate';
import { api, unwrap } from '../../api/client';
import type { FileChange, SavedFile } from '../../api/types';
import { Button, ButtonLink } from '../../ui/Button';
import { Summary } from '../../ui/Card';
import { Difference } from '../../ui/Difference';
import { Notice } from '../../ui/Notice';
import { Page, Section } from '../../ui/Page';
import { Empty, Failure, Skeleton, Status } from '../../ui/State';
import { type Draft, parseDraft } from '../draft';
import { fileQuery, progressQuery, writeFile } from './api';
import { flush, take } from './autosave';
import { openedStore } from './opened';

const TITLE = 'Clauses qui ont changé';
const route = getRouteApi('/dossiers/$id/changements');

export function Changes() {
  const { id } = route.useParams();
  return (
    <Gate need="reader" side="buyer" title={TITLE}>
      {() => <Loaded ident={Number(id)} />}
    </Gate>
  );
}

function Loaded({ ident }: { ident: number }) {
  const file = useQuery(fileQuery(ident));
  const progress = useQuery(progressQuery(ident));
  const [said, setSaid] = useState('');
  const error = file.error ?? progress.error;
  return (
    <Page
      title={TITLE}
      crumbs={[
        { label: 'Mes dossiers', link: { to: '/dossiers' } },
        {
          label: file.data?.title ?? 'Dossier',
          link: { to: '/dossiers/$id', params: { id: String(ident) } },
        },
      ]}
      lead="Ce que le dossier ou ses dernières pièces disent, et ce que la bibliothèque dit maintenant."
    >
      <Status silent={!said}>{said}</Status>
      {error && <Failure error={error} />}
      {!error && !(file.data && progress.data) && <Skeleton blocks={2} lines={5} />}
      {file.data && progress.data && (
        <>
          {!progress.data.changes.length && (
            <Empty title="Aucune clause n’a changé">
              <ButtonLink to="/dossiers/$id" params={{ id: String(ident) }}>
                Revenir au dossier
              </ButtonLink>
            </Empty>
          )}
          {progress.data.changes.map((change) => (
            <One key={`${change.clause_id}-${change.held}`} change={change} file={file.data} say={setSaid} />
          ))}
        </>
      )}
    </Page>
  );
}

const PLACES = { file: 'dans le dossier', export: 'dans les dernières pièces générées' } as const;

/** The draft with that clause in its current version. */
export function brought(draft: Draft, change: Pick<FileChange, 'clause_id' | 'current'>): Draft {
  return {
    ...draft,
    items: draft.items.map((item) =>
      item.clauseId === change.clause_id ? { ...item, version: change.current } : item,
    ),
  };
}

function One({
  change,
  file,
  say,
}: {
  change: FileChange;
  file: SavedFile;
  say: (sentence: string) => void;
}) {
  const queries = useQueryClient();
  const bring = useMutation({
    mutationFn: async () => {
      const open = openedStore.read()?.id === file.id;
      if (open) await flush();
      const version = open ? (openedStore.read()?.version ?? file.version) : file.version;
      const made = await writeFile(file.id, version, {
        draft: brought(parseDraft(JSON.stringify(file.draft)), change),
      });
      if (open) take(made);
      return made;
    },
    onSuccess: () => {
      say(`« ${change.title} » est à jour dans le dossier.`);
      void queries.invalidateQueries({ queryKey: ['files', file.id] });
    },
  });
  const inFile = change.places.includes('file');
  return (
    <Section
      title={change.title}
      intro={`${change.clause_id}, version ${change.held} ${change.places.map((place) => PLACES[place]).join(' et ')}. Dernier changement : ${change.reason}`}
    >
      {change.withdrawn ? (
        <Notice tone="danger" title="Cette clause est retirée de la bibliothèque">
          <p>
            Elle ne sera plus imprimée : retirez-la du dossier, ou choisissez-en une autre.{' '}
            <Link to="/clauses/$id" params={{ id: change.clause_id }}>
              Voir la clause
            </Link>
          </p>
        </Notice>
      ) : (
        <Compared change={change} />
      )}
      {inFile && !change.withdrawn && file.may.includes('write') && (
        <div className="row">
          <Button
            look="primary"
            busy={bring.isPending}
            about={`: ${change.title}`}
            onClick={() => bring.mutate()}
          >
            Prendre la version {change.current}
          </Button>
          <Link to="/assistant/$step" params={{ step: 'clauses' }} search={{ dossier: file.id }}>
            Revoir mes clauses dans l’Assistant
          </Link>
        </div>
      )}
      {!inFile && (
        <p className="soft">
          Le dossier a déjà la version actuelle : générez de nouveau les pièces pour qu’elles l’aient.
        </p>
      )}
      {bring.isError && <Failure error={bring.error} kept="Le dossier n’a pas été modifié." />}
    </Section>
  );
}

function Compared({ change }: { change: FileChange }) {
  const query = useQuery({
    queryKey: ['clause-diff', change.clause_id, change.held, change.current],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/clauses/{ident}/diff', {
          params: { path: { ident: change.clause_id }, query: { from: change.held, to: change.current } },
          signal,
        }),
      ),
  });
  if (query.isPending) return <Skeleton lines={5} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const { wordings, fields } = query.data;
  const texts = wordings
    .map((one) => ({ ...one, rows: one.rows.filter((row) => row.runs.some((run) => run.op !== 'equal')) }))
    .filter((one) => one.rows.length > 0);
  return (
    <div className="stack">
      {texts.map((one) => (
        <div key={one.piece} className="stack tight">
          <h3>{one.label}</h3>
          {one.rows.map((row, index) => (
            <Difference
              // Paragraphs have no name of their own: the position is the identity.
              // oxlint-disable-next-line react/no-array-index-key
              key={index}
              segments={row.runs}
              label={`${one.label}, passage ${index + 1}, de la version ${change.held} à la version ${change.current}`}
            />
          ))}
        </div>
      ))}
      {fields.length > 0 && (
        <Summary
          rows={fields.map((field) => ({
            term: field.label,
            value: <Difference segments={field.runs} label={`${field.label}, avant et après`} />,
          }))}
        />
      )}
      {!texts.length && !fields.length && <p>Le texte imprimé est le même : seule sa fiche a changé.</p>}
    </div>
  );
}
