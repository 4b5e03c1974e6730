import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Finding } from '../api/types';
import { Period } from '../law/DutyCard';
import { Confidence } from '../law/Confidence';
import { useStored } from '../frame/storage';
import { Card, Details } from '../ui/Card';
import { TextArea } from '../ui/Field';
import { Badge, type Tone } from '../ui/Notice';
import { draftStore } from './draft';
import { groupFindings } from './findingGroups';

/** `fix`: what a screen offers beside a finding that is open. */
export function Findings({
  findings,
  fix,
}: {
  findings: readonly Finding[];
  fix?: (finding: Finding) => ReactNode;
}) {
  return (
    <div className="stack loose">
      {groupFindings(findings).map((group) => {
        const list = (
          <ul className="plain stack tight">
            {group.findings.map((finding) => (
              <li key={`${finding.rule}-${finding.title}-${finding.message}`}>
                <FindingCard finding={finding} tone={group.tone} word={group.word} fix={fix?.(finding)} />
              </li>
            ))}
          </ul>
        );
        return (
          <section key={group.title} className="stack tight">
            <h3>
              {group.title} ({group.findings.length})
            </h3>
            {group.folded ? <Details summary={`Voir (${group.findings.length})`}>{list}</Details> : list}
          </section>
        );
      })}
    </div>
  );
}

function FindingCard({
  finding,
  tone,
  word,
  fix,
}: {
  finding: Finding;
  tone: Tone;
  word: string;
  fix: ReactNode;
}) {
  const open = finding.status === 'missing' || finding.status === 'warning';
  return (
    <Card
      aside={<FindingFacts finding={finding} tone={tone} word={word} />}
      stop={finding.status === 'missing'}
    >
      <h4>{finding.title}</h4>
      <p>{finding.message}</p>
      {finding.why && !finding.message.includes(finding.why) && <p className="soft">{finding.why}</p>}
      {finding.suggestion && (
        <p>
          <strong>Que faire : </strong>
          {finding.suggestion}
        </p>
      )}
      <Named ids={finding.clauses} covered={finding.status === 'covered'} />
      {fix}
      {open && <Justification rule={finding.rule} title={finding.title} />}
    </Card>
  );
}

function FindingFacts({ finding, tone, word }: { finding: Finding; tone: Tone; word: string }) {
  return (
    <>
      <div className="row tight">
        <Badge tone={tone}>{word}</Badge>
        {finding.origin !== 'rule' && finding.confidence !== 'verified' && (
          <Confidence value={finding.confidence} />
        )}
        {finding.origin === 'charter' && <Badge>Charte</Badge>}
        {finding.justified && <Badge tone="success">Justifié</Badge>}
      </div>
      {(finding.article || finding.source) && <p>{finding.article || finding.source}</p>}
      <p className="soft">
        <Period from={finding.in_force_from} to={null} />
      </p>
    </>
  );
}

function Named({ ids, covered }: { ids: string[]; covered: boolean }) {
  const { items } = useStored(draftStore);
  if (!ids.length) return null;
  return (
    <p>
      {covered ? 'Couvert par ' : 'Clauses concernées : '}
      {ids.map((id, index) => (
        <span key={id}>
          {index > 0 && ', '}
          {id.startsWith('CEC-') ? (
            <Link to="/clauses/$id" params={{ id }}>
              {items.find((item) => item.clauseId === id)?.title ?? id}
            </Link>
          ) : (
            id
          )}
        </span>
      ))}
      .
    </p>
  );
}

/** Why the buyer goes on all the same: kept with the file. */
function Justification({ rule, title }: { rule: string; title: string }) {
  const { justifications } = useStored(draftStore);
  const text = justifications[rule] ?? '';
  return (
    <Details
      summary={
        <>
          Justifier<span className="hidden"> : {title}</span>
        </>
      }
      open={text !== ''}
    >
      <TextArea
        name={`justification-${rule}`}
        label="Votre justification"
        hint="Elle est conservée avec le dossier. Elle ne remplace pas une clause quand le droit l’exige."
        value={text}
        native={{ maxLength: 2000 }}
        onChange={(value) =>
          draftStore.write((draft) => ({
            ...draft,
            justifications: { ...draft.justifications, [rule]: value },
          }))
        }
      />
    </Details>
  );
}
