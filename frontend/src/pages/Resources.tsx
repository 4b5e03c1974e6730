import { RESOURCES } from '../frame/places';
import { Doors } from '../ui/Hero';
import { Page, Section } from '../ui/Page';

/** The hub of what is neither the library nor one's own work. */
export function Resources() {
  return (
    <Page title="Ressources" lead="Comprendre le droit, se former, échanger, calculer, réutiliser.">
      {RESOURCES.map((district) => (
        <Section key={district.title} title={district.title}>
          <Doors doors={district.places} />
        </Section>
      ))}
    </Page>
  );
}
