import { useQuery } from '@tanstack/react-query';
import { useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import { isoDate } from '../frame/french';
import { Button } from '../ui/Button';
import { type Errors, Form } from '../ui/Form';
import { Failure } from '../ui/State';
import { conditionsQuery, KINDS, type Scheme } from './calendarApi';
import { Fields, type Spec, useDraft } from './draft';
import { useRefreshNetwork } from './talkApi';

const BLANK = {
  kind: 'aid' as Scheme['kind'],
  title: '',
  text: '',
  eligibility: '',
  amount: '',
  link: '',
  opens_on: '',
  closes_on: '',
  clauses: [] as string[],
  fictitious: false,
};
type Typed = typeof BLANK;

const SPECS: { [Name in keyof Typed]: Spec } = {
  kind: { is: 'select', label: 'Nature', options: KINDS },
  title: { is: 'text', label: 'Titre' },
  text: { is: 'area', label: 'Ce que le dispositif finance' },
  eligibility: { is: 'area', label: 'Qui peut demander' },
  amount: { is: 'text', label: 'Montant', optional: true },
  link: {
    is: 'text',
    label: 'Adresse de la page officielle',
    optional: true,
    hint: 'Elle commence par https://.',
  },
  opens_on: { is: 'date', label: 'Ouverture', optional: true },
  closes_on: { is: 'date', label: 'Clôture', optional: true, hint: 'Sans date, l’aide reste ouverte.' },
  clauses: {
    is: 'several',
    label: 'Éco-conditions de la bibliothèque',
    optional: true,
    hint: 'Ce que le bénéficiaire devra faire : les clauses de la famille « financement public ».',
    options: [],
  },
  fictitious: { is: 'yes', label: 'C’est un exemple fictif, de démonstration' },
};

const typedOf = (scheme: Scheme): Typed => ({
  kind: scheme.kind,
  title: scheme.title,
  text: scheme.text,
  eligibility: scheme.eligibility,
  amount: scheme.amount,
  link: scheme.link,
  opens_on: scheme.opens_on ?? '',
  closes_on: scheme.closes_on ?? '',
  clauses: scheme.clauses.map((one) => one.id),
  fictitious: scheme.fictitious,
});

function faults(draft: Typed): Errors {
  const own: Errors = {};
  const [opens, closes] = [isoDate(draft.opens_on), isoDate(draft.closes_on)];
  if (!draft.title.trim()) own['title'] = 'Donnez un titre au dispositif';
  if (!draft.text.trim()) own['text'] = 'Décrivez ce que le dispositif finance';
  if (!draft.eligibility.trim()) own['eligibility'] = 'Dites qui peut demander';
  if (draft.opens_on && !opens) own['opens_on'] = 'Donnez le jour, le mois et l’année';
  if (draft.closes_on && !closes) own['closes_on'] = 'Donnez le jour, le mois et l’année';
  if (opens && closes && closes < opens) own['closes_on'] = 'La clôture doit venir après l’ouverture';
  return own;
}

/** Publishes an aid, or changes one. */
export function SchemeForm({ scheme, onDone }: { scheme?: Scheme; onDone: (said: string) => void }) {
  const refresh = useRefreshNetwork();
  const conditions = useQuery(conditionsQuery);
  const { draft, key, set, reset } = useDraft(scheme ? typedOf(scheme) : BLANK);
  const body = { ...draft, opens_on: isoDate(draft.opens_on), closes_on: isoDate(draft.closes_on) };
  const form = useSubmit(
    () =>
      unwrap(
        scheme
          ? api.PUT('/api/v1/network/schemes/{ident}', {
              params: { path: { ident: scheme.id }, header: { 'If-Match': `"${scheme.version}"` } },
              body,
            })
          : api.POST('/api/v1/network/schemes', { params: { header: { 'Idempotency-Key': key } }, body }),
      ),
    (made) => {
      if (!scheme) reset();
      refresh();
      onDone(scheme ? `« ${made.title} » est modifié.` : `« ${made.title} » est publié.`);
    },
  );
  const options = (conditions.data?.items ?? []).map((one) => ({ value: one.id, label: one.title }));
  const specs = { ...SPECS, clauses: { ...SPECS.clauses, options } as Spec };
  return (
    <Form errors={form.errors} attempt={form.attempt} onSubmit={() => form.submit(faults(draft))}>
      {form.failure && <Failure error={form.failure} kept="Votre texte est conservé." />}
      {conditions.isError && <Failure error={conditions.error} retry={() => void conditions.refetch()} />}
      <Fields specs={specs} draft={draft} set={set} errors={form.errors} />
      <Button type="submit" look="primary" className="start" busy={form.busy}>
        {scheme ? 'Enregistrer les changements' : 'Publier'}
      </Button>
    </Form>
  );
}
