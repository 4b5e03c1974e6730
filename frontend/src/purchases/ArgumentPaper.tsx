import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client';
import { problemOf } from '../api/problem';
import type { LifeCycleBody } from '../api/types';
import { isoDate } from '../frame/french';
import { clauseQuery } from '../library/api';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { Failure, Status } from '../ui/State';
import { nameOf, readProblem } from './api';
import { type Download, save } from '../frame/save';
import { type CheckBody, checkBody } from './bodies';
import type { Draft } from './draft';
import { askedCosts, lifeCycleStore } from './lifeCycle';

interface Asked extends CheckBody {
  buyer_name: string;
  departments: string[];
  life_cycle_cost: LifeCycleBody | null;
}

async function fetchArgument(body: Asked): Promise<Download> {
  const { data, error, response } = await api.POST('/api/v1/network/argumentaires', {
    body,
    parseAs: 'blob',
  });
  if (!response.ok || !data) throw problemOf(await readProblem(error), response);
  return { name: nameOf(response, 'argumentaire.docx'), content: data as unknown as Blob };
}

/** The costs that the buyer attached to the file of this browser; null when none is attached or complete. */
function attachedCosts(): LifeCycleBody | null {
  const draft = lifeCycleStore.read();
  return draft.attached ? askedCosts(draft).body : null;
}

/** One page for elected officials; `here`: the draft is the one of this browser, and so are its costs. */
export function ArgumentPaper({ draft, here }: { draft: Draft; here: boolean }) {
  const queries = useQueryClient();
  const [last, setLast] = useState('');
  const download = useMutation({
    mutationFn: async () => {
      const ids = draft.items.map((item) => item.clauseId);
      const clauses = await Promise.all(ids.map((id) => queries.ensureQueryData(clauseQuery(id))));
      return fetchArgument({
        ...checkBody(draft, new Map(clauses.map((clause) => [clause.id, clause]))),
        buyer_name: draft.output.buyerName.trim(),
        departments: [],
        life_cycle_cost: here ? attachedCosts() : null,
      });
    },
    onMutate: () => setLast(''),
    onSuccess: (file) => {
      save(file);
      setLast(`${file.name} est téléchargé.`);
    },
  });
  const { object, launchDate } = draft.purchase;
  if (object.trim().length < 3 || !isoDate(launchDate))
    return (
      <p className="small">
        L’argumentaire pour les élus se fait une fois l’achat décrit : son objet et sa date de lancement.
      </p>
    );
  return (
    <div className="stack tight no-print">
      <Button className="start" busy={download.isPending} onClick={() => download.mutate()}>
        <Icon name="file" /> Argumentaire pour les élus (DOCX)
      </Button>
      <Status>{download.isPending ? 'Composition de la page…' : last}</Status>
      {download.isError && <Failure error={download.error} kept="Votre dossier est conservé." />}
    </div>
  );
}
