import { useQuery } from '@tanstack/react-query';
import { siteQuery } from './api';

const MISSING = 'à compléter par l’exploitant du site';

/** What only the operator knows comes from the configuration, and is said to be missing otherwise. */
export function Publisher() {
  const { data } = useQuery(siteQuery);
  return <p>Éditeur du site : {data?.publisher || MISSING}.</p>;
}

export function Host() {
  const { data } = useQuery(siteQuery);
  return <p>Hébergeur : {data?.host_provider || MISSING}.</p>;
}

export function Contact() {
  const { data } = useQuery(siteQuery);
  if (!data?.contact) return <>Adresse de contact : {MISSING}.</>;
  return (
    <>
      Contact : <a href={`mailto:${data.contact}`}>{data.contact}</a>.
    </>
  );
}
