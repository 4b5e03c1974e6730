import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { explain } from '../api/problem';
import type { Analysis, AnalysisResult, Finding } from '../api/types';
import { count, number } from '../frame/french';
import { shortcutsStore } from '../frame/shortcuts';
import { useStored } from '../frame/storage';
import { Findings } from '../purchases/Findings';
import { Button, ButtonLink } from '../ui/Button';
import { Details } from '../ui/Card';
import { Coverage } from '../ui/Coverage';
import { Actions } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Progress } from '../ui/Progress';
import { Empty, Failure, Skeleton } from '../ui/State';
import { Stops } from '../ui/Stops';
import { analysisQuery, erase } from './api';
import { Corrections } from './Corrections';
import { forgetFiles } from './files';
import { docxPieces, freeSpot, keyOf } from './fixes';
import { Fixing } from './Fixing';
import { Keep, KeptNotice } from './Keep';
import { lastAnalysis } from './lastAnalysis';
import { OwnClauses } from './OwnClauses';
import { Risks } from './Risks';
import { Roles } from './Roles';
import { placeId } from './Where';

const CRUMBS = [{ label: 'Analyser', link: { to: '/analyse' as const } }];

export function Report() {
  const { id } = useParams({ from: '/analyse/$id' });
  const { garde } = useSearch({ from: '/analyse/$id' });
  const query = useQuery(analysisQuery(id));
  const names = query.data?.files.map((file) => file.name).join(', ') ?? '';
  return (
    <Page title="Ce que dit l’analyse" lead={names} crumbs={CRUMBS}>
      {query.isPending ? (
        <Skeleton blocks={3} />
      ) : query.isError ? (
        <Gone error={query.error} />
      ) : (
        <State key={id} analysis={query.data} tender={garde} />
      )}
    </Page>
  );
}

function Gone({ error }: { error: unknown }) {
  if (explain(error).status !== 404 && explain(error).status !== 422) return <Failure error={error} />;
  return (
    <Empty title="Cette analyse n’existe plus">
      <p>Les constats sont effacés au bout de 24 heures, ou dès que vous le demandez.</p>
      <ButtonLink to="/analyse">Analyser un dossier</ButtonLink>
    </Empty>
  );
}

function State({ analysis, tender }: { analysis: Analysis; tender: number | undefined }) {
  if (analysis.status === 'failed')
    return (
      <Notice tone="danger" title="L’analyse s’est interrompue">
        <p>Rien n’a été gardé de votre fichier. Renvoyez-le pour la refaire.</p>
        <div>
          <ButtonLink to="/analyse">Recommencer</ButtonLink>
        </div>
      </Notice>
    );
  if (!analysis.result)
    return (
      <div className="stack">
        <Progress label={progressOf(analysis)} done={analysis.done} total={analysis.total} />
        <p className="soft">Vous pouvez fermer cette page : revenez à la même adresse.</p>
        {!analysis.kept && <Cancel id={analysis.id} />}
      </div>
    );
  return <Result analysis={analysis} result={analysis.result} tender={tender} />;
}

/** Half of the way is our own clauses, the other half what the rest of the dossier says. */
function progressOf({ done, total }: Analysis): string {
  if (done >= Math.floor(total / 2) && done > 0)
    return 'Analyse en cours : nos clauses sont retrouvées, lecture des autres passages';
  return `Analyse en cours : recherche de nos clauses, ${count(done * 2, 'paragraphe')} sur ${number(total)}`;
}

function Result({
  analysis,
  result,
  tender,
}: {
  analysis: Analysis;
  result: AnalysisResult;
  tender: number | undefined;
}) {
  const { summary } = result;
  const { on } = useStored(shortcutsStore);
  const pieces = docxPieces(analysis);
  return (
    <>
      {tender !== undefined && analysis.kept && <KeptNotice analysis={analysis} tender={tender} />}
      <Notice tone={summary.missing || summary.weak ? 'warning' : 'success'} title={summary.sentence}>
        {summary.missing === null && (
          <p>Les obligations n’ont pas été vérifiées : aucun achat n’était décrit.</p>
        )}
        <p>{result.notice}</p>
      </Notice>
      <Unread analysis={analysis} />
      <Section title={`Nos clauses dans votre dossier (${result.own.length})`}>
        <OwnClauses analysis={analysis.id} own={result.own} />
      </Section>
      <Section title={`Passages à revoir (${result.findings.length})`}>
        <Risks analysis={analysis.id} risks={result.findings} pieces={pieces} />
      </Section>
      {result.duties && (
        <Section title="Obligations et règles de l’achat">
          <Findings
            findings={result.duties.findings}
            fix={(finding) => <DutyFix analysis={analysis} result={result} finding={finding} />}
          />
        </Section>
      )}
      <Section
        title="Ce que couvre le dossier"
        intro={<p>Articles du dossier en lignes, leviers en colonnes ; chaque case mène à ses passages.</p>}
      >
        <Map result={result} />
      </Section>
      {result.roles.length > 0 && (
        <Section title={`Autres passages qui jouent le rôle d’une clause (${result.roles.length})`}>
          <Roles roles={result.roles} />
        </Section>
      )}
      <Corrections analysis={analysis} result={result} tender={tender} />
      {!analysis.kept && <Keep analysis={analysis} />}
      {!analysis.kept && <Erase id={analysis.id} />}
      <Stops label="Aller de constat en constat" one="Constat" keys={on}>
        {on && 'Touches n et p. '}
        <Link to="/aide" hash="raccourcis">
          Aide au clavier
        </Link>
      </Stops>
    </>
  );
}

function Unread({ analysis }: { analysis: Analysis }) {
  const unread = analysis.files.flatMap((file) => file.unread);
  if (!unread.length) return null;
  return (
    <Details summary={`${count(unread.length, 'fichier')} du ZIP n’ont pas été lus`}>
      <ul className="bullets">
        {unread.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </Details>
  );
}

function Map({ result }: { result: AnalysisResult }) {
  const { coverage } = result;
  if (!coverage.rows.length)
    return <Empty title="Aucun passage du dossier n’actionne un levier d’économie circulaire" />;
  const pieces = new Set(coverage.rows.map((row) => row.piece));
  return (
    <>
      <Coverage
        caption="Articles du dossier et leviers de l’économie circulaire"
        first="Article"
        columns={coverage.levers.map((lever) => ({ key: lever.code, label: lever.label }))}
        rows={coverage.rows.map((row) => ({
          key: `${row.piece}-${row.section}`,
          label: row.section,
          ...(pieces.size > 1 ? { sub: row.piece } : {}),
          cells: Object.fromEntries(
            row.cells.map((cell) => [
              cell.lever,
              {
                ...cell,
                links: cell.paragraphs.map((paragraph) => ({
                  id: placeId({ piece: row.piece, paragraph }),
                  label: `§ ${paragraph}`,
                })),
              },
            ]),
          ),
        }))}
      />
      {coverage.absent.length > 0 && (
        <p className="soft measure">
          Leviers absents : {coverage.absent.map((lever) => lever.label.toLowerCase()).join(', ')}.
        </p>
      )}
    </>
  );
}

/** A clause for a duty that the dossier leaves open: it has no passage, so it goes after our last clause. */
function DutyFix({
  analysis,
  result,
  finding,
}: {
  analysis: Analysis;
  result: AnalysisResult;
  finding: Finding;
}) {
  const spot = freeSpot(result, '', docxPieces(analysis));
  const offered = finding.status === 'missing' && result.proposals.find((one) => one.duty === finding.duty);
  if (!offered || !spot) return null;
  return (
    <Fixing
      analysis={analysis.id}
      fixKey={keyOf.duty(finding)}
      choices={offered.choices}
      spot={spot}
      about={`: ${finding.title}`}
    />
  );
}

/** Erases an analysis, done or under way, and leaves its page. */
function useErase(id: string) {
  const navigate = useNavigate();
  const [failure, setFailure] = useState<unknown>(null);
  const go = async () => {
    try {
      await erase(id);
      await forgetFiles(id);
      lastAnalysis.write((last) => (last.id === id ? { id: '', name: '', at: '' } : last));
      await navigate({ to: '/analyse' });
    } catch (error) {
      setFailure(error);
    }
  };
  return { failure, go };
}

function Cancel({ id }: { id: string }) {
  const { failure, go } = useErase(id);
  return (
    <>
      {failure !== null && <Failure error={failure} />}
      <Button className="start" onClick={() => void go()}>
        Annuler l’analyse
      </Button>
    </>
  );
}

function Erase({ id }: { id: string }) {
  const { failure, go } = useErase(id);
  return (
    <Section title="Effacer">
      <p className="measure">Les constats s’effacent d’eux-mêmes au bout de 24 heures.</p>
      {failure !== null && <Failure error={failure} />}
      <Actions>
        <Button look="danger" onClick={() => void go()}>
          Effacer cette analyse maintenant
        </Button>
      </Actions>
    </Section>
  );
}
