import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { count, euros, longDate } from '../../frame/french';
import { ButtonLink } from '../../ui/Button';
import { Details, Facts } from '../../ui/Card';
import { Badge, Notice } from '../../ui/Notice';
import { Section } from '../../ui/Page';
import { Rows } from '../../ui/Rows';
import { Empty, Failure, Skeleton, Status } from '../../ui/State';
import { type Control, type FollowUp as Following, followUpQuery } from './api';
import { ControlRow } from './ControlRow';
import { Opened } from './Opened';
import { grouped } from './records';
import { AgecSpending } from './Spending';

const route = getRouteApi('/dossiers/$id/suivi');

export function FollowUp() {
  const { id } = route.useParams();
  return (
    <Opened
      id={id}
      title="Suivre l’exécution"
      lead="Ce que les clauses demandent de vérifier : quoi, quand, par qui, et ce que cela a donné."
    >
      {(ident) => (
        <>
          <Loaded key={ident} ident={ident} />
          <Section
            id="agec"
            title="Dépenses AGEC du marché"
            intro="Montants hors taxes par année et catégorie du décret n° 2024-134. Laissez vide ce que vous ne connaissez pas : vide n’est pas zéro."
          >
            <AgecSpending ident={ident} />
          </Section>
        </>
      )}
    </Opened>
  );
}

function Loaded({ ident }: { ident: number }) {
  const query = useQuery(followUpQuery(ident));
  if (query.data) return <Shown ident={ident} follow={query.data} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton blocks={3} lines={4} />;
}

function Shown({ ident, follow }: { ident: number; follow: Following }) {
  const [open, setOpen] = useState('');
  const [said, setSaid] = useState('');
  const { late, soon, event, later, recorded } = grouped(follow.checks);
  const list = (controls: Control[], label: string) => (
    <Rows label={label}>
      {controls.map((control) => (
        <ControlRow
          key={`${control.key}-${control.records[0]?.id ?? ''}`}
          ident={ident}
          follow={follow}
          control={control}
          open={open}
          onOpen={setOpen}
          onSaid={setSaid}
        />
      ))}
    </Rows>
  );
  return (
    <>
      <Status silent={!said}>{said}</Status>
      <Figures follow={follow} />
      <div className="row no-print">
        <ButtonLink to="/dossiers/$id/calendrier" params={{ id: String(ident) }}>
          Calendrier et agenda
        </ButtonLink>
        <ButtonLink to="/assistant/$step" params={{ step: 'documents' }} search={{ dossier: ident }}>
          Classeur de suivi (XLSX)
        </ButtonLink>
      </div>
      {!follow.start && follow.checks.length > 0 && (
        <Notice tone="warning" title="Le marché n’a pas de date de début">
          <p>
            Les contrôles sont là, sans échéance. Donnez le début de l’exécution dans le calendrier : leurs
            dates se calculent.
          </p>
        </Notice>
      )}
      {!follow.checks.length && (
        <Empty title="Aucune clause de ce dossier n’appelle de contrôle">
          <p>Choisissez des clauses d’exécution : chacune dit qui contrôle, quand et comment.</p>
        </Empty>
      )}
      {late.length > 0 && (
        <Section title={`En retard (${late.length})`}>{list(late, 'Contrôles en retard')}</Section>
      )}
      {soon.length > 0 && (
        <Section title={`Dans les soixante jours (${soon.length})`}>
          {list(soon, 'Contrôles à faire bientôt')}
        </Section>
      )}
      {event.length > 0 && (
        <Section
          title={`Selon les événements (${event.length})`}
          intro="À chaque livraison, réception ou demande : un résultat peut être noté plusieurs fois."
        >
          {list(event, 'Contrôles selon les événements')}
        </Section>
      )}
      {later.length > 0 && (
        <Details summary={`Plus tard (${later.length})`}>{list(later, 'Contrôles à venir')}</Details>
      )}
      {recorded.length > 0 && (
        <Details summary={`Contrôles faits (${recorded.length})`} open>
          {list(recorded, 'Contrôles faits')}
        </Details>
      )}
    </>
  );
}

function Figures({ follow }: { follow: Following }) {
  const { counts } = follow;
  return (
    <Facts>
      {follow.start && (
        <span>
          du {longDate(follow.start)}
          {follow.end && ` au ${longDate(follow.end)}`}
        </span>
      )}
      {counts.late > 0 && <Badge tone="danger">{count(counts.late, 'contrôle')} en retard</Badge>}
      <span>{count(counts.recorded, 'résultat noté', 'résultats notés')}</span>
      {counts.not_conform > 0 && (
        <Badge tone="warning">{count(counts.not_conform, 'non conforme', 'non conformes')}</Badge>
      )}
      <span>
        {counts.penalties === null
          ? 'pénalités : non évaluées'
          : `pénalités constatées : ${euros(counts.penalties)}`}
      </span>
    </Facts>
  );
}
