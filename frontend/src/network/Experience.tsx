import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSession } from '../accounts/session';
import { required, useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { count, number } from '../frame/french';
import { PagedCards } from '../frame/Paged';
import { Button } from '../ui/Button';
import { Card, Details, Facts } from '../ui/Card';
import { type Errors, Form } from '../ui/Form';
import { Failure } from '../ui/State';
import { SignInFirst } from './AskForm';
import { QuestionRows } from './Community';
import { Standing } from './Contest';
import { Fields, type Spec, useDraft } from './draft';
import { Moderate } from './Moderate';
import { Paragraphs } from './Question';
import { experiencesQuery, questionsQuery, useRefreshNetwork } from './talkApi';

type Told = components['schemas']['ExperienceOut'];
type Outcome = Told['outcome'];

const OUTCOMES: { value: Outcome; label: string }[] = [
  { value: 'awarded', label: 'Marché attribué' },
  { value: 'running', label: 'Procédure en cours' },
  { value: 'no_offer', label: 'Sans offre recevable' },
  { value: 'dropped', label: 'Clause retirée en cours de route' },
];

/** « Retours » on the page of a clause: where it was used, what came of it, the questions about it. */
export function Experience({ clause }: { clause: string }) {
  return (
    <div className="stack loose">
      <Used clause={clause} />
      <section className="stack">
        <h3>Questions sur cette clause</h3>
        <Asked clause={clause} />
        <p>
          <Link to="/communaute" search={{ clause }}>
            Poser une question sur cette clause
          </Link>
        </p>
      </section>
    </div>
  );
}

function Used({ clause }: { clause: string }) {
  const query = useInfiniteQuery(experiencesQuery(clause));
  const first = query.data?.pages[0];
  return (
    <section className="stack">
      <h3>Utilisée dans…</h3>
      {first?.figures && <Figures figures={first.figures} />}
      <PagedCards
        query={query}
        keyOf={(one) => one.id}
        card={(one) => <One told={one} />}
        action="Afficher plus de retours"
        said={['retour affiché', 'retours affichés']}
        empty="Personne n’a encore raconté d’achat avec cette clause"
      />
      <Tell clause={clause} may={first?.may.includes('tell') ?? false} />
    </section>
  );
}

function Asked({ clause }: { clause: string }) {
  const query = useInfiniteQuery(questionsQuery({ clause }));
  return <QuestionRows query={query} empty="Aucune question sur cette clause" />;
}

function Figures({ figures }: { figures: components['schemas']['ExperienceFigures'] }) {
  return (
    <p className="measure">
      <strong>{`${figures.reports} retours`}</strong>
      {` : ${figures.failed} sans suite ou clause retirée`}
      {figures.median_offers !== null && `, ${number(figures.median_offers)} offres reçues en médiane`}. Ces
      chiffres sont ceux que les acheteurs déclarent.
    </p>
  );
}

function One({ told }: { told: Told }) {
  return (
    <Card>
      <h4>{told.used_in}</h4>
      <Facts>
        <span>{told.organisation}</span>
        <span>{told.year}</span>
        <span>{OUTCOMES.find((one) => one.value === told.outcome)?.label}</span>
        {told.offers !== null && <span>{count(told.offers, 'offre')}</span>}
        <span>Version {told.clause_version}</span>
      </Facts>
      <Standing kind="experiences" id={told.id} about={`« ${told.used_in} »`} told={told} />
      {told.kept && <Paragraphs text={told.kept} />}
      {told.change && (
        <>
          <p className="strong">À changer</p>
          <Paragraphs text={told.change} />
        </>
      )}
      {told.may.includes('moderate') && (
        <Details summary={`Modérer le retour « ${told.used_in} »`}>
          <Moderate kind="experiences" id={told.id} state={told.state} about={told.used_in} />
        </Details>
      )}
    </Card>
  );
}

const BLANK = { used_in: '', year: '', outcome: 'awarded' as Outcome, offers: '', kept: '', change: '' };

const SPECS: { [Name in keyof typeof BLANK]: Spec } = {
  used_in: { is: 'text', label: 'Utilisée dans', hint: 'Par exemple : mobilier scolaire, lot 2.' },
  year: { is: 'number', label: 'Année' },
  outcome: { is: 'select', label: 'Ce qui s’est passé', options: OUTCOMES },
  offers: { is: 'number', label: 'Offres reçues', optional: true },
  kept: { is: 'area', label: 'Ce que vous retenez', optional: true },
  change: {
    is: 'area',
    label: 'Ce qu’il faudrait changer dans la clause',
    optional: true,
    hint: 'Les rédacteurs de la clause le reçoivent aussi.',
  },
};

function Tell({ clause, may }: { clause: string; may: boolean }) {
  const session = useSession();
  const refresh = useRefreshNetwork();
  const { draft, key, set, reset } = useDraft(BLANK);
  const form = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/network/experiences', {
          params: { header: { 'Idempotency-Key': key } },
          body: {
            ...draft,
            clause_id: clause,
            year: Number(draft.year),
            offers: draft.offers.trim() ? Number(draft.offers) : null,
          },
        }),
      ),
    () => {
      reset();
      refresh();
    },
  );
  if (!session) return null;
  if (!session.person) return <SignInFirst to="pour raconter votre marché." />;
  if (!may)
    return <p className="soft">Les rédacteurs d’une organisation publique peuvent raconter leur marché.</p>;
  const submit = () => {
    const own: Errors = required(draft, {
      used_in: 'Nommez le marché en quelques mots',
      year: 'Donnez l’année du marché',
    });
    if (draft.year.trim() && !/^\d{4}$/.test(draft.year.trim())) own['year'] = 'L’année a quatre chiffres';
    if (draft.offers.trim() && !/^\d+$/.test(draft.offers.trim()))
      own['offers'] = 'Le nombre d’offres est un nombre entier';
    form.submit(own);
  };
  return (
    <Details summary="Raconter un marché avec cette clause">
      <Form errors={form.errors} attempt={form.attempt} onSubmit={submit}>
        {form.failure && <Failure error={form.failure} kept="Votre texte est conservé." />}
        <Fields specs={SPECS} draft={draft} set={set} errors={form.errors} />
        <Button type="submit" look="primary" className="start" busy={form.busy}>
          Publier ce retour
        </Button>
      </Form>
    </Details>
  );
}
