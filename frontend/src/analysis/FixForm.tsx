import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Clause } from '../api/types';
import { clauseQuery } from '../library/api';
import { VariableField } from '../purchases/VariableFields';
import { itemErrors, textOf } from '../purchases/variables';
import { Button } from '../ui/Button';
import { Box } from '../ui/Card';
import { Checkbox, RadioGroup } from '../ui/Choice';
import { Actions, type Errors, Form } from '../ui/Form';
import { Failure, Skeleton } from '../ui/State';
import type { Fix, Spot } from './fixes';
import type { Choice } from './Fixing';

interface Props {
  start: Fix;
  choices: readonly Choice[];
  spot: Spot;
  about: string;
  onAccept: (fix: Fix) => void;
  onCancel: () => void;
}

/** Which clause, where, with which values: asked where the finding is. */
export function FixForm({ start, choices, spot, about, onAccept, onCancel }: Props) {
  const [fix, setFix] = useState(start);
  const [errors, setErrors] = useState<Errors>({});
  const [attempt, setAttempt] = useState(0);
  const query = useQuery(clauseQuery(fix.clauseId));
  const clause = query.data;
  const name = (part: string) => `${fix.key}-${part}`;

  const submit = () => {
    if (!clause) return;
    const wrong = Object.entries(itemErrors(clause.variables, fix));
    if (!wrong.length) return onAccept({ ...fix, title: clause.title });
    setErrors(Object.fromEntries(wrong.map(([variable, sentence]) => [name(variable), sentence])));
    setAttempt((n) => n + 1);
  };

  return (
    <Box sunken label={`Corriger ${about}`}>
      <Form onSubmit={submit} errors={errors} attempt={attempt}>
        {choices.length > 1 && (
          <RadioGroup
            name={name('clause')}
            label="Clause à insérer"
            value={fix.clauseId}
            options={choices.map((one) => ({ value: one.clause_id, label: one.title }))}
            onChange={(clauseId) => {
              setErrors({});
              setFix({ ...fix, clauseId, values: {}, blank: [] });
            }}
          />
        )}
        {spot.replaces && (
          <RadioGroup
            name={name('place')}
            label="Où l’écrire"
            value={fix.replace ? 'place' : 'suite'}
            options={[
              { value: 'suite', label: `Après le paragraphe ${spot.after}` },
              { value: 'place', label: `À la place du paragraphe ${spot.after}, qui est rayé` },
            ]}
            onChange={(value) => setFix({ ...fix, replace: value === 'place' })}
          />
        )}
        {query.isPending && <Skeleton lines={3} />}
        {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
        {clause && <Values fix={fix} clause={clause} errors={errors} onChange={setFix} />}
        <Actions>
          <Button type="submit" look="primary" about={about}>
            Accepter la correction
          </Button>
          <Button look="quiet" onClick={onCancel} about={about}>
            Annuler
          </Button>
          <Link to="/clauses/$id" params={{ id: fix.clauseId }}>
            Lire la clause
          </Link>
        </Actions>
      </Form>
    </Box>
  );
}

function Values({
  fix,
  clause,
  errors,
  onChange,
}: {
  fix: Fix;
  clause: Clause;
  errors: Errors;
  onChange: (fix: Fix) => void;
}) {
  return (
    <>
      {Object.entries(clause.variables).map(([variable, about]) => {
        const name = `${fix.key}-${variable}`;
        const blank = fix.blank.includes(variable);
        return (
          <div key={variable} className="stack tight">
            {blank ? (
              <p className="strong">{about.label}</p>
            ) : (
              <VariableField
                name={name}
                variable={about}
                value={textOf(about, fix.values[variable])}
                error={errors[name]}
                onChange={(value) => onChange({ ...fix, values: { ...fix.values, [variable]: value } })}
              />
            )}
            <Checkbox
              name={`${name}-blanc`}
              label={
                <>
                  Laisser en blanc<span className="hidden"> : {about.label}</span>
                </>
              }
              checked={blank}
              onChange={(on) =>
                onChange({
                  ...fix,
                  blank: on ? [...fix.blank, variable] : fix.blank.filter((one) => one !== variable),
                })
              }
            />
          </div>
        );
      })}
    </>
  );
}
