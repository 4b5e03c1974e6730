import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Coded, Suggestions } from '../api/types';
import { capital } from '../frame/french';
import { chosen, suggestionGroups, useSuggestions } from '../library/suggestions';
import { Button } from '../ui/Button';
import { ComboBox } from '../ui/ComboBox';
import { Icon } from '../ui/Icon';
import { Status } from '../ui/State';
import { natureOf } from './purchase';
import type { Asked } from './StepPurchase';

/** What is bought, in the buyer's words, with what they mean. */
export function ObjectQuestion({ purchase, set, errors }: Asked) {
  const { found, searching } = useSuggestions(purchase.object);
  const [said, setSaid] = useState('');
  const choose = (id: string) => {
    const [kind, code] = chosen(id);
    if (kind === 'expression') set({ object: code });
    const entry = kind === 'cpv' && found?.cpv.find((other) => other.code === code);
    if (!entry) return;
    setSaid(`Code ${code}, ${entry.label}, ajouté.`);
    if (purchase.cpv.some((other) => other.code === code)) return;
    set({
      cpv: [...purchase.cpv, { code, label: entry.label }],
      ...(purchase.nature ? {} : { nature: natureOf(code) }),
    });
  };
  return (
    <div className="stack tight">
      <ComboBox
        name="object"
        label="Objet de l’achat"
        hint="Une phrase suffit, par exemple : fourniture de mobilier scolaire pour les écoles de la commune."
        error={errors['object']}
        value={purchase.object}
        onInput={(object) => set({ object })}
        groups={suggestionGroups(found, ['expression', 'cpv'])}
        searching={searching}
        onChoose={choose}
      />
      <Status silent>{said}</Status>
      {found && <Guesses found={found} purchase={purchase} set={set} errors={errors} />}
    </div>
  );
}

/** The families and levers that the sentence lets guess: a proposal, never a choice made for the buyer. */
function Guesses({ found, purchase, set }: Asked & { found: Suggestions }) {
  const [surest] = found.families;
  if (!surest && !found.levers.length) return null;
  const offered = found.families.slice(0, 3).filter((family) => !purchase.families.includes(family.code));
  const undecided = purchase.cpv.length === 0 && offered.length > 0;
  return (
    <>
      <p className="small soft">
        D’après ces mots{surest ? ` : ${named(found.families.slice(0, 3))}` : ''}
        {found.levers.length > 0 && (
          <>
            {surest ? ' ; ' : ' : '}
            {found.levers.length > 1 ? 'leviers' : 'levier'}{' '}
            <LeverLinks levers={found.levers} family={surest?.code} />
          </>
        )}
        .
      </p>
      {undecided && (
        <div className="row tight">
          {offered.map((family) => (
            <Button
              key={family.code}
              small
              onClick={() => set({ families: [...purchase.families, family.code] })}
            >
              <Icon name="plus" /> Famille {capital(family.label)}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

function named(families: Coded[]): string {
  return `${families.length > 1 ? 'familles' : 'famille'} ${families.map((f) => f.label).join(', ')}`;
}

function LeverLinks({ levers, family }: { levers: Coded[]; family: string | undefined }) {
  return levers.map((lever, index) => (
    <span key={lever.code}>
      {index > 0 && ', '}
      <Link to="/clauses" search={{ lever: [lever.code], ...(family ? { family: [family] } : {}) }}>
        {lever.label}
      </Link>
    </span>
  ));
}
