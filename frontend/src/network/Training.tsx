import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useStored } from '../frame/storage';
import { Facts } from '../ui/Card';
import { Badge } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { lessonsStore, scoreOf } from './lessons';
import { MyProgress } from './MyProgress';
import { type TrainingCard, trainingQuery } from './trainingApi';

const PATHS = [
  ['acheteurs', 'Parcours des acheteurs'],
  ['elus', 'Parcours des élus'],
  ['entreprises', 'Parcours des entreprises'],
] as const;

/** Three learning paths over the same modules, with what this browser remembers of each. */
export function Training() {
  const query = useQuery(trainingQuery);
  return (
    <Page
      title="Se former"
      lead="Des modules courts, chacun avec une leçon, des exercices corrigés et des questions expliquées. Sans compte ; vos réponses restent dans ce navigateur."
    >
      <MyProgress />
      {query.isPending && <Skeleton blocks={3} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data &&
        PATHS.map(([audience, title]) => {
          const modules = query.data.items.filter((card) => card.audience.includes(audience));
          const minutes = modules.reduce((sum, card) => sum + card.minutes, 0);
          return (
            <Section
              key={audience}
              title={title}
              intro={<p>{`${modules.length} modules, ${minutes} minutes.`}</p>}
            >
              <ol className="plain stack loose">
                {modules.map((card) => (
                  <ModuleRow key={card.code} card={card} />
                ))}
              </ol>
            </Section>
          );
        })}
    </Page>
  );
}

function ModuleRow({ card }: { card: TrainingCard }) {
  const answers = useStored(lessonsStore)[card.code];
  const score = answers && scoreOf(answers, card.questions);
  return (
    <li className="stack tight">
      <h3>
        <Link to="/formation/$code" params={{ code: card.code }}>
          {card.title}
        </Link>
      </h3>
      <p className="measure">{card.summary}</p>
      <Facts>
        <span>{`${card.minutes} minutes`}</span>
        <span>{`${card.questions} questions`}</span>
        {score && <Badge tone={score.done ? 'success' : 'neutral'}>{score.words}</Badge>}
      </Facts>
    </li>
  );
}
