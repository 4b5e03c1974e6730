import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Clause, Comparison } from '../api/types';
import { longDate } from '../frame/french';
import { Summary } from '../ui/Card';
import { Diff, DiffView } from '../ui/Diff';
import { Select } from '../ui/Field';
import { Failure, Skeleton } from '../ui/State';
import { diffQuery, versionsQuery } from './api';

export const CHANGES: Record<string, string> = {
  creation: 'Création',
  law: 'Droit',
  norm: 'Norme',
  market: 'Marché',
  wording: 'Rédaction',
  error: 'Correction',
};

/** The published versions, and what changed between two of them. */
export function Versions({ clause }: { clause: Clause }) {
  const versions = useQuery(versionsQuery(clause.id));
  return (
    <section className="stack tight">
      <h3>Versions publiées</h3>
      {versions.isPending && <Skeleton lines={2} />}
      {versions.isError && <Failure error={versions.error} retry={() => void versions.refetch()} />}
      {versions.data && (
        <Summary
          rows={versions.data.items.map((version) => ({
            term: `Version ${version.number}`,
            value: (
              <>
                <p>
                  Publiée le {longDate(version.published_at)}. {CHANGES[version.change.kind]} :{' '}
                  {version.change.reason}.
                </p>
                <p className="small soft">Empreinte : {version.content_hash.slice(0, 16)}</p>
              </>
            ),
          }))}
        />
      )}
      {versions.data && versions.data.items.length > 1 && <Compare clause={clause} />}
    </section>
  );
}

function Compare({ clause }: { clause: Clause }) {
  const [from, setFrom] = useState(clause.version - 1);
  const [to, setTo] = useState(clause.version);
  const diff = useQuery(diffQuery(clause.id, from, to));
  const options = Array.from({ length: clause.version }, (_, index) => ({
    value: String(index + 1),
    label: `Version ${index + 1}`,
  }));
  return (
    <section className="stack">
      <h3>Comparer deux versions</h3>
      <div className="row">
        <Select
          name="de"
          label="De"
          options={options}
          value={String(from)}
          onChange={(v) => setFrom(Number(v))}
        />
        <Select
          name="vers"
          label="À"
          options={options}
          value={String(to)}
          onChange={(v) => setTo(Number(v))}
        />
      </div>
      {diff.isPending && <Skeleton lines={4} />}
      {diff.isError && <Failure error={diff.error} retry={() => void diff.refetch()} />}
      {diff.data && <Changes found={diff.data} />}
    </section>
  );
}

/** What changed, field by field then text by text. */
export function Changes({
  found,
  after,
  heading: Heading = 'h4',
}: {
  found: Comparison;
  after?: string;
  heading?: 'h3' | 'h4';
}) {
  const before = `Version ${found.before.version}`;
  const next = after ?? `Version ${found.after.version}`;
  const wordings = found.wordings.filter((wording) => wording.move !== 'equal');
  if (!found.fields.length && !wordings.length) return <p>Ces deux textes disent la même chose.</p>;
  return (
    <DiffView>
      {found.fields.map((field) => (
        <section key={field.pointer} className="stack tight">
          <Heading>{field.label}</Heading>
          <Diff label={field.label} before={before} after={next} rows={[{ runs: field.runs }]} />
        </section>
      ))}
      {wordings.map((wording) => (
        <section key={wording.piece} className="stack tight">
          <Heading>Texte du {wording.piece}</Heading>
          <Diff label={wording.label} before={before} after={next} rows={wording.rows} />
        </section>
      ))}
    </DiffView>
  );
}
