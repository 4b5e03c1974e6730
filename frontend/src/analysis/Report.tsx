import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { explain } from '../api/problem';
import type { Analysis, AnalysisResult } from '../api/types';
import { count } from '../frame/french';
import { Findings } from '../purchases/Findings';
import { Button, ButtonLink } from '../ui/Button';
import { Details } from '../ui/Card';
import { Coverage } from '../ui/Coverage';
import { Actions } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Progress } from '../ui/Progress';
import { Empty, Failure, Skeleton } from '../ui/State';
import { analysisQuery, erase } from './api';
import { Corrections } from './Corrections';
import { forgetFiles } from './files';
import { lastAnalysis } from './lastAnalysis';
import { OwnClauses } from './OwnClauses';
import { Risks } from './Risks';
import { Roles } from './Roles';

const CRUMBS = [{ label: 'Analyser', link: { to: '/analyse' as const } }];

export function Report() {
  const { id } = useParams({ from: '/analyse/$id' });
  const query = useQuery(analysisQuery(id));
  const names = query.data?.files.map((file) => file.name).join(', ') ?? '';
  return (
    <Page title="Ce que dit l’analyse" lead={names} crumbs={CRUMBS}>
      {query.isPending ? (
        <Skeleton blocks={3} />
      ) : query.isError ? (
        <Gone error={query.error} />
      ) : (
        <State analysis={query.data} />
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

function State({ analysis }: { analysis: Analysis }) {
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
        <Progress
          label={`Analyse en cours : ${count(analysis.done, 'paragraphe')} sur ${analysis.total}`}
          done={analysis.done}
          total={analysis.total}
        />
        <p className="soft">Vous pouvez fermer cette page : revenez à la même adresse.</p>
      </div>
    );
  return <Result analysis={analysis} result={analysis.result} />;
}

function Result({ analysis, result }: { analysis: Analysis; result: AnalysisResult }) {
  const { summary } = result;
  return (
    <>
      <Notice tone={summary.missing || summary.weak ? 'warning' : 'success'} title={summary.sentence}>
        {summary.missing === null && (
          <p>Les obligations n’ont pas été vérifiées : aucun achat n’était décrit.</p>
        )}
        <p>{result.notice}</p>
      </Notice>
      <Unread analysis={analysis} />
      <Section title={`Nos clauses dans votre dossier (${result.own.length})`}>
        <OwnClauses own={result.own} />
      </Section>
      <Section title={`Passages à revoir (${result.findings.length})`}>
        <Risks risks={result.findings} />
      </Section>
      {result.duties && (
        <Section title="Obligations et règles de l’achat">
          <Findings findings={result.duties.findings} />
        </Section>
      )}
      <Section
        title="Ce que couvre le dossier"
        intro={<p>Articles du dossier en lignes, leviers en colonnes.</p>}
      >
        <Map result={result} />
      </Section>
      {result.roles.length > 0 && (
        <Section title={`Autres passages qui jouent le rôle d’une clause (${result.roles.length})`}>
          <Roles roles={result.roles} />
        </Section>
      )}
      <Corrections analysis={analysis} result={result} />
      <Erase id={analysis.id} />
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
          cells: Object.fromEntries(row.cells.map((cell) => [cell.lever, cell])),
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

function Erase({ id }: { id: string }) {
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
