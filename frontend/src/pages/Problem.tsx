import { queryOptions, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api, unwrap } from '../api/client';
import { ApiProblem } from '../api/problem';
import { NotFound } from '../frame/Errors';
import { Page } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';

const route = getRouteApi('/problems/$slug');

const problemQuery = (slug: string) =>
  queryOptions({
    queryKey: ['problem', slug],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/problems/{slug}', { params: { path: { slug } }, signal })),
  });

/** What the `type` of an error of the API means. */
export function Problem() {
  const { slug } = route.useParams();
  const { data, error, isPending, refetch } = useQuery(problemQuery(slug));
  if (error instanceof ApiProblem && error.status === 404) return <NotFound />;
  return (
    <Page title={data?.title ?? 'Erreur de l’API'} narrow>
      {isPending && <Skeleton />}
      {error && <Failure error={error} retry={() => void refetch()} />}
      {data && <p>{data.explanation}</p>}
    </Page>
  );
}
