import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { cpvQuery, useLabels, vocabularyQuery } from '../library/api';
import { Button } from '../ui/Button';
import { Chips, Details } from '../ui/Card';
import { CheckboxGroup, RadioGroup } from '../ui/Choice';
import { ComboBox } from '../ui/ComboBox';
import { Icon } from '../ui/Icon';
import { Status } from '../ui/State';
import { natureOf, UNKNOWN } from './purchase';
import type { Asked } from './StepPurchase';

const NATURES = [
  { value: 'supplies', label: 'Fournitures' },
  { value: 'services', label: 'Services' },
  { value: 'works', label: 'Travaux' },
  { value: UNKNOWN, label: 'Je ne sais pas' },
];

/** What is bought: CPV codes, families, nature. */
export function WhatQuestions({ purchase, set, errors }: Asked) {
  const [text, setText] = useState('');
  const typed = useDeferredValue(text.trim());
  const query = useQuery(cpvQuery(typed));
  const found = typed.length > 1 ? (query.data?.items ?? []) : [];
  const [said, setSaid] = useState('');
  const choose = (code: string, label: string) => {
    setText('');
    setSaid(`Code ${code}, ${label}, ajouté.`);
    if (purchase.cpv.some((entry) => entry.code === code)) return;
    set({ cpv: [...purchase.cpv, { code, label }], ...(purchase.nature ? {} : { nature: natureOf(code) }) });
  };
  const chips = purchase.cpv.map((entry) => ({
    key: entry.code,
    text: `${entry.code} ${entry.label}`,
    remove: () => {
      set({ cpv: purchase.cpv.filter((other) => other.code !== entry.code) });
      setSaid(`Code ${entry.code} retiré.`);
    },
  }));
  return (
    <>
      <div className="stack tight">
        <ComboBox
          name="cpv"
          label="Codes CPV"
          hint="Tapez un mot ou un code, puis choisissez dans la liste. Plusieurs codes sont possibles."
          error={errors['cpv']}
          value={text}
          onInput={setText}
          searching={query.isFetching}
          groups={[
            {
              title: 'Codes CPV',
              items: found.slice(0, 10).map((e) => ({ id: e.code, label: e.label, detail: e.code })),
            },
          ]}
          onChoose={(id) => {
            const entry = found.find((e) => e.code === id);
            if (entry) choose(entry.code.slice(0, 8), entry.label);
          }}
        />
        {chips.length > 0 && <Chips label="Codes CPV choisis" chips={chips} />}
        <Status silent>{said}</Status>
        {purchase.cpv.length === 0 && <FromObject object={purchase.object} choose={choose} />}
        <Families purchase={purchase} set={set} errors={errors} />
      </div>
      <RadioGroup
        name="nature"
        label="Nature de l’achat"
        look="inline"
        options={NATURES}
        value={purchase.nature}
        error={errors['nature']}
        onChange={(nature) => set({ nature })}
      />
    </>
  );
}

/** Codes that the sentence of the object suggests. */
function FromObject({ object, choose }: { object: string; choose: (code: string, label: string) => void }) {
  const typed = useDeferredValue(object.trim());
  const query = useQuery({ ...cpvQuery(typed), enabled: typed.length >= 4 });
  const found = typed.length >= 4 ? (query.data?.items ?? []).slice(0, 4) : [];
  if (!found.length) return null;
  return (
    <div className="stack tight">
      <p className="small soft">Codes proposés d’après l’objet :</p>
      <div className="row tight">
        {found.map((entry) => (
          <Button key={entry.code} small onClick={() => choose(entry.code.slice(0, 8), entry.label)}>
            <Icon name="plus" /> {entry.label} ({entry.code.slice(0, 8)})
          </Button>
        ))}
      </div>
    </div>
  );
}

/** Clauses for any purchase, and the eco-conditions of grants: neither is something one buys. */
const NO_PURCHASE = new Set(['toutes-familles', 'financement-public']);

/** For those who do not find their code, or whose purchase spans several families. */
function Families({ purchase, set }: Asked) {
  const vocabulary = useQuery(vocabularyQuery);
  const label = useLabels();
  const options = (vocabulary.data?.families ?? [])
    .filter((family) => !NO_PURCHASE.has(family.code))
    .map((family) => ({ value: family.code, label: label('families', family.code) }));
  if (!options.length) return null;
  return (
    <Details
      summary="Je ne trouve pas mon code : choisir une famille d’achat"
      open={purchase.families.length > 0}
    >
      <CheckboxGroup
        name="families"
        label="Familles d’achat"
        hideLabel
        compact
        look="inline"
        options={options}
        values={purchase.families}
        onChange={(families) => set({ families })}
      />
    </Details>
  );
}
