import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSubmit } from '../../accounts/submit';
import { euros, parseNumber, percent } from '../../frame/french';
import { Table } from '../../ui/Table';
import { Button } from '../../ui/Button';
import { NumberField, Select } from '../../ui/Field';
import { type Errors, Form } from '../../ui/Form';
import { focusHeading } from '../../ui/Page';
import { Row, Rows } from '../../ui/Rows';
import { Failure, Skeleton, Status } from '../../ui/State';
import {
  changeSpending,
  declareSpending,
  removeSpending,
  type Spending,
  type SpendingBody,
  type SpendingLine,
  spendingQuery,
} from './api';

const AMOUNTS = [
  ['total', 'Dépense totale'],
  ['reused', 'Réemploi et réutilisation'],
  ['recycled', 'Matières recyclées'],
  ['donated', 'Produits issus de dons'],
] as const;

const amount = (value: number | null) => (value === null ? 'non déclaré' : euros(value));
const rate = (value: number | null) => (value === null ? 'non calculable' : percent(value));

/** What the contract bought in each category, by year: it feeds the yearly declaration. */
export function AgecSpending({ ident }: { ident: number }) {
  const query = useQuery(spendingQuery(ident));
  if (query.data) return <Lines ident={ident} spending={query.data} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton lines={4} />;
}

function Lines({ ident, spending }: { ident: number; spending: Spending }) {
  const queries = useQueryClient();
  const [open, setOpen] = useState<SpendingLine | 'new' | null>(null);
  const [said, setSaid] = useState('');
  const done = (sentence: string) => {
    setOpen(null);
    setSaid(sentence);
    void queries.invalidateQueries({ queryKey: ['files', ident, 'spending'] });
    focusHeading();
  };
  const remove = useMutation({
    mutationFn: (line: SpendingLine) => removeSpending(ident, line),
    onSuccess: () => done('La ligne est retirée.'),
  });
  const may = spending.may.includes('declare');
  return (
    <div className="stack">
      <Status silent={!said}>{said}</Status>
      {remove.isError && <Failure error={remove.error} />}
      {spending.items.length === 0 && <p className="soft">Aucune dépense déclarée pour ce marché.</p>}
      {spending.items.length > 0 && (
        <>
          <Table
            caption="Dépenses AGEC du marché"
            head={[
              'Catégorie et année',
              ...AMOUNTS.map(([, label]) => label),
              'Part réemployée',
              'Part recyclée',
            ]}
            rows={spending.items.map((line) => [
              `${line.label}, ${line.year}`,
              ...AMOUNTS.map(([name]) => amount(line[name])),
              rate(line.reuse_rate),
              rate(line.recycled_rate),
            ])}
          />
          {may && (
            <Rows label="Lignes à corriger">
              {spending.items.map((line) => (
                <Row
                  key={line.id}
                  title={`${line.label}, ${line.year}`}
                  facts={
                    open !== 'new' &&
                    open?.id === line.id && (
                      <Edit
                        ident={ident}
                        spending={spending}
                        line={line}
                        onDone={done}
                        onCancel={() => setOpen(null)}
                      />
                    )
                  }
                  actions={
                    <>
                      <Button
                        small
                        look="quiet"
                        about={`: ${line.label}, ${line.year}`}
                        onClick={() => setOpen(line)}
                      >
                        Corriger
                      </Button>
                      <Button
                        small
                        look="quiet"
                        busy={remove.isPending}
                        about={`: ${line.label}, ${line.year}`}
                        onClick={() => remove.mutate(line)}
                      >
                        Retirer
                      </Button>
                    </>
                  }
                />
              ))}
            </Rows>
          )}
        </>
      )}
      {may && open !== 'new' && (
        <Button className="start" onClick={() => setOpen('new')}>
          Déclarer une dépense
        </Button>
      )}
      {open === 'new' && (
        <Edit ident={ident} spending={spending} onDone={done} onCancel={() => setOpen(null)} />
      )}
    </div>
  );
}

function Edit({
  ident,
  spending,
  line,
  onDone,
  onCancel,
}: {
  ident: number;
  spending: Spending;
  line?: SpendingLine;
  onDone: (sentence: string) => void;
  onCancel: () => void;
}) {
  const text = (value: number | null | undefined) => (value == null ? '' : String(value).replace('.', ','));
  const [typed, setTyped] = useState<Record<string, string>>(() => ({
    year: text(line?.year),
    category: text(line?.category),
    ...Object.fromEntries(AMOUNTS.map(([name]) => [name, text(line?.[name])])),
  }));
  const { body, errors: own } = read(typed);
  const send = useSubmit(
    () =>
      line
        ? changeSpending(ident, line, body)
        : declareSpending(ident, Number(typed['year']), Number(typed['category']), body),
    () => onDone('La dépense est enregistrée.'),
  );
  const change = (name: string) => (value: string) => setTyped({ ...typed, [name]: value });
  return (
    <Form onSubmit={() => send.submit(own)} errors={send.errors} attempt={send.attempt}>
      {send.failure && <Failure error={send.failure} kept="Vos montants restent ici." />}
      {!line && (
        <>
          <NumberField
            name="year"
            label="Année des dépenses"
            value={typed['year'] ?? ''}
            error={send.errors['year']}
            onChange={change('year')}
          />
          <Select
            name="category"
            label="Catégorie"
            width="full"
            value={typed['category'] ?? ''}
            error={send.errors['category']}
            options={[
              { value: '', label: 'Choisissez une catégorie' },
              ...spending.categories.map((one) => ({ value: String(one.number), label: one.label })),
            ]}
            onChange={change('category')}
          />
        </>
      )}
      <div className="fields">
        {AMOUNTS.map(([name, label]) => (
          <NumberField
            key={name}
            name={name}
            label={label}
            unit="€ HT"
            value={typed[name] ?? ''}
            error={send.errors[name]}
            onChange={change(name)}
          />
        ))}
      </div>
      <div className="row">
        <Button type="submit" look="primary" busy={send.busy}>
          Enregistrer la dépense
        </Button>
        <Button onClick={onCancel}>Annuler</Button>
      </div>
    </Form>
  );
}

function read(typed: Record<string, string>): { body: SpendingBody; errors: Errors } {
  const errors: Errors = {};
  const year = Number(typed['year']);
  if (!Number.isInteger(year) || year < 2024 || year > 2040)
    errors['year'] = 'Donnez l’année des dépenses, à partir de 2024';
  if (!typed['category']) errors['category'] = 'Choisissez une catégorie';
  const value = (name: (typeof AMOUNTS)[number][0]) => {
    const text = typed[name] ?? '';
    const found = text.trim() ? parseNumber(text) : null;
    if (text.trim() && (found === null || found < 0))
      errors[name] = 'Donnez un montant, par exemple 12 000, ou laissez vide';
    return found;
  };
  const body = {
    total: value('total'),
    reused: value('reused'),
    recycled: value('recycled'),
    donated: value('donated'),
  };
  for (const name of ['reused', 'recycled'] as const)
    if (body.total !== null && body[name] !== null && body[name] > body.total)
      errors[name] = 'Cette part dépasse la dépense totale';
  return { body, errors };
}
