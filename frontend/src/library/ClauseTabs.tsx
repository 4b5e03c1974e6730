import { Link } from '@tanstack/react-router';
import type { Clause } from '../api/types';
import { longDate } from '../frame/french';
import { Confidence } from '../law/Confidence';
import { Card, Facts, Summary } from '../ui/Card';
import { Graph, type Tie } from '../ui/Graph';
import { CHANGES, Versions } from './Versions';

const GAINS: Record<string, string> = {
  none: 'Aucun : la clause rappelle la loi',
  small: 'Un pas de plus que la loi',
  real: 'Nettement au-delà de la loi',
};

const STAGES: Record<string, string> = {
  conception: 'la conception',
  production: 'la production',
  transport: 'le transport',
  utilisation: 'l’utilisation',
  entretien: 'l’entretien',
  'fin-de-vie': 'la fin de vie',
};

export function Understand({ clause }: { clause: Clause }) {
  return (
    <div className="stack loose">
      <Summary
        rows={[
          { term: 'Pourquoi', value: clause.why },
          { term: 'Ce que la loi demande déjà', value: clause.baseline.statement },
          {
            term: 'Ce que la clause ajoute',
            value: `${GAINS[clause.gain.degree] ?? clause.gain.degree}. ${clause.gain.reason}`,
          },
          {
            term: 'Lien avec l’objet du marché',
            value: `Étape visée : ${STAGES[clause.link_to_subject.stage] ?? clause.link_to_subject.stage}. ${clause.link_to_subject.reason}`,
          },
        ]}
      />
      <Points title="Points de vigilance" points={clause.watch_points} />
      <Points title="Quand ne pas l’utiliser" points={clause.not_when} />
      <Relations clause={clause} />
      {clause.definitions.length > 0 && (
        <section className="stack tight">
          <h3>Définitions</h3>
          <Summary
            rows={clause.definitions.map((d) => ({
              term: d.term,
              action: (
                <Link to="/glossaire" hash={d.id}>
                  Au glossaire<span className="hidden"> : {d.term}</span>
                </Link>
              ),
              value: (
                <>
                  <p>{d.definition}</p>
                  <p className="small soft">{d.source}</p>
                </>
              ),
            }))}
          />
        </section>
      )}
    </div>
  );
}

function Points({ title, points }: { title: string; points: string[] }) {
  return (
    <section className="stack tight">
      <h3>{title}</h3>
      <ul className="bullets measure">
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </section>
  );
}

const RELATIONS: Record<string, string> = {
  requires: 'Demande aussi',
  excludes: 'Incompatible avec',
  replaces: 'Remplace',
  replaced_by: 'Remplacée par',
  pairs_with: 'Se marie avec',
  softer: 'Version plus souple',
  stronger: 'Version plus ambitieuse',
};

function Relations({ clause }: { clause: Clause }) {
  const filled = Object.entries(clause.relations).filter(
    ([name, list]) => RELATIONS[name] && list.length > 0,
  );
  if (!filled.length) return null;
  return (
    <section className="stack tight">
      <h3>Avec les autres clauses</h3>
      <Graph
        centre={clause.id}
        ties={filled.flatMap(([name, list]) => list.map((other) => ({ tie: name as Tie, id: other.id })))}
      />
      <Summary
        rows={filled.map(([name, list]) => ({
          term: RELATIONS[name] ?? name,
          value: (
            <ul className="plain stack tight">
              {list.map((other) => (
                <li key={other.id}>
                  <Link to="/clauses/$id" params={{ id: other.id }}>
                    {other.title || other.id}
                  </Link>
                </li>
              ))}
            </ul>
          ),
        }))}
      />
    </section>
  );
}

const LEGAL_RELATIONS: Record<string, string> = {
  imposes: 'Ce texte impose ce que demande la clause',
  satisfies: 'La clause aide à satisfaire ce texte',
  supports: 'Ce texte appuie la clause',
};

export function Texts({ clause }: { clause: Clause }) {
  if (!clause.legal.length)
    return <p>Aucun texte ne fonde cette clause : elle relève de votre seul choix.</p>;
  return (
    <ul className="plain stack">
      {clause.legal.map((ref) => (
        <li key={ref.text}>
          <Card>
            <h3>{ref.title}</h3>
            <Facts>
              {ref.article && <span>{ref.article}</span>}
              {ref.in_force_from && <span>En vigueur depuis le {longDate(ref.in_force_from)}</span>}
              <Confidence value={ref.confidence} />
            </Facts>
            <p>{LEGAL_RELATIONS[ref.relation] ?? ref.relation}.</p>
          </Card>
        </li>
      ))}
    </ul>
  );
}

const PROOF_STAGES: Record<string, string> = {
  candidature: 'Avec la candidature',
  offre: 'Avec l’offre',
  execution: 'En cours d’exécution',
  fin: 'En fin de marché',
};

const BURDENS = ['faible', 'moyenne', 'forte'];

export function Evidence({ clause }: { clause: Clause }) {
  const { control, penalty, scoring } = clause;
  return (
    <div className="stack loose">
      {clause.evidence.length > 0 && (
        <section className="stack tight">
          <h3>Preuves à demander</h3>
          <Summary
            rows={clause.evidence.map((proof) => ({
              term: PROOF_STAGES[proof.stage] ?? proof.stage,
              value: (
                <>
                  <p>{proof.what}.</p>
                  <p className="small soft">
                    Équivalents acceptés : {proof.equivalents}. Charge pour l’entreprise :{' '}
                    {BURDENS[proof.burden - 1]}.
                  </p>
                </>
              ),
            }))}
          />
        </section>
      )}
      {control && (
        <Block
          title="Contrôle"
          rows={[
            ['Qui', control.who],
            ['Quand', control.when],
            ['Comment', control.how],
          ]}
        />
      )}
      {penalty && (
        <Block
          title="Sanction"
          rows={[
            ['Assiette', penalty.basis],
            ['Mise en demeure', penalty.notice_days ? `${penalty.notice_days} jours` : 'Sans délai'],
            ['Plafond', penalty.cap],
          ]}
        />
      )}
      {scoring && <Scoring scoring={scoring} />}
      {clause.labels.length > 0 && (
        <section className="stack tight">
          <h3>Labels et normes cités, « ou équivalent »</h3>
          <Summary
            rows={clause.labels.map((l) => ({
              term: l.name,
              value: [l.covers, l.note].filter(Boolean).join(' '),
            }))}
          />
        </section>
      )}
    </div>
  );
}

function Block({ title, rows }: { title: string; rows: [string, string][] }) {
  return (
    <section className="stack tight">
      <h3>{title}</h3>
      <Summary rows={rows.map(([term, value]) => ({ term, value }))} />
    </section>
  );
}

function Scoring({ scoring }: { scoring: NonNullable<Clause['scoring']> }) {
  return (
    <Block
      title="Notation du critère"
      rows={[
        ['Question posée', scoring.question],
        ['Forme de la réponse', scoring.answer_form],
        [
          'Poids',
          `De ${scoring.weight_min} % à ${scoring.weight_max} % ; ${scoring.weight_default} % par défaut`,
        ],
        ...(scoring.steps.length ? ([['Barème', scoring.steps.join(' ; ')]] as [string, string][]) : []),
        ['Exemple chiffré', scoring.example],
      ]}
    />
  );
}

export function History({ clause }: { clause: Clause }) {
  return (
    <div className="stack loose">
      <section className="stack tight">
        <h3>Changements</h3>
        <Summary
          rows={clause.changelog.map((change) => ({
            term: longDate(change.date),
            value: `${CHANGES[change.kind] ?? change.kind} : ${change.reason}.`,
          }))}
        />
      </section>
      <Versions clause={clause} />
      <section className="stack tight">
        <h3>Sources</h3>
        <ul className="bullets measure">
          {clause.sources.map((source) => (
            <li key={source.title}>
              {source.title}, {source.publisher}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
