import { useQuery } from '@tanstack/react-query';
import { Details, Summary } from '../ui/Card';
import { Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { registerQuery } from './api';

/** The register of personal data: the very table that the nightly purge obeys. */
export function Register() {
  const query = useQuery(registerQuery);
  return (
    <Section
      title="Le registre : ce qui est gardé, pourquoi, combien de temps"
      intro="Cette table est celle que suit l’effacement automatique, chaque nuit."
    >
      {query.isPending && <Skeleton lines={6} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data?.items.map((row) => (
        <Details key={row.code} summary={row.data}>
          <Summary
            rows={[
              { term: 'Pourquoi', value: row.purpose },
              { term: 'Fondement', value: row.basis },
              { term: 'Durée', value: row.kept },
              { term: 'Ensuite', value: row.then },
            ]}
          />
        </Details>
      ))}
    </Section>
  );
}
