import { Doors } from '../ui/Hero';
import { Page, Section } from '../ui/Page';

export function Tools() {
  return (
    <Page
      title="Outils"
      lead="Trois calculs utiles avant et après la consultation. Sans compte, gardés dans ce navigateur."
    >
      <Section title="Choisissez un outil">
        <Doors
          doors={[
            {
              icon: 'scale',
              title: 'Simuler le classement des offres',
              text: 'Votre critère environnemental départage-t-il les offres, et à partir de quel poids ?',
              link: { to: '/outils/simulateur' },
            },
            {
              icon: 'path',
              title: 'Calculer le coût du cycle de vie',
              text: 'Achat, utilisation, maintenance, fin de vie, externalités : le coût complet, et la méthode pour le RC.',
              link: { to: '/outils/cout-cycle-de-vie' },
            },
            {
              icon: 'file',
              title: 'Déclaration AGEC',
              text: 'La part annuelle de biens réemployés ou recyclés, en CSV pour data.gouv.fr.',
              link: { to: '/outils/declaration-agec' },
            },
          ]}
        />
      </Section>
    </Page>
  );
}
