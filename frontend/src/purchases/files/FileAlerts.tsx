import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSubmit } from '../../accounts/submit';
import { api, unwrap } from '../../api/client';
import { Button } from '../../ui/Button';
import { Section } from '../../ui/Page';
import { Failure, Skeleton, Status } from '../../ui/State';

const choiceQuery = queryOptions({
  queryKey: ['me', 'file-alerts'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/me/file-alerts', { signal })),
  staleTime: 0,
});

/** Whether one is told by mail of the clauses that change in one's files. */
export function FileAlerts() {
  const queries = useQueryClient();
  const query = useQuery(choiceQuery);
  const by_mail = query.data?.by_mail ?? true;
  const change = useSubmit(
    () => unwrap(api.PUT('/api/v1/me/file-alerts', { body: { by_mail: !by_mail } })),
    (made) => queries.setQueryData(choiceQuery.queryKey, made),
  );
  return (
    <Section
      title="Les clauses de mes dossiers"
      intro="Quand une clause d’un dossier que vous avez créé ou modifié change dans la bibliothèque : un courriel par jour au plus, pour tous vos dossiers."
    >
      {query.isPending && <Skeleton lines={2} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {change.failure && <Failure error={change.failure} />}
      {query.data && (
        <>
          <Status>
            {by_mail
              ? 'Vous recevez ce courriel.'
              : 'Vous ne recevez pas ce courriel ; chaque dossier continue de dire ses clauses changées.'}
          </Status>
          <Button className="start" busy={change.busy} onClick={() => change.submit()}>
            {by_mail ? 'Ne plus recevoir ce courriel' : 'Recevoir ce courriel'}
          </Button>
        </>
      )}
    </Section>
  );
}
