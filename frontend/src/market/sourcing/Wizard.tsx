import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useSubmit } from '../../accounts/submit';
import { api, unwrap } from '../../api/client';
import { explain } from '../../api/problem';
import { count, isoDate } from '../../frame/french';
import { Table } from '../../ui/Table';
import { Button } from '../../ui/Button';
import { Checkbox, RadioGroup } from '../../ui/Choice';
import { TextArea } from '../../ui/Field';
import { Notice } from '../../ui/Notice';
import { Section } from '../../ui/Page';
import { Failure, Said } from '../../ui/State';
import { Tabs } from '../../ui/Tabs';
import { audienceQuery, type Sourcing, sourcingQuery } from './api';
import { QuestionList } from './PublicRoom';
import { type Draft, NeedStep, QuestionsStep, TargetsStep } from './steps';
import { closing } from './words';

const STEPS = ['besoin', 'questions', 'cibles', 'confidentialite', 'apercu'] as const;

const draftOf = (row: Sourcing): Draft => ({
  title: row.title,
  need: row.need,
  families: row.families,
  cpv: row.cpv,
  departments: row.departments.join(', '),
  questions: row.questions,
  closes_on: row.closes_on ?? '',
  closes_hour: row.closes_hour.slice(0, 5),
  launch_date: row.launch_date ?? '',
  cap: row.cap ? String(row.cap) : '',
  cap_reason: row.cap_reason,
  show_count: row.show_count,
});

const bodyOf = (draft: Draft) => ({
  ...draft,
  departments: draft.departments.split(/[\s,;]+/).filter(Boolean),
  questions: draft.questions.filter((one) => one.text.trim()),
  closes_on: isoDate(draft.closes_on),
  launch_date: isoDate(draft.launch_date),
  cap: Number(draft.cap) > 0 ? Number(draft.cap) : null,
});

/** What the server refused of the last save, by field: « /departments/0 » is said beside the departments. */
function refusals(error: unknown): Record<string, string> {
  if (!error) return {};
  return Object.fromEntries(
    explain(error).errors.map((one) => [one.pointer.split('/')[1] ?? '', one.detail]),
  );
}

function saved(waiting: boolean, failed: boolean): string {
  if (waiting) return 'Enregistrement…';
  return failed ? 'Dernières modifications non enregistrées.' : 'Brouillon enregistré.';
}

/** Five steps, saved while one types. */
export function Wizard({ sourcing }: { sourcing: Sourcing }) {
  const ident = sourcing.id;
  const [first] = useState(() => draftOf(sourcing));
  const [draft, setDraft] = useState(first);
  const [step, setStep] = useState<string>(STEPS[0]);
  const queries = useQueryClient();
  const version = useRef(sourcing.version);
  const keep = (row: Sourcing) => {
    version.current = row.version;
    queries.setQueryData(sourcingQuery(ident).queryKey, row);
  };
  const save = useMutation({
    scope: { id: `sourcing-${ident}` },
    mutationFn: (typed: Draft) =>
      unwrap(
        api.PUT('/api/v1/sourcings/{ident}', {
          params: { path: { ident }, header: { 'If-Match': `"${version.current}"` } },
          body: bodyOf(typed),
        }),
      ),
    onSuccess: keep,
  });
  const { mutate } = save;
  const typed = useRef(false);
  useEffect(() => {
    if (!typed.current) return undefined;
    const timer = setTimeout(() => mutate(draft), 800);
    return () => clearTimeout(timer);
  }, [draft, mutate]);
  const set = (change: Partial<Draft>) => {
    typed.current = true;
    setDraft((known) => ({ ...known, ...change }));
  };
  const errors = refusals(save.error);
  const waiting = save.isPending || draft !== (save.variables ?? first);
  const place = STEPS.indexOf(step as (typeof STEPS)[number]);
  const next = STEPS[place + 1];
  return (
    <div className="stack loose">
      {save.isError && !Object.keys(errors).length && (
        <Failure error={save.error} kept="Ce que vous avez saisi est toujours à l’écran." />
      )}
      <Tabs
        label="Étapes du sourçage"
        selected={step}
        onSelect={setStep}
        tabs={[
          {
            id: 'besoin',
            title: '1. Besoin',
            content: <NeedStep draft={draft} set={set} errors={errors} steering={sourcing.steering} />,
          },
          {
            id: 'questions',
            title: '2. Questions',
            content: <QuestionsStep draft={draft} set={set} errors={errors} />,
          },
          {
            id: 'cibles',
            title: '3. Cibles et calendrier',
            content: <TargetsStep draft={draft} set={set} errors={errors} />,
          },
          {
            id: 'confidentialite',
            title: '4. Confidentialité',
            content: <Confidentiality sourcing={sourcing} draft={draft} set={set} keep={keep} />,
          },
          {
            id: 'apercu',
            title: '5. Aperçu',
            content: <Preview sourcing={sourcing} keep={keep} unsaved={waiting || save.isError} />,
          },
        ]}
      />
      <div className="row">
        {next && <Button onClick={() => setStep(next)}>Étape suivante</Button>}
        <Said>{saved(waiting, save.isError)}</Said>
      </div>
    </div>
  );
}

function Confidentiality({
  sourcing,
  draft,
  set,
  keep,
}: {
  sourcing: Sourcing;
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  keep: (row: Sourcing) => void;
}) {
  const ident = sourcing.id;
  const [none, setNone] = useState('yes');
  const [detail, setDetail] = useState('');
  const declare = useSubmit(
    () =>
      unwrap(
        api.PUT('/api/v1/sourcings/{ident}/interests', {
          params: { path: { ident } },
          body: { none: none === 'yes', detail },
        }),
      ),
    keep,
  );
  return (
    <div className="stack loose">
      <Notice title="Ce que le service garantit">
        <ul className="bullets">
          <li>Les réponses sont chiffrées et personne ne les lit avant la clôture, vous non plus.</li>
          <li>Les entreprises ne savent jamais qui d’autre a répondu, ni combien.</li>
          <li>Chaque question et sa réponse sont publiées à tous, sans le nom de qui la pose.</li>
          <li>Le résultat publié ne donne de chiffres qu’à partir de cinq réponses.</li>
        </ul>
      </Notice>
      <Checkbox
        name="show_count"
        label="Voir le nombre de réponses avant la clôture"
        hint="Vous seul le voyez. Sans cette option, rien n’est compté avant la clôture."
        checked={draft.show_count}
        onChange={(show_count) => set({ show_count })}
      />
      <Section title="Déclaration d’intérêts">
        {sourcing.declared && <Notice tone="success" title="Votre déclaration est enregistrée" />}
        {declare.failure && <Failure error={declare.failure} />}
        <RadioGroup
          name="none"
          label="Avez-vous un intérêt avec une entreprise du secteur ?"
          value={none}
          onChange={setNone}
          options={[
            { value: 'yes', label: 'Je n’ai aucun intérêt avec une entreprise du secteur' },
            { value: 'no', label: 'J’ai un intérêt, que je déclare' },
          ]}
        />
        {none === 'no' && (
          <TextArea
            name="detail"
            label="Lequel, et ce que vous faites pour y remédier"
            value={detail}
            onChange={setDetail}
            error={declare.errors['detail']}
          />
        )}
        <Button className="start" busy={declare.busy} onClick={() => declare.submit()}>
          Enregistrer ma déclaration
        </Button>
      </Section>
    </div>
  );
}

interface PreviewProps {
  sourcing: Sourcing;
  keep: (row: Sourcing) => void;
  /** What is typed is not yet what would be published. */
  unsaved: boolean;
}

function Preview({ sourcing, keep, unsaved }: PreviewProps) {
  const ident = sourcing.id;
  const audience = useQuery(audienceQuery(ident, sourcing.version));
  const publish = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/sourcings/{ident}/publication', {
          params: { path: { ident }, header: { 'If-Match': `"${sourcing.version}"` } },
        }),
      ),
    keep,
  );
  const told = audience.data?.told ?? 0;
  return (
    <div className="stack loose">
      {publish.failure && <Failure error={publish.failure} />}
      {sourcing.gaps.length > 0 && (
        <Notice tone="warning" title="Avant de publier">
          <ul className="bullets">
            {sourcing.gaps.map((gap) => (
              <li key={gap.field}>{gap.sentence}</li>
            ))}
          </ul>
        </Notice>
      )}
      <p className="measure">{sourcing.need || 'Le besoin n’est pas encore décrit.'}</p>
      <QuestionList questions={sourcing.questions} />
      <p>Clôture : {closing(sourcing.closes_at)}.</p>
      {audience.isError && <Failure error={audience.error} />}
      {audience.data && (
        <p>
          Entreprises de l’annuaire qui correspondent : {audience.data.firms}. Prévenues au même instant :{' '}
          {told}. {audience.data.advice}
        </p>
      )}
      {sourcing.cap !== null && audience.data && audience.data.strata.length > 0 && (
        <Table
          caption="Le tirage, par taille et par proximité"
          head={['Strate', 'Entreprises', 'Prévenues']}
          rows={audience.data.strata.map((one) => [one.name, String(one.firms), String(one.places)])}
        />
      )}
      <Button
        look="primary"
        className="start"
        busy={publish.busy}
        off={unsaved || sourcing.gaps.length > 0}
        onClick={() => publish.submit()}
      >
        {told ? `Publier et prévenir ${count(told, 'entreprise')}` : 'Publier'}
      </Button>
    </div>
  );
}
