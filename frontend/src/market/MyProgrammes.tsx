import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Gate } from '../accounts/Gate';
import { useSubmit } from '../accounts/submit';
import { api, newKey, unwrap } from '../api/client';
import { isoDate } from '../frame/french';
import { Button, ButtonLink } from '../ui/Button';
import { DateField, RadioGroup } from '../ui/Choice';
import { Select, TextField } from '../ui/Field';
import { Actions, type Errors, Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Empty, Failure, Skeleton } from '../ui/State';
import { myProgrammesQuery, type Programme } from './api';
import { tag } from './refresh';
import { SubjectFields, useSubject } from './Subject';
import { AMOUNTS, labelIn, monthOf } from './words';

const TITLE = 'Nos achats à venir';
const STATES = [
  { value: 'draft', label: 'Brouillon', hint: 'Visible de votre organisation seulement' },
  {
    value: 'published',
    label: 'Publié',
    hint: 'Visible de tous ; les entreprises qui suivent la famille sont prévenues',
  },
  { value: 'withdrawn', label: 'Retiré', hint: 'N’est plus montré' },
] as const;

export function MyProgrammes() {
  return (
    <Gate need="reader" title={TITLE} why="Un programme d’achats est publié au nom d’un acheteur public.">
      {({ organisation }) =>
        organisation?.kind === 'firm' ? (
          <Page title={TITLE} narrow>
            <Notice title="Seul un acheteur public annonce des achats">
              <ButtonLink className="start" to="/programmes">
                Voir les achats annoncés
              </ButtonLink>
            </Notice>
          </Page>
        ) : (
          <Page
            title={TITLE}
            crumbs={[{ label: 'Achats à venir', link: { to: '/programmes' } }]}
            lead={
              <p>
                Annoncez vos achats plusieurs mois avant : les entreprises se préparent, et se font connaître.
              </p>
            }
          >
            <List writes={organisation?.role !== 'reader'} />
          </Page>
        )
      }
    </Gate>
  );
}

function List({ writes }: { writes: boolean }) {
  const query = useQuery(myProgrammesQuery);
  const [open, setOpen] = useState<Programme | 'new' | null>(null);
  if (query.isPending) return <Skeleton lines={3} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (open && writes)
    return (
      <ProgrammeForm
        key={open === 'new' ? 'new' : open.id}
        current={open === 'new' ? null : open}
        close={() => setOpen(null)}
      />
    );
  const items = query.data.items;
  return (
    <>
      {items.length === 0 && <Empty title="Aucun achat préparé pour l’instant" />}
      {items.length > 0 && (
        <Rows label="Nos achats à venir">
          {items.map((one) => (
            <Row
              key={one.id}
              title={
                <Link to="/programmes/$id" params={{ id: String(one.id) }}>
                  {one.title}
                </Link>
              }
              facts={`${labelIn(STATES, one.status)} ; ${monthOf(one.expected_on)} ; ${one.amount_words}`}
              actions={
                writes && (
                  <Button small about={one.title} onClick={() => setOpen(one)}>
                    Modifier
                  </Button>
                )
              }
            />
          ))}
        </Rows>
      )}
      {writes && (
        <div className="row">
          <Button look="primary" onClick={() => setOpen('new')}>
            Annoncer un achat
          </Button>
          <ButtonLink to="/plan-achats">Vérifier un plan d’achats (CSV, XLSX)</ButtonLink>
        </div>
      )}
    </>
  );
}

function ProgrammeForm({ current, close }: { current: Programme | null; close: () => void }) {
  const subject = useSubject(current);
  const [places, setPlaces] = useState(current?.departments.join(', ') ?? '');
  const [amount, setAmount] = useState<string>(current?.amount_band ?? '');
  const [day, setDay] = useState(current?.expected_on ?? '');
  const [status, setStatus] = useState<string>(current?.status ?? 'published');
  const [key] = useState(newKey);
  const client = useQueryClient();
  const body = {
    ...subject.body,
    departments: places
      .split(/[,;\s]+/)
      .filter(Boolean)
      .map((code) => code.toUpperCase()),
    amount_band: amount as '25k-100k',
    expected_on: isoDate(day) ?? '',
    status: status as 'draft',
  };
  const form = useSubmit(
    () =>
      unwrap(
        current
          ? api.PUT('/api/v1/programmes/{ident}', {
              params: { path: { ident: current.id }, header: tag(current.version) },
              body,
            })
          : api.POST('/api/v1/programmes', { params: { header: { 'Idempotency-Key': key } }, body }),
      ),
    () => {
      void client.invalidateQueries({ queryKey: ['programmes'] });
      void client.invalidateQueries({ queryKey: ['programme'] });
      close();
    },
  );
  const own: Errors = isoDate(day)
    ? {}
    : { expected_on: 'Indiquez un jour du mois où la consultation est attendue.' };
  return (
    <Section title={current ? 'Modifier un achat' : 'Annoncer un achat'} arrive>
      <Form errors={form.errors} attempt={form.attempt} onSubmit={() => form.submit(own)}>
        {form.failure && <Failure error={form.failure} kept="Ce que vous avez tapé est toujours là." />}
        <SubjectFields title="Objet" subject={subject} errors={form.errors} />
        <TextField
          name="departments"
          label="Départements d’exécution"
          optional
          hint="Codes séparés par des virgules ; vide : France entière."
          value={places}
          onChange={setPlaces}
          error={form.errors['departments'] ?? form.errors['departments/0']}
        />
        <Select
          name="amount_band"
          label="Montant estimé"
          options={AMOUNTS}
          value={amount}
          onChange={setAmount}
        />
        <DateField
          name="expected_on"
          label="Consultation attendue"
          hint="Le mois suffit : mettez n’importe quel jour."
          value={day}
          onChange={setDay}
          error={form.errors['expected_on']}
        />
        <RadioGroup name="status" label="État" options={STATES} value={status} onChange={setStatus} />
        <Actions>
          <Button type="submit" look="primary" busy={form.busy}>
            Enregistrer
          </Button>
          <Button onClick={close}>Annuler</Button>
        </Actions>
      </Form>
    </Section>
  );
}
