import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useStored } from '../frame/storage';
import { Confidence } from '../law/Confidence';
import { ClauseLinks } from '../library/ClauseLinks';
import { Button } from '../ui/Button';
import { Details, Facts } from '../ui/Card';
import { RadioGroup } from '../ui/Choice';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Failure, Skeleton, Status } from '../ui/State';
import { Prose } from '../ui/Wording';
import { KeepResult } from './KeepResult';
import { lessonsStore, scoreOf } from './lessons';
import { moduleQuery, type TrainingModule } from './trainingApi';

const HOME = [{ label: 'Se former', link: { to: '/formation' as const } }];

export function Module() {
  const { code } = useParams({ from: '/formation/$code' });
  const query = useQuery(moduleQuery(code));
  if (query.isPending)
    return (
      <Page title="Module de formation" crumbs={HOME}>
        <Skeleton blocks={3} />
      </Page>
    );
  if (query.isError)
    return (
      <Page title="Module de formation" crumbs={HOME}>
        <Failure error={query.error} retry={() => void query.refetch()} />
      </Page>
    );
  return <Lesson module={query.data} />;
}

function Lesson({ module }: { module: TrainingModule }) {
  return (
    <Page title={module.title} crumbs={HOME} narrow lead={module.summary}>
      <Facts>
        <span>{`${module.minutes} minutes`}</span>
        <span>{`${module.questions} questions`}</span>
      </Facts>
      <Section title="À la fin, vous saurez">
        <ul className="bullets">
          {module.objectives.map((objective) => (
            <li key={objective}>{objective}</li>
          ))}
        </ul>
      </Section>
      {module.sections.map((section) => (
        <Section key={section.title} title={section.title}>
          <Prose text={section.text} />
        </Section>
      ))}
      <Section title="S’exercer sur des cas">
        {module.exercises.map((exercise) => (
          <div key={exercise.title} className="stack tight">
            <h3>{exercise.title}</h3>
            <p>{exercise.case}</p>
            <p>
              <strong>{exercise.question}</strong>
            </p>
            <Details
              summary={
                <>
                  Voir une réponse<span className="hidden"> : {exercise.title}</span>
                </>
              }
            >
              <p>{exercise.answer}</p>
            </Details>
          </div>
        ))}
      </Section>
      <Quiz module={module} />
      <Section title="Les textes de ce module">
        <ul className="plain stack tight">
          {module.texts.map((text) => (
            <li key={text.id}>
              {text.title}
              {text.article && `, ${text.article}`} <Confidence value={text.confidence} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Des clauses pour s’exercer">
        <ClauseLinks clauses={module.clauses} />
      </Section>
      <p>
        <Link to="/formation">Revenir aux parcours</Link>
      </p>
    </Page>
  );
}

function Quiz({ module }: { module: TrainingModule }) {
  const answers = useStored(lessonsStore)[module.code] ?? {};
  const score = scoreOf(answers, module.quiz.length);
  const restart = () => lessonsStore.write((all) => ({ ...all, [module.code]: {} }));
  return (
    <Section title="Vérifier ce que vous avez retenu">
      {module.quiz.map((question, index) => (
        <Question key={question.question} module={module} index={index} />
      ))}
      <Status>{Object.keys(answers).length > 0 && <p>{score.words}</p>}</Status>
      <KeepResult code={module.code} answers={answers} questions={module.quiz.length} />
      {Object.keys(answers).length > 0 && <Button onClick={restart}>Recommencer les questions</Button>}
    </Section>
  );
}

function Question({ module, index }: { module: TrainingModule; index: number }) {
  const question = module.quiz[index];
  const given = useStored(lessonsStore)[module.code]?.[index];
  const [choice, setChoice] = useState('');
  const [missing, setMissing] = useState(false);
  const name = useId();
  if (!question) return null;
  const taken = given ? String(given.choice) : choice;
  const answer = () => {
    setMissing(choice === '');
    if (choice === '') return;
    const right = Number(choice) === question.right;
    lessonsStore.write((all) => ({
      ...all,
      [module.code]: { ...all[module.code], [index]: { choice: Number(choice), right } },
    }));
  };
  return (
    <div className="stack tight">
      <RadioGroup
        name={name}
        label={`${index + 1}. ${question.question}`}
        error={missing && choice === '' ? 'Choisissez une réponse.' : undefined}
        value={taken}
        onChange={(value) => !given && setChoice(value)}
        options={question.choices.map((label, position) => ({ value: String(position), label }))}
      />
      <Status>
        {given && (
          <Notice
            tone={given.right ? 'success' : 'warning'}
            title={given.right ? 'Exact' : 'Pas tout à fait'}
          >
            {!given.right && <p>{`La bonne réponse : ${question.choices[question.right]}`}</p>}
            <p>{question.why}</p>
          </Notice>
        )}
      </Status>
      {!given && (
        <Button className="start" onClick={answer}>
          Répondre<span className="hidden"> à la question {index + 1}</span>
        </Button>
      )}
    </div>
  );
}
