import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../accounts/session';
import { useSubmit } from '../accounts/submit';
import { api, newKey, unwrap } from '../api/client';
import { isoDate, longDate } from '../frame/french';
import { ClauseLinks } from '../library/ClauseLinks';
import { Button } from '../ui/Button';
import { Card, Details, Facts, Summary } from '../ui/Card';
import { Checkbox, DateField } from '../ui/Choice';
import { Select, TextArea, TextField } from '../ui/Field';
import { type Errors, Form } from '../ui/Form';
import { Badge } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Empty, Failure, Said, Skeleton } from '../ui/State';
import { SignInFirst } from './AskForm';
import { type Scheme, schemesQuery } from './calendarApi';
import { Paragraphs } from './Question';
import { useRefreshNetwork } from './talkApi';

const KINDS: { value: Scheme['kind']; label: string }[] = [
  { value: 'aid', label: 'Aide' },
  { value: 'call', label: 'Appel à projets' },
  { value: 'ami', label: 'Appel à manifestation d’intérêt' },
];
const STATES: Record<Scheme['state'], string> = { coming: 'À venir', open: 'Ouvert', closed: 'Clos' };

export function Schemes() {
  const [state, setState] = useState<Scheme['state'] | ''>('open');
  const session = useSession();
  const query = useQuery(schemesQuery(state));
  return (
    <Page
      title="Aides et appels à projets"
      lead="Ce que les financeurs inscrits publient ici, avec leurs dates et leurs éco-conditions."
    >
      <Section title="Dispositifs">
        <Select
          name="etat"
          label="État"
          value={state}
          onChange={(value) => setState(value as typeof state)}
          options={[
            { value: 'open', label: 'Ouverts' },
            { value: 'coming', label: 'À venir' },
            { value: 'closed', label: 'Clos' },
            { value: '', label: 'Tous' },
          ]}
        />
        {query.isPending && <Skeleton blocks={2} />}
        {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
        {query.data && !query.data.items.length && (
          <Empty title="Aucun dispositif dans cet état">
            <p>Les financeurs publics les publient eux-mêmes.</p>
          </Empty>
        )}
        <ul className="plain stack">
          {query.data?.items.map((one) => (
            <li key={one.id}>
              <One scheme={one} />
            </li>
          ))}
        </ul>
      </Section>
      {query.data?.may.includes('publish') && (
        <Details summary="Publier une aide ou un appel à projets">
          <Publish />
        </Details>
      )}
      {session && !session.person && <SignInFirst to="pour publier une aide ou un appel à projets." />}
    </Page>
  );
}

function One({ scheme }: { scheme: Scheme }) {
  const refresh = useRefreshNetwork();
  const form = useSubmit(
    () =>
      unwrap(
        api.DELETE('/api/v1/network/schemes/{ident}', {
          params: { path: { ident: scheme.id }, header: { 'If-Match': `"${scheme.version}"` } },
        }),
      ),
    refresh,
  );
  const dates = [
    scheme.opens_on && `Ouverture le ${longDate(scheme.opens_on)}`,
    scheme.closes_on ? `clôture le ${longDate(scheme.closes_on)}` : 'sans date de clôture',
  ].filter(Boolean);
  return (
    <Card>
      <h3>{scheme.title}</h3>
      <Facts>
        <Badge tone={scheme.state === 'open' ? 'success' : 'neutral'}>{STATES[scheme.state]}</Badge>
        {scheme.fictitious && <Badge tone="warning">Exemple fictif</Badge>}
        <span>{KINDS.find((kind) => kind.value === scheme.kind)?.label}</span>
        <span>{scheme.organisation}</span>
      </Facts>
      <Paragraphs text={scheme.text} />
      <Summary
        rows={[
          { term: 'Dates', value: dates.join(', ') },
          { term: 'Qui peut demander', value: scheme.eligibility },
          ...(scheme.amount ? [{ term: 'Montant', value: scheme.amount }] : []),
          ...(scheme.link
            ? [
                {
                  term: 'Site du financeur',
                  value: (
                    <a href={scheme.link} rel="noreferrer nofollow">
                      {scheme.link}
                    </a>
                  ),
                },
              ]
            : []),
        ]}
      />
      {scheme.clauses.length > 0 && (
        <>
          <h4>Éco-conditions</h4>
          <ClauseLinks clauses={scheme.clauses} />
        </>
      )}
      {form.failure && <Failure error={form.failure} />}
      {scheme.may.includes('manage') && (
        <Button small className="start" about={scheme.title} busy={form.busy} onClick={() => form.submit()}>
          Retirer
        </Button>
      )}
    </Card>
  );
}

const BLANK = {
  kind: 'aid' as Scheme['kind'],
  title: '',
  text: '',
  eligibility: '',
  amount: '',
  link: '',
  opens: '',
  closes: '',
  clauses: '',
  fictitious: false,
};

function Publish() {
  const refresh = useRefreshNetwork();
  const [draft, setDraft] = useState(BLANK);
  const [key, setKey] = useState(newKey);
  const [said, setSaid] = useState('');
  const set = (change: Partial<typeof BLANK>) => {
    setDraft({ ...draft, ...change });
    setKey(newKey());
  };
  const opens = isoDate(draft.opens);
  const closes = isoDate(draft.closes);
  const { kind, title, text, eligibility, amount, link, fictitious } = draft;
  const clauses = draft.clauses.toUpperCase().match(/CEC-[A-Z]{3}-\d{3}/g) ?? [];
  const form = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/network/schemes', {
          params: { header: { 'Idempotency-Key': key } },
          body: {
            kind,
            title,
            text,
            eligibility,
            amount,
            link,
            fictitious,
            clauses,
            opens_on: opens,
            closes_on: closes,
          },
        }),
      ),
    (made) => {
      setDraft(BLANK);
      setKey(newKey());
      setSaid(`« ${made.title} » est publié.`);
      refresh();
    },
  );
  const submit = () => {
    setSaid('');
    const own: Errors = {};
    if (!title.trim()) own['title'] = 'Donnez un titre au dispositif';
    if (!text.trim()) own['text'] = 'Décrivez ce que le dispositif finance';
    if (!eligibility.trim()) own['eligibility'] = 'Dites qui peut demander';
    if (draft.opens && !opens) own['opens_on'] = 'Donnez le jour, le mois et l’année';
    if (draft.closes && !closes) own['closes_on'] = 'Donnez le jour, le mois et l’année';
    if (opens && closes && closes < opens) own['closes_on'] = 'La clôture doit venir après l’ouverture';
    form.submit(own);
  };
  const clauseError = Object.entries(form.errors).find(([name]) => name.startsWith('clauses'))?.[1];
  return (
    <Form errors={form.errors} attempt={form.attempt} onSubmit={submit}>
      {form.failure && <Failure error={form.failure} kept="Votre texte est conservé." />}
      <Select
        name="kind"
        label="Nature"
        value={kind}
        options={KINDS}
        onChange={(value) => set({ kind: value as Scheme['kind'] })}
      />
      <TextField
        name="title"
        label="Titre"
        value={title}
        onChange={(value) => set({ title: value })}
        error={form.errors['title']}
      />
      <TextArea
        name="text"
        label="Ce que le dispositif finance"
        value={text}
        onChange={(value) => set({ text: value })}
        error={form.errors['text']}
      />
      <TextArea
        name="eligibility"
        label="Qui peut demander"
        value={eligibility}
        onChange={(value) => set({ eligibility: value })}
        error={form.errors['eligibility']}
      />
      <TextField
        name="amount"
        label="Montant"
        optional
        value={amount}
        onChange={(value) => set({ amount: value })}
        error={form.errors['amount']}
      />
      <TextField
        name="link"
        label="Adresse de la page officielle"
        optional
        hint="Elle commence par https://."
        value={link}
        onChange={(value) => set({ link: value })}
        error={form.errors['link']}
      />
      <DateField
        name="opens_on"
        label="Ouverture"
        optional
        value={draft.opens}
        onChange={(value) => set({ opens: value })}
        error={form.errors['opens_on']}
      />
      <DateField
        name="closes_on"
        label="Clôture"
        optional
        value={draft.closes}
        onChange={(value) => set({ closes: value })}
        error={form.errors['closes_on']}
      />
      <TextField
        name="clauses"
        label="Éco-conditions de la bibliothèque"
        optional
        hint="Identifiants de la famille « financement public », séparés par des virgules."
        value={draft.clauses}
        onChange={(value) => set({ clauses: value })}
        error={clauseError}
      />
      <Checkbox
        name="fictitious"
        label="C’est un exemple fictif, de démonstration"
        checked={fictitious}
        onChange={(checked) => set({ fictitious: checked })}
      />
      <div className="row">
        <Button type="submit" look="primary" busy={form.busy}>
          Publier
        </Button>
        <Said>{said}</Said>
      </div>
    </Form>
  );
}
