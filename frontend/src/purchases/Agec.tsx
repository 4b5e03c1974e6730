import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AgecBody } from '../api/types';
import { useSettled } from '../frame/debounce';
import { list, longDate, percent } from '../frame/french';
import { useStored } from '../frame/storage';
import { Table } from '../ui/Table';
import { Button } from '../ui/Button';
import { Box } from '../ui/Card';
import { NumberField, Select, TextField } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { Notice } from '../ui/Notice';
import { focusHeading, Page, Section } from '../ui/Page';
import { Failure, Skeleton, Status } from '../ui/State';
import {
  type AgecDraft,
  agecField,
  type AgecLine,
  agecStore,
  askedDeclaration,
  emptyLine,
  typedErrors,
} from './agec';
import { save } from '../frame/save';
import { Refused } from './SimulationResult';
import { Incomplete } from './Incomplete';
import { declarationQuery, targetsQuery } from './toolsApi';

const write = (change: Partial<AgecDraft>) => agecStore.write((draft) => ({ ...draft, ...change }));

export function Agec() {
  const draft = useStored(agecStore);
  const targets = useQuery(targetsQuery);
  const { body, errors } = askedDeclaration(draft);
  const started = draft.lines.length > 0;
  const shown = typedErrors(errors, draft);
  return (
    <Page
      title="Déclaration AGEC"
      crumbs={[{ label: 'Outils', link: { to: '/outils' } }]}
      lead="La part annuelle de biens réemployés ou recyclés, en fichier CSV prêt à déposer sur data.gouv.fr."
    >
      <Section title="L’acheteur et l’année">
        <div className="fields">
          <TextField
            name="raison"
            label="Raison sociale"
            value={draft.name}
            error={shown['raison']}
            native={{ maxLength: 200, autoComplete: 'organization' }}
            onChange={(name) => write({ name })}
          />
          <TextField
            name="siret"
            label="Numéro SIRET"
            hint="14 chiffres."
            value={draft.siret}
            error={shown['siret']}
            native={{ maxLength: 20, inputMode: 'numeric', autoComplete: 'off' }}
            onChange={(siret) => write({ siret })}
          />
          <NumberField
            name="annee"
            label="Année des dépenses"
            value={draft.year}
            error={shown['annee']}
            onChange={(year) => write({ year })}
          />
        </div>
      </Section>
      <Section
        title="Les catégories"
        intro="Montants hors taxes de l’année. Laissez vide ce que vous ne connaissez pas : le fichier reste vide, jamais à zéro."
      >
        {targets.isPending && <Skeleton />}
        {targets.isError && <Failure error={targets.error} retry={() => void targets.refetch()} />}
        {targets.data && <Categories draft={draft} categories={targets.data.agec} errors={shown} />}
      </Section>
      <Section title="Le fichier">
        {body ? (
          <File body={body} />
        ) : started ? (
          <Incomplete sentences={Object.values(errors)} />
        ) : (
          <p className="soft">Ajoutez les catégories de produits que vous avez achetées.</p>
        )}
      </Section>
    </Page>
  );
}

interface Category {
  number: number;
  label: string;
}

function Categories({
  draft,
  categories,
  errors,
}: {
  draft: AgecDraft;
  categories: Category[];
  errors: Record<string, string>;
}) {
  const [chosen, setChosen] = useState('');
  const left = categories.filter((one) => !draft.lines.some((line) => line.category === String(one.number)));
  const add = () => {
    if (!chosen) return;
    write({ lines: [...draft.lines, emptyLine(chosen)] });
    setChosen('');
  };
  const label = (code: string) => categories.find((one) => String(one.number) === code)?.label ?? '';
  return (
    <>
      {draft.lines.map((line) => (
        <Line key={line.category} line={line} label={label(line.category)} draft={draft} errors={errors} />
      ))}
      {left.length > 0 && (
        <div className="row bottom">
          <Select
            name="categorie"
            label="Catégorie à ajouter"
            width="full"
            error={errors['categorie']}
            options={[
              { value: '', label: 'Choisissez une catégorie' },
              ...left.map((one) => ({ value: String(one.number), label: one.label })),
            ]}
            value={chosen}
            onChange={setChosen}
          />
          <Button onClick={add} off={!chosen}>
            <Icon name="plus" /> Ajouter
          </Button>
        </div>
      )}
    </>
  );
}

const AMOUNT_LABELS = [
  ['total', 'Dépense totale'],
  ['reused', 'Réemploi et réutilisation'],
  ['donated', 'Produits issus de dons'],
  ['recycled', 'Matières recyclées'],
] as const;

function Line({
  line,
  label,
  draft,
  errors,
}: {
  line: AgecLine;
  label: string;
  draft: AgecDraft;
  errors: Record<string, string>;
}) {
  const edit = (change: Partial<AgecLine>) =>
    write({
      lines: draft.lines.map((one) => (one.category === line.category ? { ...one, ...change } : one)),
    });
  return (
    <Box label={label}>
      <h3>{label}</h3>
      <div className="fields">
        {AMOUNT_LABELS.map(([name, title]) => (
          <NumberField
            key={name}
            name={agecField(line.category, name)}
            label={title}
            unit="€ HT"
            value={line[name]}
            error={errors[agecField(line.category, name)]}
            onChange={(value) => edit({ [name]: value })}
          />
        ))}
      </div>
      <TextField
        name={agecField(line.category, 'commentaire')}
        label="Commentaire"
        optional
        value={line.comment}
        native={{ maxLength: 1000 }}
        onChange={(comment) => edit({ comment })}
      />
      <Button
        small
        look="quiet"
        className="start"
        about={label}
        onClick={() => {
          write({ lines: draft.lines.filter((one) => one.category !== line.category) });
          focusHeading();
        }}
      >
        Retirer
      </Button>
    </Box>
  );
}

const rate = (value: number | null) => (value === null ? 'Non calculable' : percent(value));

function File({ body }: { body: AgecBody }) {
  const client = useQueryClient();
  const query = useQuery(declarationQuery(useSettled(body, 250)));
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  if (query.isPending) return <Skeleton />;
  if (query.isError) return <Refused error={query.error} retry={() => void query.refetch()} />;
  const made = query.data;
  // What is on screen may be a moment behind what was typed: the file never is.
  const download = async () => {
    setFailure(null);
    try {
      const { file_name: name, csv } = await client.fetchQuery(declarationQuery(body));
      save({ name, content: new Blob([csv], { type: 'text/csv;charset=utf-8' }) });
      setSaid(`${name} est téléchargé.`);
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <div className="stack">
      <Table
        caption="Parts de l’année par catégorie"
        head={['Catégorie', 'Réemploi et réutilisation, dons compris', 'Matières recyclées']}
        rows={made.rates.map((one) => [one.category, rate(one.reuse), rate(one.recycled)])}
      />
      {made.blank.length > 0 && (
        <Notice tone="warning" title="Des montants restent vides">
          <p>
            {list(made.blank)} : data.gouv.fr demande les quatre montants. Écrivez 0 seulement si vous savez
            que c’est zéro.
          </p>
        </Notice>
      )}
      <p>
        À déposer sur data.gouv.fr au plus tard le {longDate(made.due)} ({made.source}).
      </p>
      <Button look="primary" className="start" onClick={() => void download()}>
        <Icon name="file" /> Télécharger le CSV
      </Button>
      {failure !== null && <Failure error={failure} retry={() => void download()} />}
      <Status>{said}</Status>
    </div>
  );
}
