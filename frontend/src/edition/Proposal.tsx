import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Gate } from '../accounts/Gate';
import type { EditProposal } from '../api/types';
import { longDate } from '../frame/french';
import { Changes } from '../library/Versions';
import { Button } from '../ui/Button';
import { Facts, Summary } from '../ui/Card';
import { Confirm } from '../ui/Dialog';
import { Badge, Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Failure, Skeleton, Status } from '../ui/State';
import { acts, proposalQuery } from './api';
import { Check } from './Check';
import { Editor } from './Editor';
import { Decide } from './Decide';
import { ACTS, age, KINDS, READINGS, STATUSES } from './words';

const route = getRouteApi('/edition/propositions/$id');
const CRUMBS = [{ label: 'Rédaction des clauses', link: { to: '/edition' as const } }];

export function Proposal() {
  const { id } = route.useParams();
  return (
    <Gate need="editorial" title={`Proposition ${id}`}>
      {() => <Loaded key={id} id={Number(id)} />}
    </Gate>
  );
}

function Loaded({ id }: { id: number }) {
  const query = useQuery(proposalQuery(id));
  if (query.data) return <Whole row={query.data} />;
  return (
    <Page title={`Proposition ${id}`} crumbs={CRUMBS}>
      {query.isPending && <Skeleton blocks={2} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
    </Page>
  );
}

/** Keeps the answer of an act as what is known of the proposal; the lists are read again. */
export function useAct(row: EditProposal) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (act: () => Promise<EditProposal | object>) => act(),
    onSuccess: (answer) => {
      if ('source' in answer) queries.setQueryData(proposalQuery(row.id).queryKey, answer as EditProposal);
      else void queries.invalidateQueries({ queryKey: proposalQuery(row.id).queryKey });
      void queries.invalidateQueries({ queryKey: ['edition', 'queue'] });
      void queries.invalidateQueries({ queryKey: ['edition', 'proposals'] });
      void queries.invalidateQueries({ queryKey: ['clause', row.clause] });
    },
  });
}

function Whole({ row }: { row: EditProposal }) {
  const act = useAct(row);
  const reads = row.may.includes('read_legal') || row.may.includes('read_technical');
  const changes = <WhatChanges key="changes" row={row} />;
  const moves = <Moves key="moves" row={row} act={act} />;
  const text = row.may.includes('edit') ? (
    <Editor key={`text-${row.id}-${row.base_version}`} row={row} />
  ) : (
    <Section key="text" title="Le texte proposé">
      <Check check={row.check} source={row.source} />
    </Section>
  );
  return (
    <Page title={`${row.clause} : ${row.title}`} crumbs={CRUMBS} above={<RowFacts row={row} />}>
      <Alerts row={row} rebase={() => act.mutate(() => acts.rebase(row))} busy={act.isPending} />
      {act.isError && <Failure error={act.error} kept="Rien n’est perdu : le texte est enregistré." />}
      {/* Who reads sees first what changes, and decides; who writes sees the text first. */}
      {reads ? [changes, moves, text] : [text, moves, changes]}
      <Readings row={row} />
      <History row={row} />
    </Page>
  );
}

function WhatChanges({ row }: { row: EditProposal }) {
  return (
    <Section title="Ce qui change" intro={row.reason}>
      {row.new ? (
        <p>Clause nouvelle : il n’y a pas de version d’avant.</p>
      ) : row.diff ? (
        <Changes found={row.diff} after="Proposition" heading="h3" />
      ) : (
        <p>Le texte ne peut pas encore être comparé : corrigez d’abord sa fiche.</p>
      )}
    </Section>
  );
}

function RowFacts({ row }: { row: EditProposal }) {
  const kind = KINDS.find((one) => one.value === row.kind)?.label;
  return (
    <Facts>
      <Badge tone={row.ready || row.status === 'published' ? 'success' : 'neutral'}>
        {row.ready ? 'Prête à publier' : STATUSES[row.status]}
      </Badge>
      <span>{row.new ? 'Clause nouvelle' : `Part de la version ${row.base_version}`}</span>
      <span>{kind}</span>
      <span>Par {row.author}</span>
      <span>{age(row.age_days)}</span>
    </Facts>
  );
}

function Alerts({ row, rebase, busy }: { row: EditProposal; rebase: () => void; busy: boolean }) {
  const moved = row.may.includes('rebase') && row.current_version !== row.base_version;
  return (
    <>
      {row.pen && !row.pen.mine && (
        <Notice tone="warning" title={`${row.pen.name} écrit ici en ce moment`}>
          <p>Si vous enregistrez tous les deux, le second sera prévenu : rien ne sera écrasé.</p>
        </Notice>
      )}
      {row.others.map((other) => (
        <Notice key={other} title="Une autre proposition porte sur cette clause">
          <p>
            <Link to="/edition/propositions/$id" params={{ id: String(other) }}>
              Voir la proposition {other}
            </Link>
          </p>
        </Notice>
      ))}
      {moved && (
        <Notice tone="warning" title={`La version ${row.current_version} a été publiée depuis`}>
          <p>Vos changements seront repris sur elle ; ce qui se contredit sera marqué dans le texte.</p>
          <Button className="start" busy={busy} onClick={rebase}>
            Reprendre sur la version {row.current_version}
          </Button>
        </Notice>
      )}
      {row.status === 'refused' && (
        <Notice tone="danger" title="Proposition refusée">
          <p>{row.refusal}</p>
        </Notice>
      )}
      {row.status === 'published' && (
        <Notice tone="success" title={`Publiée : version ${row.published_version}`}>
          <p>
            <Link to="/clauses/$id" params={{ id: row.clause }}>
              Voir la clause
            </Link>
            . Elle est en ligne partout en deux secondes.
          </p>
        </Notice>
      )}
    </>
  );
}

function Moves({ row, act }: { row: EditProposal; act: ReturnType<typeof useAct> }) {
  const [asking, setAsking] = useState('');
  const can = (right: string) => row.may.includes(right);
  const run = (what: () => Promise<EditProposal | object>) => () => {
    setAsking('');
    act.mutate(what);
  };
  if (!row.may.some((right) => right !== 'edit' && right !== 'rebase')) return null;
  return (
    <Section
      title="La suite"
      {...(can('submit') ? { intro: 'Le texte enregistré est celui qui part à la relecture.' } : {})}
    >
      <div className="row">
        {can('submit') && (
          <Button look="primary" busy={act.isPending} onClick={run(() => acts.submit(row))}>
            Envoyer à la relecture
          </Button>
        )}
        {can('publish') && (
          <Button look="primary" busy={act.isPending} onClick={() => setAsking('publish')}>
            Publier
          </Button>
        )}
        {can('reopen') && <Button onClick={run(() => acts.reopen(row))}>Reprendre en rédaction</Button>}
        {can('abandon') && (
          <Button look="quiet" onClick={() => setAsking('abandon')}>
            Abandonner
          </Button>
        )}
      </div>
      {(can('read_legal') || can('read_technical') || can('refuse')) && <Decide row={row} act={act} />}
      <Confirm
        open={asking === 'publish'}
        title="Publier cette version ?"
        action="Publier"
        onConfirm={run(() => acts.publish(row))}
        onClose={() => setAsking('')}
      >
        <p>Une version publiée ne change plus : une correction fera une version de plus.</p>
      </Confirm>
      <Confirm
        open={asking === 'abandon'}
        title="Abandonner cette proposition ?"
        action="Abandonner"
        onConfirm={run(() => acts.abandon(row))}
        onClose={() => setAsking('')}
      >
        <p>Elle reste lisible, avec son histoire.</p>
      </Confirm>
      <Status silent>{act.isSuccess ? 'C’est fait.' : ''}</Status>
    </Section>
  );
}

function Readings({ row }: { row: EditProposal }) {
  return (
    <Section title="Relectures">
      {row.readings.length === 0 && (
        <p>Aucune relecture encore. Il en faut deux, de deux personnes, sans l’auteur.</p>
      )}
      <Summary
        rows={row.readings.map((one) => ({
          term: READINGS[one.part] ?? one.part,
          value: (
            <>
              <p>
                {one.verdict === 'approved' ? 'Favorable' : 'À reprendre'}, par {one.reader}, le{' '}
                {longDate(one.at)}
                {!one.current && ' (sur un texte modifié depuis : ne compte plus)'}.
              </p>
              {one.note && <p>{one.note}</p>}
            </>
          ),
        }))}
      />
    </Section>
  );
}

function History({ row }: { row: EditProposal }) {
  return (
    <Section title="Histoire">
      {row.history.length === 0 && <p>Aucun acte enregistré pour l’instant.</p>}
      <Summary
        rows={row.history.map((step) => ({
          term: ACTS[step.act] ?? step.act,
          value: `${step.by}, le ${longDate(step.at)}`,
        }))}
      />
    </Section>
  );
}
