import { useMutation } from '@tanstack/react-query';
import { problemOf } from '../api/problem';
import type { Clause } from '../api/types';
import { save } from '../frame/save';
import { Button } from '../ui/Button';
import { Failure } from '../ui/State';

const FORMS = [
  {
    label: 'DOCX',
    extension: 'docx',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  { label: 'Markdown', extension: 'md', type: 'text/markdown' },
] as const;

/** One address, several forms: `Accept` chooses. */
export function Downloads({ clause }: { clause: Clause }) {
  const fetched = useMutation({
    mutationFn: async (form: (typeof FORMS)[number]) => {
      const address = `/api/v1/clauses/${clause.id}/versions/${clause.version}`;
      const answer = await fetch(address, { headers: { Accept: form.type } });
      if (!answer.ok) throw problemOf(await answer.json(), answer);
      save({ content: await answer.blob(), name: `${clause.id}-v${clause.version}.${form.extension}` });
    },
  });
  return (
    <>
      <div className="row">
        {FORMS.map((form) => (
          <Button
            key={form.label}
            small
            about={`de la clause ${clause.id}`}
            busy={fetched.isPending && fetched.variables === form}
            onClick={() => fetched.mutate(form)}
          >
            Télécharger en {form.label}
          </Button>
        ))}
      </div>
      {fetched.isError && <Failure error={fetched.error} />}
    </>
  );
}
