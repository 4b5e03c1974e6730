import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { clausesPageQuery, useLabels } from '../library/api';
import { chosen, suggestionGroups, useSuggestions } from '../library/suggestions';
import { Button } from '../ui/Button';
import { ComboBox } from '../ui/ComboBox';
import { Doors, Hero, LeverList } from '../ui/Hero';
import { Page, Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { count, longDate } from '../frame/french';

export function Home() {
  return (
    <Page
      title="Que voulez-vous acheter ?"
      heading={
        <>
          Que <span className="together">voulez-vous</span> acheter ?
        </>
      }
      lead="Décrivez votre achat. Clausier dit ce que le droit demande, propose des clauses d’économie circulaire et prépare vos pièces en DOCX."
    >
      <Search />
      <Section title="Par où commencer">
        <Doors
          doors={[
            {
              icon: 'path',
              title: 'Monter mon dossier',
              text: 'Six étapes, de la description de l’achat aux pièces du marché. Sans compte.',
              link: { to: '/assistant' },
            },
            {
              icon: 'file',
              title: 'Vous avez le dossier de l’an dernier ?',
              text: 'Déposez-le : ce qui est à jour, ce qui a changé, ce qui est fragile, et le même fichier corrigé.',
              link: { to: '/analyse' },
            },
            {
              icon: 'book',
              title: 'Trouver une clause',
              text: 'Par famille d’achat, levier, pièce ou obligation, avec le texte à copier.',
              link: { to: '/clauses' },
            },
            {
              icon: 'book',
              title: 'Comprendre ma famille d’achat',
              text: 'Ce qui compte, le marché, ce qu’il ne faut pas demander, trois erreurs fréquentes.',
              link: { to: '/familles' },
            },
            {
              icon: 'scale',
              title: 'Connaître mes obligations',
              text: 'Chaque obligation avec son article, sa date et son degré de vérification.',
              link: { to: '/obligations' },
            },
            {
              icon: 'person',
              title: 'Trouver des entreprises',
              text: 'Qui sait tenir vos clauses, sur quel territoire ; lancer un sourçage dans les règles.',
              link: { to: '/entreprises' },
            },
            {
              icon: 'seal',
              title: 'Lire la charte',
              text: 'Dix engagements pour un achat public circulaire, à signer et à suivre.',
              link: { to: '/charte' },
            },
            {
              icon: 'scale',
              title: 'Simuler et calculer',
              text: 'Classement des offres, coût du cycle de vie, déclaration AGEC.',
              link: { to: '/outils' },
            },
          ]}
        />
      </Section>
      <Figures />
    </Page>
  );
}

function Search() {
  const [text, setText] = useState('');
  const navigate = useNavigate();
  const { found, searching } = useSuggestions(text);
  const groups = suggestionGroups(found, ['expression', 'famille', 'cpv', 'clause']);
  const choose = (id: string) => {
    const [kind, code] = chosen(id);
    if (kind === 'expression') setText(code);
    else if (kind === 'clause') void navigate({ to: '/clauses/$id', params: { id: code } });
    else if (kind === 'cpv') void navigate({ to: '/assistant', search: { cpv: code, objet: text.trim() } });
    else void navigate({ to: '/assistant', search: { famille: code, objet: text.trim() } });
  };
  const object = text.trim();
  return (
    <Hero
      onSubmit={() => void navigate({ to: '/assistant', search: object ? { objet: object } : {} })}
      field={
        <ComboBox
          name="achat"
          label="Votre achat"
          hideLabel
          large
          submits
          placeholder="Par exemple : fourniture de mobilier scolaire"
          value={text}
          onInput={setText}
          groups={groups}
          searching={searching}
          onChoose={choose}
        />
      }
      action={
        <Button look="primary" type="submit">
          Préparer mon dossier
        </Button>
      }
      other={
        <Button
          look="quiet"
          onClick={() => void navigate({ to: '/clauses', search: object ? { q: object } : {} })}
        >
          Chercher plutôt dans la bibliothèque
        </Button>
      }
    />
  );
}

/** The state of the library, from the library itself. */
function Figures() {
  const query = useQuery(clausesPageQuery({ sort: 'recent' }, 1));
  const label = useLabels();
  if (query.isPending) return <Skeleton lines={4} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const { total, items, facets } = query.data;
  const last = items[0]?.legal_check;
  return (
    <Section
      title={`${count(total, 'clause')} à votre disposition`}
      intro={
        last && (
          <p>Droit relu pour la dernière fois le {longDate(last)}. Choisissez un levier pour les voir.</p>
        )
      }
    >
      <LeverList
        levers={(facets['lever'] ?? [])
          .filter((lever) => lever.count > 0)
          .map((lever) => ({
            label: lever.label || label('levers', lever.code),
            count: lever.count,
            link: { to: '/clauses', search: { lever: [String(lever.code)] } },
          }))}
      />
    </Section>
  );
}
