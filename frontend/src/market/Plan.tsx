import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Gate } from '../accounts/Gate';
import { useSubmit } from '../accounts/submit';
import { api, newKey, unwrap } from '../api/client';
import { count, euros, list, longDate, moment } from '../frame/french';
import { Button } from '../ui/Button';
import { Card, Details, Facts, Summary } from '../ui/Card';
import { CheckboxGroup } from '../ui/Choice';
import { departmentName } from '../ui/departments';
import { Badge, Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Alert, Failure, Skeleton } from '../ui/State';
import { type Plan, type PlanLine, planQuery } from './plan';
import { tag } from './refresh';

const TITLE = 'Plan d’achats vérifié';
const NEEDS = { needed: 'Sourçage conseillé', useful: 'Sourçage utile', free: 'Sourçage libre' } as const;

export function PlanPage() {
  const { id } = useParams({ strict: false });
  return (
    <Gate need="reader" title={TITLE} why="Un plan d’achats appartient à votre organisation.">
      {() => <Loaded ident={Number(id) || 0} />}
    </Gate>
  );
}

function Loaded({ ident }: { ident: number }) {
  const query = useQuery(planQuery(ident));
  return (
    <Page
      title={query.data ? query.data.file_name : TITLE}
      crumbs={[
        { label: 'Nos achats à venir', link: { to: '/mes-programmes' } },
        { label: 'Vérifier un plan d’achats', link: { to: '/plan-achats' } },
      ]}
    >
      {query.isPending && <Skeleton blocks={2} />}
      {query.isError && <Failure error={query.error} />}
      {query.data && <Result plan={query.data} />}
    </Page>
  );
}

function Result({ plan }: { plan: Plan }) {
  const to = (need: string) => plan.lines.filter((line) => line.sourcing?.need === need).length;
  const unknown = plan.lines.filter((line) => !line.families.length).length;
  return (
    <div className="stack loose">
      <Summary
        rows={[
          { term: 'Achats', value: String(plan.count) },
          { term: 'Vérifié le', value: moment(plan.judged_at) },
          { term: 'Sourçages conseillés', value: String(to('needed')) },
          ...(unknown ? [{ term: 'Sans famille reconnue', value: String(unknown) }] : []),
          ...(plan.ignored.length ? [{ term: 'Colonnes laissées de côté', value: list(plan.ignored) }] : []),
        ]}
      />
      <div className="row">
        <a href={`/api/v1/purchase-plans/${plan.id}/resultat.xlsx`}>Tableau complet (XLSX)</a>
        <a href={`/api/v1/purchase-plans/${plan.id}/resultat.csv`}>Tableau complet (CSV)</a>
        {plan.may.includes('check') && <Again plan={plan} />}
      </div>
      <Section title="Achat par achat">
        <ul className="plain stack">
          {plan.lines.map((line) => (
            <li key={line.number}>
              <Line plan={plan} line={line} />
            </li>
          ))}
        </ul>
      </Section>
      {plan.may.includes('announce') && <Announce plan={plan} />}
    </div>
  );
}

function Again({ plan }: { plan: Plan }) {
  const queries = useQueryClient();
  const send = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/purchase-plans/{ident}/check', {
          params: { path: { ident: plan.id }, header: tag(plan.version) },
        }),
      ),
    (row) => queries.setQueryData(planQuery(plan.id).queryKey, row),
  );
  return (
    <>
      <Button small busy={send.busy} onClick={() => send.submit()}>
        Vérifier à nouveau
      </Button>
      {send.failure && <Failure error={send.failure} />}
    </>
  );
}

function Line({ plan, line }: { plan: Plan; line: PlanLine }) {
  const binding = line.duties.filter((duty) => duty.applies && duty.strength === 'binding');
  const unsure = line.duties.filter((duty) => !duty.applies);
  const { depth, sourcing, charter } = line;
  return (
    <Card>
      <h3>{line.title}</h3>
      <Facts>
        <span>Ligne {line.number}</span>
        <span>Lancement : {longDate(line.launch)}</span>
        {line.amount !== null && <span>{euros(line.amount)} HT</span>}
        <span>{line.departments.map(departmentName).join(', ') || 'France entière'}</span>
        <span>
          {line.families.map((one) => one.label).join(', ') || 'Famille inconnue'}
          {line.guessed && ' (devinée d’après l’objet)'}
        </span>
        {sourcing && (
          <Badge tone={sourcing.need === 'needed' ? 'warning' : 'neutral'}>{NEEDS[sourcing.need]}</Badge>
        )}
        {line.programme && (
          <Link to="/programmes/$id" params={{ id: String(line.programme) }}>
            Annoncé
          </Link>
        )}
      </Facts>
      {!line.families.length && (
        <p>Ajoutez un code CPV au fichier : sans famille, ni clauses précises ni marché à compter.</p>
      )}
      {depth && (
        <p>
          {depth.territory} : {depth.covering.words} du métier, {depth.joint.words} pour toutes les clauses
          proposées. {depth.blocking_words}
        </p>
      )}
      {sourcing && (
        <p>
          {sourcing.words}
          {sourcing.need !== 'free' && ` À commencer avant le ${longDate(sourcing.start_by)}.`}
        </p>
      )}
      <Details
        summary={`${count(binding.length, 'obligation')}${unsure.length ? `, ${unsure.length} à préciser` : ''}`}
      >
        <ul className="bullets">
          {binding.map((duty) => (
            <li key={duty.code}>{duty.title}</li>
          ))}
          {unsure.map((duty) => (
            <li key={duty.code}>À préciser : {duty.title}</li>
          ))}
        </ul>
      </Details>
      <Details summary={count(line.clauses.length, 'clause proposée', 'clauses proposées')}>
        <ul className="bullets">
          {line.clauses.map((clause) => (
            <li key={clause.id}>
              <Link to="/clauses/$id" params={{ id: clause.id }}>
                {clause.id}
              </Link>{' '}
              {clause.title}, niveau {clause.level}
            </li>
          ))}
        </ul>
      </Details>
      <Details summary={`Charte : ${charter.kept} sur ${charter.asked} avec ces clauses`}>
        {charter.missing.length ? (
          <ul className="bullets">
            {charter.missing.map((title) => (
              <li key={title}>Il manque : {title}</li>
            ))}
          </ul>
        ) : (
          <p>Rien ne manque.</p>
        )}
      </Details>
      {plan.may.includes('source') && line.families.length > 0 && <Source plan={plan} line={line} />}
    </Card>
  );
}

function Source({ plan, line }: { plan: Plan; line: PlanLine }) {
  const navigate = useNavigate();
  const [key] = useState(newKey);
  const send = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/purchase-plans/{ident}/lines/{number}/sourcing', {
          params: { path: { ident: plan.id, number: line.number }, header: { 'Idempotency-Key': key } },
        }),
      ),
    (made) => void navigate({ to: '/sourcages/$id', params: { id: String(made.sourcing_id) } }),
  );
  return (
    <>
      {send.failure && <Failure error={send.failure} />}
      <Button small className="start" busy={send.busy} about={line.title} onClick={() => send.submit()}>
        Préparer le sourçage
      </Button>
    </>
  );
}

function Announce({ plan }: { plan: Plan }) {
  const open = plan.lines.filter((line) => !line.programme && line.families.length);
  const [chosen, setChosen] = useState<string[]>([]);
  const [said, setSaid] = useState('');
  const queries = useQueryClient();
  const send = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/purchase-plans/{ident}/programmes', {
          params: { path: { ident: plan.id } },
          body: { lines: chosen.map(Number), status: 'published' },
        }),
      ),
    (answer) => {
      setSaid(answer.detail);
      setChosen([]);
      void queries.invalidateQueries({ queryKey: ['plan', plan.id] });
      void queries.invalidateQueries({ queryKey: ['programmes'] });
    },
  );
  const faults = Object.entries(send.errors);
  return (
    <Section
      title="Annoncer des achats"
      intro="Les achats cochés rejoignent votre programme public ; les entreprises qui suivent ces familles sont prévenues."
    >
      {send.failure && <Failure error={send.failure} />}
      {faults.length > 0 && (
        <Alert>
          <Notice tone="danger" title="Rien n’a été annoncé">
            <ul className="bullets">
              {faults.map(([name, sentence]) => (
                <li key={name}>{sentence}</li>
              ))}
            </ul>
          </Notice>
        </Alert>
      )}
      {said && <Notice tone="success" title={said} live />}
      {open.length === 0 && <p>Tous les achats dont la famille est connue sont annoncés.</p>}
      {open.length > 0 && (
        <>
          <CheckboxGroup
            name="lines"
            label="Achats à annoncer"
            values={chosen}
            onChange={setChosen}
            options={open.map((line) => ({
              value: String(line.number),
              label: `${line.title} (ligne ${line.number})`,
            }))}
          />
          <Button
            look="primary"
            className="start"
            off={!chosen.length}
            busy={send.busy}
            onClick={() => send.submit()}
          >
            Annoncer ces achats
          </Button>
        </>
      )}
    </Section>
  );
}
