import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Gate } from '../../accounts/Gate';
import { explain, problemOf } from '../../api/problem';
import { count, euros, longDate, moment, percent } from '../../frame/french';
import { Paged } from '../../frame/Paged';
import { Bars } from '../../ui/Bars';
import { Table } from '../../ui/Table';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/Field';
import { DropZone } from '../../ui/DropZone';
import { Notice } from '../../ui/Notice';
import { focusHeading, Page, Section } from '../../ui/Page';
import { Row, Rows } from '../../ui/Rows';
import { Alert, Empty, Failure, Skeleton, Status } from '../../ui/State';
import { save } from '../../frame/save';
import {
  importPast,
  pastContractsQuery,
  pastImportsQuery,
  pastQuery,
  type PastShare,
  type PastSummary,
  removeImport,
} from './api';

const TITLE = 'Identifier l’existant';

export function Past() {
  return (
    <Gate
      need="reader"
      side="buyer"
      title={TITLE}
      why="L’existant est celui de votre organisation : connectez-vous pour l’importer et le lire."
    >
      {() => (
        <Page
          title={TITLE}
          crumbs={[{ label: 'Mes dossiers', link: { to: '/dossiers' } }]}
          lead="La part de vos marchés publiés qui avaient une clause ou un critère environnemental, par famille et par année."
        >
          <Loaded />
        </Page>
      )}
    </Gate>
  );
}

function Loaded() {
  const query = useQuery(pastQuery);
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton blocks={2} lines={4} />;
  const summary = query.data;
  return (
    <>
      {summary.total.contracts > 0 ? (
        <Figures summary={summary} />
      ) : (
        <Empty title="Aucun marché importé">
          <p>
            Importez le fichier JSON de vos données essentielles, tel que votre profil d’acheteur ou
            data.gouv.fr le publie.
          </p>
        </Empty>
      )}
      {summary.may.includes('import') && (
        <Section
          title="Importer mes données essentielles"
          intro="Formats 2019 et 2022. Seuls les contrats de votre organisation sont gardés ; un contrat déjà importé est remplacé."
        >
          <Import />
        </Section>
      )}
      <Imports />
      {summary.total.contracts > 0 && (
        <Section title="Les contrats">
          <Contracts summary={summary} />
        </Section>
      )}
    </>
  );
}

const shareOf = (one: PastShare) => (one.share === null ? 'non déclaré' : percent(one.share));
const HEAD = ['Contrats', 'Déclarés', 'Avec clause', 'Avec critère', 'Clause ou critère', 'Montant HT'];
const figures = (one: PastShare) => [
  String(one.contracts),
  String(one.declared),
  String(one.with_clause),
  String(one.with_criterion),
  shareOf(one),
  one.amount === null ? 'inconnu' : euros(one.amount),
];

function Figures({ summary }: { summary: PastSummary }) {
  return (
    <Section title="Ce que disent vos marchés">
      <Bars
        title={summary.finding}
        csv={{ href: '/api/v1/past-contracts/summary.csv' }}
        head="Année"
        series={['Contrats', 'Qui déclarent', 'Avec clause ou critère']}
        groups={summary.years.map((one) => ({
          label: one.label,
          values: [one.contracts, one.declared, one.with_either],
        }))}
      />
      <Table
        caption="Par année"
        head={['Année', ...HEAD]}
        rows={[...summary.years, summary.total].map((one) => [one.label, ...figures(one)])}
      />
      <Table
        caption="Par famille d’achat"
        head={['Famille', ...HEAD]}
        rows={summary.families.map((one) => [one.label, ...figures(one)])}
      />
      <ul className="bullets soft small">
        {summary.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <Csv />
    </Section>
  );
}

function Csv() {
  const fetched = useMutation({
    mutationFn: async () => {
      const answer = await fetch('/api/v1/past-contracts/summary.csv');
      if (!answer.ok) throw problemOf(await answer.json(), answer);
      save({ content: await answer.blob(), name: 'existant.csv' });
    },
  });
  return (
    <>
      <Button className="start" busy={fetched.isPending} onClick={() => fetched.mutate()}>
        Télécharger le CSV, par famille et par année
      </Button>
      {fetched.isError && <Failure error={fetched.error} />}
    </>
  );
}

function Import() {
  const queries = useQueryClient();
  const send = useMutation({
    mutationFn: importPast,
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['past'] }),
  });
  const refusal = send.isError ? explain(send.error) : null;
  return (
    <div className="stack">
      <DropZone
        name="decp"
        label={send.isPending ? 'Import en cours…' : 'Fichier DECP (JSON)'}
        hint="20 Mio et 50 000 contrats au plus."
        accept=".json,application/json"
        files={[]}
        onFiles={([file]) => file && !send.isPending && send.mutate(file)}
      />
      {refusal && refusal.errors.length > 0 && (
        <Alert>
          <Notice tone="danger" title="Le fichier n’est pas importé : rien n’a changé">
            <ul className="bullets">
              {refusal.errors.map((one) => (
                <li key={one.detail}>{one.detail}</li>
              ))}
            </ul>
          </Notice>
        </Alert>
      )}
      {refusal && !refusal.errors.length && (
        <Failure error={send.error} kept="Rien n’a été importé : choisissez à nouveau le fichier." />
      )}
      <Status silent={!send.data}>
        {send.data
          ? `${count(send.data.contracts, 'contrat importé', 'contrats importés')} de ${send.data.file_name}${
              send.data.others
                ? ` ; ${count(send.data.others, 'contrat d’un autre acheteur laissé', 'contrats d’autres acheteurs laissés')} de côté`
                : ''
            }.`
          : ''}
      </Status>
    </div>
  );
}

function Imports() {
  const queries = useQueryClient();
  const query = useQuery(pastImportsQuery);
  const remove = useMutation({
    mutationFn: removeImport,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['past'] });
      focusHeading();
    },
  });
  const items = query.data?.items ?? [];
  if (!items.length) return null;
  return (
    <Section title="Les imports" intro="Retirer un import retire les contrats qu’il a apportés ou remplacés.">
      {remove.isError && <Failure error={remove.error} />}
      <Rows label="Imports">
        {items.map((one) => (
          <Row
            key={one.id}
            title={one.file_name}
            facts={`${count(one.contracts, 'contrat')}, le ${moment(one.at)} par ${one.by.name}`}
            actions={
              one.may.includes('delete') && (
                <Button
                  small
                  look="quiet"
                  about={one.file_name}
                  busy={remove.isPending}
                  onClick={() => remove.mutate(one.id)}
                >
                  Retirer l’import
                </Button>
              )
            }
          />
        ))}
      </Rows>
    </Section>
  );
}

const said = (value: boolean | null) => (value === null ? 'non déclaré' : value ? 'oui' : 'non');

function Contracts({ summary }: { summary: PastSummary }) {
  const [year, setYear] = useState('');
  const [family, setFamily] = useState('');
  const query = useInfiniteQuery(pastContractsQuery(year, family));
  return (
    <div className="stack">
      <div className="row bottom">
        <Select
          name="annee"
          label="Année"
          value={year}
          onChange={setYear}
          options={[
            { value: '', label: 'Toutes' },
            ...summary.years.map((one) => ({ value: one.label, label: one.label })),
          ]}
        />
        <Select
          name="famille"
          label="Famille"
          value={family}
          onChange={setFamily}
          options={[
            { value: '', label: 'Toutes' },
            ...summary.families.map((one) => ({ value: one.family || 'aucune', label: one.label })),
          ]}
        />
      </div>
      <Paged
        query={query}
        empty="Aucun contrat pour cette année et cette famille"
        action="Afficher plus de contrats"
        said={['contrat affiché', 'contrats affichés']}
      >
        {(items) => (
          <Table
            caption="Contrats importés"
            head={['Contrat', 'Objet', 'Famille', 'Notifié le', 'Montant HT', 'Clause', 'Critère']}
            rows={items.map((one) => [
              one.ident,
              one.title,
              one.family || 'sans famille',
              longDate(one.notified_on),
              one.amount === null ? 'inconnu' : euros(one.amount),
              said(one.clause),
              said(one.criterion),
            ])}
          />
        )}
      </Paged>
    </div>
  );
}
