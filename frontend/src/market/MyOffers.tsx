import { useState } from 'react';
import { useSubmit } from '../accounts/submit';
import { api, done, newKey, unwrap } from '../api/client';
import { isoDate, parseNumber } from '../frame/french';
import { Button } from '../ui/Button';
import { DateField, RadioGroup } from '../ui/Choice';
import { Select, TextField } from '../ui/Field';
import { Actions, Form } from '../ui/Form';
import { Section } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Empty, Failure } from '../ui/State';
import type { Firm, Offer } from './api';
import { DepartmentSelect } from './Pickers';
import { tag, useRefreshFirm } from './refresh';
import { SubjectFields, useSubject } from './Subject';
import { labelIn, OFFER_KINDS } from './words';

export function MyOffers({ firm }: { firm: Firm }) {
  const [open, setOpen] = useState<Offer | 'new' | null>(null);
  const edits = firm.may.includes('edit');
  if (open && edits)
    return (
      <OfferForm
        key={open === 'new' ? 'new' : open.id}
        firm={firm}
        offer={open === 'new' ? null : open}
        close={() => setOpen(null)}
      />
    );
  return (
    <Section
      title="Mes offres"
      intro="Chaque offre met votre entreprise dans l’annuaire de sa famille. Un gisement est un lot de matières daté."
    >
      {firm.offers.length === 0 && <Empty title="Aucune offre pour l’instant" />}
      {firm.offers.length > 0 && (
        <Rows label="Mes offres">
          {firm.offers.map((one) => (
            <OfferRow key={one.id} offer={one} firm={firm} edit={() => setOpen(one)} edits={edits} />
          ))}
        </Rows>
      )}
      {edits && (
        <Button look="primary" className="start" onClick={() => setOpen('new')}>
          Ajouter une offre
        </Button>
      )}
    </Section>
  );
}

function OfferRow({
  offer,
  firm,
  edit,
  edits,
}: {
  offer: Offer;
  firm: Firm;
  edit: () => void;
  edits: boolean;
}) {
  const refresh = useRefreshFirm(firm.siret);
  const remove = useSubmit(
    () => done(api.DELETE('/api/v1/offers/{ident}', { params: { path: { ident: offer.id } } })),
    refresh,
  );
  return (
    <Row
      title={offer.title}
      facts={`${labelIn(OFFER_KINDS, offer.kind)}${offer.current ? '' : ' ; terminée, elle n’est plus montrée'}`}
      actions={
        edits && (
          <>
            {remove.failure && <Failure error={remove.failure} />}
            <Button small about={offer.title} onClick={edit}>
              Modifier
            </Button>
            <Button small about={offer.title} busy={remove.busy} onClick={() => remove.submit()}>
              Retirer
            </Button>
          </>
        )
      }
    />
  );
}

function OfferForm({ firm, offer, close }: { firm: Firm; offer: Offer | null; close: () => void }) {
  const [kind, setKind] = useState<string>(offer?.kind ?? 'goods');
  const subject = useSubject(offer);
  const [direction, setDirection] = useState<string>(offer?.direction || 'offered');
  const [quantity, setQuantity] = useState(offer?.quantity ? String(offer.quantity).replace('.', ',') : '');
  const [unit, setUnit] = useState(offer?.unit ?? '');
  const [condition, setCondition] = useState(offer?.condition ?? '');
  const [place, setPlace] = useState(offer?.place ?? '');
  const [department, setDepartment] = useState(offer?.department || firm.official.department);
  const [from, setFrom] = useState(offer?.available_from ?? '');
  const [until, setUntil] = useState(offer?.available_until ?? '');
  const [responsibility, setResponsibility] = useState(offer?.responsibility ?? '');
  const [key] = useState(newKey);
  const refresh = useRefreshFirm(firm.siret);
  const flow = kind === 'material_flow';
  const body = {
    kind: kind as Offer['kind'] & 'goods',
    ...subject.body,
    direction: flow ? (direction as 'offered' | 'sought') : ('' as const),
    quantity: flow ? parseNumber(quantity) : null,
    unit: flow ? unit : '',
    condition: flow ? condition : '',
    place: flow ? place : '',
    department: flow ? department : '',
    available_from: flow ? isoDate(from) : null,
    available_until: flow ? isoDate(until) : null,
    responsibility: flow ? responsibility : '',
  };
  const form = useSubmit(
    () =>
      unwrap(
        offer
          ? api.PUT('/api/v1/offers/{ident}', {
              params: { path: { ident: offer.id }, header: tag(offer.version) },
              body,
            })
          : api.POST('/api/v1/offers', { params: { header: { 'Idempotency-Key': key } }, body }),
      ),
    () => {
      refresh();
      close();
    },
  );
  return (
    <Section title={offer ? 'Modifier une offre' : 'Nouvelle offre'} arrive>
      <Form errors={form.errors} attempt={form.attempt} onSubmit={() => form.submit()}>
        {form.failure && <Failure error={form.failure} kept="Ce que vous avez tapé est toujours là." />}
        <Select name="kind" label="Type d’offre" options={OFFER_KINDS} value={kind} onChange={setKind} />
        <SubjectFields title="Titre" subject={subject} errors={form.errors} />
        {flow && (
          <>
            <RadioGroup
              name="direction"
              label="Ce gisement est"
              look="inline"
              options={[
                { value: 'offered', label: 'Offert' },
                { value: 'sought', label: 'Cherché' },
              ]}
              value={direction}
              onChange={setDirection}
            />
            <TextField
              name="quantity"
              label="Quantité"
              width="short"
              value={quantity}
              onChange={setQuantity}
              error={form.errors['quantity']}
              native={{ inputMode: 'decimal' }}
            />
            <TextField
              name="unit"
              label="Unité"
              width="short"
              hint="Tonnes, m³, pièces…"
              value={unit}
              onChange={setUnit}
              error={form.errors['unit']}
            />
            <TextField name="condition" label="État" optional value={condition} onChange={setCondition} />
            <TextField name="place" label="Lieu" optional value={place} onChange={setPlace} />
            <DepartmentSelect
              name="department"
              none="Choisissez"
              value={department}
              onChange={setDepartment}
              error={form.errors['department']}
            />
            <DateField
              name="available_from"
              label="Disponible à partir du"
              optional
              value={from}
              onChange={setFrom}
            />
            <DateField
              name="available_until"
              label="Disponible jusqu’au"
              optional
              value={until}
              onChange={setUntil}
              error={form.errors['available_until']}
            />
            <TextField
              name="responsibility"
              label="Responsabilité"
              optional
              hint="Qui dépose, stocke et transporte ; référence du diagnostic s’il y en a un."
              value={responsibility}
              onChange={setResponsibility}
            />
          </>
        )}
        <Actions>
          <Button type="submit" look="primary" busy={form.busy}>
            Enregistrer l’offre
          </Button>
          <Button onClick={close}>Annuler</Button>
        </Actions>
      </Form>
    </Section>
  );
}
