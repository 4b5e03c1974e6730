import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Gate } from '../accounts/Gate';
import { useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import { longDate } from '../frame/french';
import { vocabularyQuery } from '../library/api';
import { Button } from '../ui/Button';
import { Checkbox } from '../ui/Choice';
import { Confirm } from '../ui/Dialog';
import { DEPARTMENTS } from '../ui/departments';
import { Details } from '../ui/Card';
import { type Errors, Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Failure, Said, Skeleton } from '../ui/State';
import { Fields, type Spec, useDraft } from './draft';
import { type MyReferent as Mine, myReferentQuery } from './peopleApi';
import { spacesQuery, useRefreshNetwork } from './talkApi';

const TITLE = 'Ma fiche de référent';

export function MyReferent() {
  return (
    <Gate need="reader" title={TITLE} why="Un référent parle au nom de son organisation.">
      {() => <Card />}
    </Gate>
  );
}

function Card() {
  const query = useQuery(myReferentQuery);
  const [said, setSaid] = useState('');
  return (
    <Page
      title={TITLE}
      crumbs={[{ label: 'Référents', link: { to: '/referents' } }]}
      lead="Acceptez qu’on vous interroge sur ce que vous connaissez. Vous choisissez qui vous voit et comment on vous joint."
      narrow
    >
      {query.isPending && <Skeleton blocks={2} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      <Said>{said}</Said>
      {query.data && (
        <>
          {query.data.consented_at && <Listed mine={query.data} onDone={setSaid} />}
          <Section title={query.data.listed ? 'Changer ma fiche' : 'Entrer dans l’annuaire'}>
            <CardForm key={query.data.version} mine={query.data} onDone={setSaid} />
          </Section>
        </>
      )}
    </Page>
  );
}

function Listed({ mine, onDone }: { mine: Mine; onDone: (said: string) => void }) {
  const refresh = useRefreshNetwork();
  const [asking, setAsking] = useState(false);
  const form = useSubmit(
    () => unwrap(api.DELETE('/api/v1/network/referents/mine')),
    () => {
      onDone('Vous n’êtes plus dans l’annuaire : votre fiche est effacée.');
      refresh();
    },
  );
  return (
    <Notice tone="success" title="Vous êtes dans l’annuaire">
      <p>Avec votre accord du {longDate(mine.consented_at ?? '')}.</p>
      {form.failure && <Failure error={form.failure} />}
      <Button small busy={form.busy} onClick={() => setAsking(true)}>
        Me retirer de l’annuaire
      </Button>
      <Confirm
        open={asking}
        title="Vous retirer de l’annuaire ?"
        action="Me retirer"
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          form.submit();
        }}
      >
        <p>Votre fiche est effacée aussitôt. Vous pourrez en refaire une.</p>
      </Confirm>
    </Notice>
  );
}

const PLACES = DEPARTMENTS.map((one) => ({ value: one.code, label: `${one.code} ${one.name}` }));
const SAY: { about: Spec } = {
  about: {
    is: 'area',
    label: 'Ce sur quoi on peut vous interroger',
    hint: 'Par exemple : le réemploi du mobilier scolaire, de la rédaction au contrôle.',
  },
};
const REACH: { audience: Spec; way: Spec; rule: Spec } = {
  audience: {
    is: 'select',
    label: 'Qui voit votre fiche',
    options: [
      { value: 'members', label: 'Les personnes connectées' },
      { value: 'everyone', label: 'Tout le monde' },
    ],
  },
  way: {
    is: 'select',
    label: 'Comment vous joindre',
    options: [
      { value: 'form', label: 'Par un message que le site transmet' },
      { value: 'address', label: 'À mon adresse, montrée aux personnes connectées' },
      { value: 'spaces', label: 'Dans les espaces seulement' },
    ],
  },
  rule: {
    is: 'text',
    label: 'Votre règle de contact',
    optional: true,
    hint: 'Par exemple : réponse sous une semaine, pas pendant l’été.',
  },
};

function CardForm({ mine, onDone }: { mine: Mine; onDone: (said: string) => void }) {
  const refresh = useRefreshNetwork();
  const words = useQuery(vocabularyQuery);
  const spaces = useQuery(spacesQuery);
  const { about, families, departments, audience, way, rule } = mine;
  const { draft, set } = useDraft({
    about,
    families,
    departments,
    spaces: mine.spaces,
    audience,
    way,
    rule,
    consent: mine.listed,
  });
  const form = useSubmit(
    () =>
      unwrap(
        api.PUT('/api/v1/network/referents/mine', {
          params: { header: { 'If-Match': `"${mine.version}"` } },
          body: { ...draft, consent: true },
        }),
      ),
    () => {
      onDone('Enregistré : votre fiche est dans l’annuaire.');
      refresh();
    },
  );
  const choose: { families: Spec; spaces: Spec } = {
    families: {
      is: 'several',
      label: 'Familles d’achat',
      hint: 'Au moins une famille ou un espace.',
      options: (words.data?.families ?? []).map((one) => ({ value: String(one.code), label: one.label })),
    },
    spaces: {
      is: 'several',
      label: 'Espaces',
      options: (spaces.data?.items ?? []).map((one) => ({ value: one.code, label: one.title })),
    },
  };
  const faults = (): Errors => ({
    ...(draft.about.trim() ? {} : { about: 'Dites sur quoi on peut vous interroger' }),
    ...(draft.families.length || draft.spaces.length
      ? {}
      : { families: 'Choisissez au moins une famille d’achat ou un espace' }),
    ...(draft.consent ? {} : { consent: 'Donnez votre accord : sans lui, votre fiche n’est pas publiée' }),
  });
  const given = { draft, set, errors: form.errors };
  return (
    <Form errors={form.errors} attempt={form.attempt} onSubmit={() => form.submit(faults())}>
      {form.failure && <Failure error={form.failure} kept="Votre texte est conservé." />}
      <Fields specs={SAY} {...given} />
      <Fields specs={choose} {...given} />
      <Details
        summary={
          draft.departments.length
            ? `Territoire : ${draft.departments.length} départements choisis`
            : 'Territoire : France entière'
        }
        open={draft.departments.length > 0}
      >
        <Fields
          specs={{
            departments: {
              is: 'several',
              label: 'Départements',
              optional: true,
              hint: 'Aucun choix : la France entière.',
              options: PLACES,
            },
          }}
          {...given}
        />
      </Details>
      <Fields specs={REACH} {...given} />
      <Checkbox
        name="consent"
        label="J’accepte que mon nom, mon organisation et cette fiche soient montrés comme je l’ai choisi"
        hint="Vous vous retirez quand vous voulez : la fiche est alors effacée."
        checked={draft.consent}
        onChange={(consent) => set({ consent })}
      />
      <Button type="submit" look="primary" className="start" busy={form.busy}>
        {mine.listed ? 'Enregistrer ma fiche' : 'Entrer dans l’annuaire'}
      </Button>
    </Form>
  );
}
