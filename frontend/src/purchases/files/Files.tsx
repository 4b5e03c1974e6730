import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Gate } from '../../accounts/Gate';
import type { FileLine, Session } from '../../api/types';
import { count, euros, longDate, moment } from '../../frame/french';
import { PagedCards } from '../../frame/Paged';
import { useStored } from '../../frame/storage';
import { Button, ButtonLink } from '../../ui/Button';
import { Box, Card, Facts } from '../../ui/Card';
import { Select, TextField } from '../../ui/Field';
import { Form } from '../../ui/Form';
import { Badge, Notice } from '../../ui/Notice';
import { Page, Section } from '../../ui/Page';
import { Empty, Failure, Status } from '../../ui/State';
import { useFamilies } from './families';
import { createFile, type FileState, filesQuery, type ListFilters } from './api';
import { isStarted } from './autosave';
import { draftStore, EMPTY_DRAFT } from '../draft';
import { openedStore } from './opened';
import SaveBar from './SaveBar';
import { FileActions } from './FileActions';
import { TASKS } from './tasks';

const TITLE = 'Mes dossiers';
const route = getRouteApi('/dossiers');

export function Files() {
  return (
    <Gate
      need="reader"
      side="buyer"
      title={TITLE}
      why="Un dossier garde un achat au nom de votre organisation, et se partage."
    >
      {(session) => <BuyerFiles session={session} />}
    </Gate>
  );
}

function BuyerFiles({ session }: { session: Session }) {
  const search = route.useSearch();
  const filters: ListFilters = {
    state: search.etat ?? 'active',
    family: search.famille ?? '',
    q: search.q ?? '',
  };
  const query = useInfiniteQuery(filesQuery(filters));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const writes = session.organisation?.role !== 'reader';
  const plain = filters.state === 'active' && !filters.family && !filters.q;
  const [said, setSaid] = useState('');
  return (
    <Page
      title={TITLE}
      lead={`${session.organisation?.name ?? 'Votre organisation'} : chaque achat, du besoin au suivi.`}
    >
      <Status silent={!said}>{said}</Status>
      <Unsaved />
      {writes && <NewFile />}
      <p>
        <Link to="/dossiers/existant">Identifier l’existant</Link> : ce que disent vos marchés déjà publiés.{' '}
        <Link to="/analyse/gardes">Fichiers gardés</Link> : les dossiers de consultation analysés.
      </p>
      {plain && rows[0]?.next && <Resume line={rows[0]} />}
      <Filters filters={filters} />
      <PagedCards
        query={query}
        label="Dossiers"
        keyOf={(line) => line.id}
        card={(line) => <FileCard line={line} say={setSaid} />}
        action="Afficher plus de dossiers"
        said={['dossier affiché', 'dossiers affichés']}
        empty={<Nothing plain={plain} writes={writes} />}
      />
    </Page>
  );
}

/** A draft that only this browser has. */
function Unsaved() {
  const opened = useStored(openedStore);
  const draft = useStored(draftStore);
  if (opened || !isStarted(draft)) return null;
  return (
    <Box sunken>
      <p className="strong">
        Un brouillon attend dans ce navigateur : {draft.purchase.object || 'sans objet'}
      </p>
      <SaveBar />
    </Box>
  );
}

function NewFile() {
  const navigate = route.useNavigate();
  const create = useMutation({
    mutationFn: () => createFile(EMPTY_DRAFT, 'Nouveau dossier'),
    onSuccess: (file) =>
      void navigate({ to: '/assistant/$step', params: { step: 'achat' }, search: { dossier: file.id } }),
  });
  return (
    <>
      <Button look="primary" className="start" busy={create.isPending} onClick={() => create.mutate()}>
        Nouveau dossier
      </Button>
      {create.isError && <Failure error={create.error} />}
    </>
  );
}

function Resume({ line }: { line: FileLine }) {
  return (
    <Section title="À reprendre">
      <Notice tone="info" title={line.title}>
        <p>
          Tâche suivante : {line.next ? TASKS[line.next].title.toLowerCase() : ''}.{' '}
          {count(line.done, 'tâche faite', 'tâches faites')} sur 8, modifié le {moment(line.updated_at)} par{' '}
          {line.updated_by.name}.
        </p>
        <ButtonLink look="primary" className="start" to="/dossiers/$id" params={{ id: String(line.id) }}>
          Reprendre ce dossier
        </ButtonLink>
      </Notice>
    </Section>
  );
}

const STATES: { value: FileState; label: string }[] = [
  { value: 'active', label: 'En cours' },
  { value: 'archived', label: 'Archivés' },
  { value: 'deleted', label: 'Corbeille (30 jours)' },
];

function Filters({ filters }: { filters: ListFilters }) {
  const navigate = route.useNavigate();
  const [words, setWords] = useState(filters.q);
  const [known, setKnown] = useState(filters.q);
  const families = useFamilies();
  if (known !== filters.q) {
    setKnown(filters.q);
    setWords(filters.q);
  }
  const go = (change: Partial<ListFilters>) => {
    const next = { ...filters, q: words.trim(), ...change };
    void navigate({
      search: {
        ...(next.state === 'active' ? {} : { etat: next.state }),
        ...(next.family ? { famille: next.family } : {}),
        ...(next.q ? { q: next.q } : {}),
      },
    });
  };
  return (
    <Form onSubmit={() => go({})}>
      <div className="fields">
        <TextField name="mots" label="Titre ou objet" type="search" value={words} onChange={setWords} />
        <Select
          name="etat"
          label="État"
          width="full"
          value={filters.state}
          onChange={(state) => go({ state: state as FileState })}
          options={STATES}
        />
        <Select
          name="famille"
          label="Famille d’achat"
          width="full"
          value={filters.family}
          onChange={(family) => go({ family })}
          options={[{ value: '', label: 'Toutes' }, ...families]}
        />
        <Button type="submit">Filtrer</Button>
      </div>
    </Form>
  );
}

function Nothing({ plain, writes }: { plain: boolean; writes: boolean }) {
  if (!plain)
    return (
      <Empty title="Aucun dossier ne répond à ces filtres">
        <ButtonLink to="/dossiers">Voir tous les dossiers en cours</ButtonLink>
      </Empty>
    );
  return (
    <Empty title="Aucun dossier pour l’instant">
      <p>
        Un dossier garde un achat, de sa description au suivi de son exécution. Toute votre organisation le
        retrouve ici ; un lien le montre à quelqu’un d’autre.
      </p>
      {writes && <ButtonLink to="/assistant">Décrire un achat dans l’Assistant</ButtonLink>}
    </Empty>
  );
}

function FileCard({ line, say }: { line: FileLine; say: (sentence: string) => void }) {
  const queries = useQueryClient();
  const families = useFamilies();
  const named = line.families.map((code) => families.find((one) => one.value === code)?.label ?? code);
  return (
    <Card>
      <div className="stack tight">
        <h2>
          <Link to="/dossiers/$id" params={{ id: String(line.id) }}>
            {line.title}
          </Link>
        </h2>
        {line.object && line.object !== line.title && <p className="soft">{line.object}</p>}
        <Facts>
          <span>{count(line.done, 'tâche faite', 'tâches faites')} sur 8</span>
          <span>{count(line.clauses, 'clause')}</span>
          {line.launch_date && <span>lancement le {longDate(line.launch_date)}</span>}
          {line.amount !== null && <span>{euros(line.amount)} HT</span>}
          {named.length > 0 && <span>{named.join(', ')}</span>}
          {line.comments > 0 && (
            <span>{count(line.comments, 'commentaire ouvert', 'commentaires ouverts')}</span>
          )}
          {line.links > 0 && <span>{count(line.links, 'lien de partage', 'liens de partage')}</span>}
        </Facts>
        {line.stale > 0 && (
          <p>
            <Badge tone="warning" icon="warn">
              {count(line.stale, 'clause a changé', 'clauses ont changé')}
            </Badge>{' '}
            <Link to="/dossiers/$id/changements" params={{ id: String(line.id) }}>
              comparer<span className="hidden"> : {line.title}</span>
            </Link>
          </p>
        )}
        <p className="small soft">
          Modifié le {moment(line.updated_at)} par {line.updated_by.name}
        </p>
      </div>
      <FileActions
        file={line}
        onDone={(sentence) => {
          say(sentence);
          void queries.invalidateQueries({ queryKey: ['files'] });
        }}
      />
    </Card>
  );
}
