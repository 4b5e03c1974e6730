import { useStored } from '../frame/storage';
import { Button } from '../ui/Button';
import { Details } from '../ui/Card';
import { Checkbox, CheckboxGroup } from '../ui/Choice';
import { TextField } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { Section } from '../ui/Page';
import { draftStore } from './draft';
import { addLot, assignLots, nameOf, removeLot, renameLot } from './lots';
import { setOutput } from './output';

/** The lots of the consultation, and the clauses that bear on some of them only. */
export function LotsSection() {
  const draft = useStored(draftStore);
  const { lots, items } = draft;
  return (
    <Section
      title="Lots"
      intro={
        lots.length
          ? 'Une clause porte sur tous les lots, sauf si vous en cochez quelques-uns.'
          : 'Si la consultation est allotie, nommez ses lots : les pièces diront lequel chaque clause concerne.'
      }
    >
      {lots.map((lot) => (
        <div key={lot.number} className="row">
          <TextField
            name={`lot-${lot.number}`}
            label={`Intitulé du lot ${lot.number}`}
            value={lot.title}
            native={{ maxLength: 300, autoComplete: 'off' }}
            onChange={(title) => draftStore.write((old) => renameLot(old, lot.number, title))}
          />
          <Button
            small
            look="quiet"
            about={`le lot ${lot.number}`}
            onClick={() => draftStore.write((old) => removeLot(old, lot.number))}
          >
            Retirer
          </Button>
        </div>
      ))}
      <Button small className="start" onClick={() => draftStore.write(addLot)}>
        <Icon name="plus" /> Ajouter un lot
      </Button>
      {lots.length > 0 && (
        <>
          <Details summary="Répartir les clauses entre les lots">
            <div className="stack">
              {items.map((item) => (
                <CheckboxGroup
                  key={item.clauseId}
                  name={`lots-${item.clauseId}`}
                  label={item.title}
                  look="inline"
                  options={lots.map((lot) => ({ value: lot.number, label: nameOf(lot) }))}
                  values={item.lots}
                  onChange={(chosen) => draftStore.write((old) => assignLots(old, item.clauseId, chosen))}
                />
              ))}
            </div>
          </Details>
          <Checkbox
            name="un-jeu-par-lot"
            label="Un jeu de pièces par lot"
            hint="Chaque lot a son dossier dans le ZIP, avec ses clauses et celles de tous les lots."
            checked={draft.output.perLot}
            onChange={(perLot) => setOutput({ perLot })}
          />
        </>
      )}
    </Section>
  );
}
