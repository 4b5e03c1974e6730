import { useState } from 'react';
import { useSubmit } from '../accounts/submit';
import { api, done, unwrap } from '../api/client';
import { isoDate, parseNumber } from '../frame/french';
import { Button } from '../ui/Button';
import { DateField, RadioGroup } from '../ui/Choice';
import { Select, TextField } from '../ui/Field';
import { Actions, Form } from '../ui/Form';
import { Badge } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Empty, Failure } from '../ui/State';
import type { Capability, Firm } from './api';
import { capabilityFacts } from './facts';
import { Import } from './Import';
import { tag, useRefreshFirm } from './refresh';
import { ANSWERS, labelIn, LEVELS } from './words';

export function MyCapabilities({ firm }: { firm: Firm }) {
  const [open, setOpen] = useState<Capability | 'new' | null>(null);
  const edits = firm.may.includes('edit');
  if (open && edits)
    return (
      <CapabilityForm
        key={open === 'new' ? 'new' : open.clause_id}
        firm={firm}
        current={open === 'new' ? null : open}
        close={() => setOpen(null)}
      />
    );
  return (
    <div className="stack loose">
      <Section
        title="Les clauses auxquelles vous pouvez répondre"
        intro="Vos réponses comptent dans la profondeur de marché, sans votre nom. Sur votre fiche, seules les réponses positives sont montrées."
      >
        {firm.capabilities.length === 0 && <Empty title="Aucune clause déclarée pour l’instant" />}
        {firm.capabilities.length > 0 && (
          <Rows label="Mes réponses aux clauses">
            {firm.capabilities.map((one) => (
              <CapabilityRow
                key={one.clause_id}
                item={one}
                firm={firm}
                edit={() => setOpen(one)}
                edits={edits}
              />
            ))}
          </Rows>
        )}
        {edits && (
          <Button look="primary" className="start" onClick={() => setOpen('new')}>
            Répondre à une clause
          </Button>
        )}
      </Section>
      {edits && <Import firm={firm} />}
    </div>
  );
}

function CapabilityRow({
  item,
  firm,
  edit,
  edits,
}: {
  item: Capability;
  firm: Firm;
  edit: () => void;
  edits: boolean;
}) {
  const refresh = useRefreshFirm(firm.siret);
  const withdraw = useSubmit(
    () =>
      done(
        api.DELETE('/api/v1/capabilities/{clause_id}', { params: { path: { clause_id: item.clause_id } } }),
      ),
    refresh,
  );
  return (
    <Row
      title={`${item.clause_id} – ${item.title}`}
      facts={
        <>
          {labelIn(ANSWERS, item.answer)}, niveau {labelIn(LEVELS, String(item.level)).toLowerCase()}
          {capabilityFacts(item) && ` ; ${capabilityFacts(item)}`}{' '}
          <Badge tone={item.verified ? 'success' : item.expired ? 'warning' : 'neutral'}>
            {item.verified ? 'Vérifié' : item.expired ? 'Expiré, ne compte plus' : 'Déclaré'}
          </Badge>
        </>
      }
      actions={
        edits && (
          <>
            {withdraw.failure && <Failure error={withdraw.failure} />}
            <Button small about={item.clause_id} onClick={edit}>
              Modifier
            </Button>
            <Button small about={item.clause_id} busy={withdraw.busy} onClick={() => withdraw.submit()}>
              Retirer
            </Button>
          </>
        )
      }
    />
  );
}

function CapabilityForm({
  firm,
  current,
  close,
}: {
  firm: Firm;
  current: Capability | null;
  close: () => void;
}) {
  const [clause, setClause] = useState(current?.clause_id ?? '');
  const [answer, setAnswer] = useState<string>(current?.answer ?? 'met');
  const [level, setLevel] = useState(String(current?.level ?? 1));
  const [value, setValue] = useState(
    current?.value === null || current?.value === undefined ? '' : String(current.value).replace('.', ','),
  );
  const [delay, setDelay] = useState(String(current?.delay_months || ''));
  const [until, setUntil] = useState(current?.declared_until ?? '');
  const [proof, setProof] = useState(String(current?.proof_id ?? ''));
  const [territories, setTerritories] = useState(current?.territories.join(', ') ?? '');
  const [note, setNote] = useState(current?.note ?? '');
  const refresh = useRefreshFirm(firm.siret);
  const ident = clause.trim().toUpperCase();
  const form = useSubmit(
    () =>
      unwrap(
        api.PUT('/api/v1/capabilities/{clause_id}', {
          params: { path: { clause_id: ident }, ...(current ? { header: tag(current.version) } : {}) },
          body: {
            answer: answer as 'met',
            level: Number(level),
            value: parseNumber(value),
            delay_months: Number(delay) || 0,
            note,
            territories: territories
              .split(/[,;\s]+/)
              .filter(Boolean)
              .map((code) => code.toUpperCase()),
            proof_id: proof ? Number(proof) : null,
            declared_until: isoDate(until),
          },
        }),
      ),
    () => {
      refresh();
      close();
    },
  );
  const known = /^CEC-[A-Z]{3}-\d{3}$/.test(ident);
  const already = !current && firm.capabilities.some((one) => one.clause_id === ident);
  const fault = already
    ? 'Vous avez déjà répondu à cette clause : modifiez votre réponse.'
    : 'Un identifiant de clause s’écrit comme CEC-MOB-001.';
  return (
    <Section title={current ? `Ma réponse à ${current.clause_id}` : 'Répondre à une clause'} arrive>
      <Form
        errors={form.errors}
        attempt={form.attempt}
        onSubmit={() => form.submit(known && !already ? {} : { clause: fault })}
      >
        {form.failure && <Failure error={form.failure} kept="Ce que vous avez tapé est toujours là." />}
        {!current && (
          <TextField
            name="clause"
            label="Identifiant de la clause"
            hint="Il se trouve en haut de chaque clause de la bibliothèque, par exemple CEC-MOB-001."
            width="medium"
            value={clause}
            onChange={setClause}
            error={form.errors['clause'] ?? form.errors['clause_id']}
          />
        )}
        <RadioGroup
          name="answer"
          label="Pouvez-vous y répondre ?"
          options={ANSWERS}
          value={answer}
          onChange={setAnswer}
        />
        {answer === 'met_with_delay' && (
          <TextField
            name="delay_months"
            label="Dans combien de mois"
            unit="mois"
            width="short"
            value={delay}
            onChange={setDelay}
            error={form.errors['delay_months']}
            native={{ inputMode: 'numeric' }}
          />
        )}
        <Select name="level" label="Jusqu’à quel niveau" options={LEVELS} value={level} onChange={setLevel} />
        <TextField
          name="value"
          label="Valeur que vous atteignez"
          optional
          width="short"
          hint="Si la clause demande un nombre : une part, une durée, un délai. Sans valeur, la clause telle qu’elle est proposée."
          value={value}
          onChange={setValue}
          error={form.errors['value']}
          native={{ inputMode: 'decimal' }}
        />
        <TextField
          name="territories"
          label="Seulement dans ces départements"
          optional
          hint="Codes séparés par des virgules ; vide : partout où vous intervenez."
          value={territories}
          onChange={setTerritories}
          error={form.errors['territories'] ?? form.errors['territories/0']}
        />
        <Select
          name="proof_id"
          label="Preuve"
          options={[
            { value: '', label: 'Aucune preuve jointe' },
            ...firm.proofs.map((one) => ({ value: String(one.id), label: one.title })),
          ]}
          value={proof}
          onChange={setProof}
          error={form.errors['proof_id']}
        />
        <DateField
          name="declared_until"
          label="Valable jusqu’au"
          optional
          value={until}
          onChange={setUntil}
          error={form.errors['declared_until']}
        />
        <TextField
          name="note"
          label="Précision"
          optional
          value={note}
          onChange={setNote}
          error={form.errors['note']}
        />
        <Actions>
          <Button type="submit" look="primary" busy={form.busy}>
            Enregistrer ma réponse
          </Button>
          <Button onClick={close}>Annuler</Button>
        </Actions>
      </Form>
    </Section>
  );
}
