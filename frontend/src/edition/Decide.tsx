import { useState } from 'react';
import type { EditProposal } from '../api/types';
import { Button } from '../ui/Button';
import { RadioGroup } from '../ui/Choice';
import { TextArea } from '../ui/Field';
import { Actions, Form } from '../ui/Form';
import { acts } from './api';
import type { useAct } from './Proposal';

/** A reader's decision: one reading, favourable or to be taken up again, or a refusal. */
export function Decide({ row, act }: { row: EditProposal; act: ReturnType<typeof useAct> }) {
  const [choice, setChoice] = useState('');
  const [note, setNote] = useState('');
  const [attempt, setAttempt] = useState(0);
  const can = (right: string) => row.may.includes(right);
  const options = [
    ...(can('read_legal')
      ? [
          { value: 'legal-approved', label: 'Relecture juridique favorable' },
          { value: 'legal-returned', label: 'Droit à reprendre' },
        ]
      : []),
    ...(can('read_technical')
      ? [
          { value: 'technical-approved', label: 'Relecture technique favorable' },
          { value: 'technical-returned', label: 'Technique à reprendre' },
        ]
      : []),
    ...(can('refuse') ? [{ value: 'refuse', label: 'Refuser la proposition' }] : []),
  ];
  const needsNote = choice.endsWith('returned') || choice === 'refuse';
  const errors = {
    ...(attempt && !choice ? { decision: 'Choisissez une décision.' } : {}),
    ...(attempt && needsNote && note.trim().length < 10
      ? { note: 'Dites pourquoi, en dix caractères au moins.' }
      : {}),
  };
  const submit = () => {
    setAttempt((n) => n + 1);
    if (!choice || (needsNote && note.trim().length < 10)) return;
    const [part, verdict] = choice.split('-') as ['legal' | 'technical', 'approved' | 'returned'];
    act.mutate(() => (choice === 'refuse' ? acts.refuse(row, note) : acts.read(row, part, verdict, note)), {
      onSuccess: () => {
        setChoice('');
        setNote('');
        setAttempt(0);
      },
    });
  };
  return (
    <Form errors={errors} attempt={attempt} onSubmit={submit}>
      <RadioGroup
        name="decision"
        label="Votre décision"
        options={options}
        value={choice}
        error={'decision' in errors ? errors.decision : undefined}
        onChange={setChoice}
      />
      <TextArea
        name="note"
        label="Votre remarque"
        optional={!needsNote}
        value={note}
        error={'note' in errors ? errors.note : undefined}
        onChange={setNote}
      />
      <Actions>
        <Button look="primary" type="submit" busy={act.isPending}>
          Rendre la décision
        </Button>
      </Actions>
    </Form>
  );
}
