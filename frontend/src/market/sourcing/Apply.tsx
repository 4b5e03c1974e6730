import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useSubmit } from '../../accounts/submit';
import { api, unwrap } from '../../api/client';
import type { components } from '../../api/schema';
import { Button } from '../../ui/Button';
import { Section } from '../../ui/Page';
import { Row, Rows } from '../../ui/Rows';
import { Failure, Said } from '../../ui/State';
import type { Sourcing, Synthesis } from './api';

type Proposal = Synthesis['proposals'][number];

/** What the answers propose for the file: each level accepted on its own, with its figures as the reason. */
export function Apply({ sourcing, synthesis }: { sourcing: Sourcing; synthesis: Synthesis }) {
  if (!sourcing.file_id) return null;
  return (
    <Section
      title="Appliquer à mon dossier"
      level={3}
      intro="Acceptez chaque changement l’un après l’autre : il est noté dans les décisions du dossier."
    >
      <Rows label="Niveaux proposés">
        {synthesis.proposals.map((one) => (
          <Proposed key={one.clause_id} ident={sourcing.id} proposal={one} />
        ))}
      </Rows>
      <p>
        <Link to="/dossiers/$id" params={{ id: String(sourcing.file_id) }}>
          Voir le dossier et ses décisions
        </Link>
      </p>
    </Section>
  );
}

function Proposed({ ident, proposal }: { ident: number; proposal: Proposal }) {
  const [done, setDone] = useState<components['schemas']['AppliedOut'] | null>(null);
  const level = proposal.advised;
  const apply = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/sourcings/{ident}/application', {
          params: { path: { ident } },
          body: { changes: [{ clause_id: proposal.clause_id, level: level ?? proposal.current }] },
        }),
      ),
    setDone,
  );
  const refused = done?.refused[0];
  return (
    <Row
      title={
        level === null
          ? `${proposal.clause_id} : garder le niveau ${proposal.current}`
          : `${proposal.clause_id} : du niveau ${proposal.current} au niveau ${level}`
      }
      facts={
        <>
          <p>
            {proposal.title}. {proposal.reason}
          </p>
          {apply.failure && <Failure error={apply.failure} />}
          {refused && <p>Le dossier a gardé son niveau : {refused.why}</p>}
        </>
      }
      actions={
        level !== null &&
        (done?.changed.length ? (
          <Said>{`Accepté : ${done.changed[0]}`}</Said>
        ) : (
          <Button small busy={apply.busy} about={proposal.clause_id} onClick={() => apply.submit()}>
            Accepter
          </Button>
        ))
      }
    />
  );
}
