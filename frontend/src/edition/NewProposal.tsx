import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, newKey, unwrap } from '../api/client';
import { vocabularyQuery } from '../library/api';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Select, TextField } from '../ui/Field';
import { Actions, Form } from '../ui/Form';
import { Failure } from '../ui/State';
import { fieldErrors } from './errors';

/** Opens a proposal and goes to it. */
export function usePropose() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [key, setKey] = useState(newKey);
  return useMutation({
    mutationFn: (body: { clause?: string; family?: string; model?: string | null }) =>
      unwrap(api.POST('/api/v1/edition/proposals', { params: { header: { 'Idempotency-Key': key } }, body })),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ['edition'] });
      void navigate({ to: '/edition/propositions/$id', params: { id: String(made.id) } });
    },
    onSettled: () => setKey(newKey()),
  });
}

export function NewProposal() {
  const [open, setOpen] = useState(false);
  const [family, setFamily] = useState('');
  const [model, setModel] = useState('');
  const [attempt, setAttempt] = useState(0);
  const { data } = useQuery(vocabularyQuery);
  const propose = usePropose();
  const errors = fieldErrors(propose.error, { family: 'famille', model: 'modele' });
  const submit = () =>
    propose.mutate(
      { family, model: model.trim().toUpperCase() || null },
      { onError: () => setAttempt((n) => n + 1) },
    );
  const families = (data?.families ?? []).map(({ code, label }) => ({ value: code, label }));
  return (
    <>
      <Button onClick={() => setOpen(true)}>Proposer une clause nouvelle</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Proposer une clause nouvelle">
        <Form errors={errors} attempt={attempt} onSubmit={submit}>
          {propose.isError && !Object.keys(errors).length && <Failure error={propose.error} />}
          <Select
            name="famille"
            label="Famille d’achat"
            options={[{ value: '', label: 'Choisissez' }, ...families]}
            value={family}
            error={errors['famille']}
            onChange={setFamily}
          />
          <TextField
            name="modele"
            label="Partir du texte d’une clause"
            hint="Son identifiant, par exemple CEC-MOB-001. Vide : une fiche à remplir."
            optional
            width="short"
            value={model}
            error={errors['modele']}
            onChange={setModel}
          />
          <Actions>
            <Button look="primary" type="submit" busy={propose.isPending}>
              Ouvrir le brouillon
            </Button>
            <Button onClick={() => setOpen(false)}>Annuler</Button>
          </Actions>
        </Form>
      </Dialog>
    </>
  );
}
