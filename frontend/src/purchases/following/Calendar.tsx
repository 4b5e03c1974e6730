import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSubmit } from '../../accounts/submit';
import { longDate } from '../../frame/french';
import { Table } from '../../ui/Table';
import { Button } from '../../ui/Button';
import { DateField } from '../../ui/Choice';
import { TextField } from '../../ui/Field';
import { Form } from '../../ui/Form';
import { Icon } from '../../ui/Icon';
import { Notice } from '../../ui/Notice';
import { focusHeading, Section } from '../../ui/Page';
import { Empty, Failure, Skeleton, Status } from '../../ui/State';
import { type Timeline, timelineQuery, writeTimeline } from './api';
import { asked, fieldOf, isChanged, newStep, stepField, type TypedDates, typedOf } from './dates';
import { Feeds } from './Feeds';
import { Opened } from './Opened';

const route = getRouteApi('/dossiers/$id/calendrier');

export function Calendar() {
  const { id } = route.useParams();
  return (
    <Opened
      id={id}
      title="Calendrier de la procédure"
      lead="Vos dates, dans l’ordre. Elles servent à l’agenda et au suivi de l’exécution."
    >
      {(ident) => <Loaded key={ident} ident={ident} />}
    </Opened>
  );
}

function Loaded({ ident }: { ident: number }) {
  const query = useQuery(timelineQuery(ident));
  if (query.data) return <Shown ident={ident} timeline={query.data} refetch={() => query.refetch()} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton blocks={2} lines={5} />;
}

function Shown({
  ident,
  timeline,
  refetch,
}: {
  ident: number;
  timeline: Timeline;
  refetch: () => Promise<unknown>;
}) {
  return (
    <>
      <Section title="Les étapes">
        <Steps timeline={timeline} />
        <p className="no-print">
          <Link to="/dossiers/$id/suivi" params={{ id: String(ident) }}>
            Suivre l’exécution du marché
          </Link>
        </p>
      </Section>
      {timeline.may.includes('write') && (
        <div className="no-print">
          <Section
            title="Saisir les dates"
            intro="Laissez vide ce que vous ne savez pas encore. Aucun délai légal n’est calculé ici : il dépend de votre procédure."
          >
            <Edit ident={ident} timeline={timeline} refetch={refetch} />
          </Section>
        </div>
      )}
      <div className="no-print">
        <Feeds ident={ident} timeline={timeline} />
      </div>
    </>
  );
}

function Steps({ timeline }: { timeline: Timeline }) {
  if (!timeline.steps.length)
    return (
      <Empty title="Aucune date pour l’instant">
        <p>Saisissez le lancement et la remise des offres : la liste à imprimer se fait toute seule.</p>
      </Empty>
    );
  return (
    <div className="stack">
      {timeline.next && (
        <p>
          Prochaine étape : <strong>{timeline.next.label}</strong>, le {longDate(timeline.next.day)}.
        </p>
      )}
      <Table
        caption="Calendrier de la procédure"
        head={['Étape', 'Date']}
        rows={timeline.steps.map((step) => [step.label, longDate(step.day)])}
      />
      {timeline.remarks.map((remark) => (
        <Notice key={remark} tone="warning">
          <p>{remark}</p>
        </Notice>
      ))}
      <Button className="start no-print" onClick={() => window.print()}>
        Imprimer la liste
      </Button>
    </div>
  );
}

function Edit({
  ident,
  timeline,
  refetch,
}: {
  ident: number;
  timeline: Timeline;
  refetch: () => Promise<unknown>;
}) {
  const queries = useQueryClient();
  const [typed, setTyped] = useState(() => typedOf(timeline));
  const [said, setSaid] = useState('');
  const { body, errors: own } = asked(typed);
  const send = useSubmit(
    () => writeTimeline(ident, typed.version, body),
    (kept) => {
      queries.setQueryData(timelineQuery(ident).queryKey, kept);
      void queries.invalidateQueries({ queryKey: ['files', ident, 'follow-up'] });
      setTyped(typedOf(kept));
      setSaid('Le calendrier est enregistré.');
    },
  );
  const change = (part: Partial<TypedDates>) => {
    setSaid('');
    setTyped({ ...typed, ...part });
  };
  const overtaken = send.failure?.status === 412;
  return (
    <Form onSubmit={() => send.submit(own)} errors={send.errors} attempt={send.attempt}>
      {overtaken ? (
        <Overtaken
          timeline={timeline}
          read={() => void refetch()}
          onMine={() => {
            setTyped({ ...typed, version: timeline.version });
            setSaid('Vos dates sont gardées : enregistrez-les pour remplacer les autres.');
          }}
          onTheirs={() => {
            setTyped(typedOf(timeline));
            focusHeading();
          }}
          behind={timeline.version === typed.version}
        />
      ) : (
        send.failure && <Failure error={send.failure} kept="Vos dates restent dans cette page." />
      )}
      <div className="pairs">
        {timeline.milestones.map((one) => (
          <DateField
            key={one.code}
            name={fieldOf(one.code)}
            label={one.label}
            hint={one.hint}
            value={typed.dates[one.code] ?? ''}
            error={send.errors[fieldOf(one.code)]}
            onChange={(day) => change({ dates: { ...typed.dates, [one.code]: day } })}
          />
        ))}
      </div>
      <Others typed={typed} errors={send.errors} change={change} />
      <Button type="submit" look="primary" className="start" busy={send.busy}>
        Enregistrer le calendrier
      </Button>
      <Status>
        {said || (isChanged(typed, timeline) ? 'Des dates ne sont pas encore enregistrées.' : '')}
      </Status>
    </Form>
  );
}

function Others({
  typed,
  errors,
  change,
}: {
  typed: TypedDates;
  errors: Record<string, string>;
  change: (part: Partial<TypedDates>) => void;
}) {
  const edit = (row: string, part: { label?: string; day?: string }) =>
    change({ others: typed.others.map((step) => (step.row === row ? { ...step, ...part } : step)) });
  return (
    <div className="stack">
      {typed.others.map((step, place) => (
        <div key={step.row} className="pairs">
          <TextField
            name={stepField(place, 'label')}
            label={`Étape libre ${place + 1}`}
            hint="Par exemple : visite du site, conseil municipal."
            value={step.label}
            error={errors[stepField(place, 'label')]}
            native={{ maxLength: 120 }}
            onChange={(label) => edit(step.row, { label })}
          />
          <DateField
            name={stepField(place, 'day')}
            label={`Date de l’étape libre ${place + 1}`}
            value={step.day}
            error={errors[stepField(place, 'day')]}
            onChange={(day) => edit(step.row, { day })}
          />
          <div>
            <Button
              small
              look="quiet"
              about={step.label || `l’étape libre ${place + 1}`}
              onClick={() => {
                change({ others: typed.others.filter((one) => one.row !== step.row) });
                focusHeading();
              }}
            >
              Retirer
            </Button>
          </div>
        </div>
      ))}
      <Button
        small
        className="start"
        off={typed.others.length >= 30}
        onClick={() => change({ others: [...typed.others, newStep()] })}
      >
        <Icon name="plus" /> Ajouter une étape libre
      </Button>
    </div>
  );
}

function Overtaken({
  timeline,
  behind,
  read,
  onMine,
  onTheirs,
}: {
  timeline: Timeline;
  /** What the other person kept has not been read yet. */
  behind: boolean;
  read: () => void;
  onMine: () => void;
  onTheirs: () => void;
}) {
  return (
    <Notice tone="warning" title="Le calendrier a été modifié entre-temps par quelqu’un d’autre" live>
      {behind ? (
        <>
          <p>Vos dates restent dans cette page. Lisez l’autre version avant de choisir.</p>
          <Button small className="start" onClick={read}>
            Lire la version enregistrée
          </Button>
        </>
      ) : (
        <>
          <p>
            Version enregistrée :{' '}
            {timeline.steps.map((step) => `${step.label}, ${longDate(step.day)}`).join(' ; ') ||
              'aucune date'}
            .
          </p>
          <div className="row">
            <Button small onClick={onMine}>
              Garder mes dates
            </Button>
            <Button small onClick={onTheirs}>
              Prendre la version enregistrée
            </Button>
          </div>
        </>
      )}
    </Notice>
  );
}
