import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { count } from '../frame/french';
import { useStored } from '../frame/storage';
import { useLabels } from '../library/api';
import { Button, ButtonLink } from '../ui/Button';
import { Card, Facts, UpDown } from '../ui/Card';
import { Confirm } from '../ui/Dialog';
import { Notice } from '../ui/Notice';
import { focusHeading, Page, Section } from '../ui/Page';
import { Empty, Failure, Status } from '../ui/State';
import { byPiece, move, remove } from './basket';
import { conflicts, missingCompanions, useClauses } from './clauses';
import { type BasketItem, draftStore } from './draft';
import { isCriterion } from './weights';

const BasketDepth = lazy(() => import('../market/DepthPanel').then((m) => ({ default: m.BasketDepth })));
const SaveBar = lazy(() => import('./files/SaveBar'));

export function Selection() {
  const { items } = useStored(draftStore);
  const [said, setSaid] = useState('');
  if (!items.length) return <EmptySelection said={said} />;
  return (
    <Page title="Ma sélection" lead={balance(items)} narrow>
      <Status silent>{said}</Status>
      <Suspense fallback={null}>
        <SaveBar />
      </Suspense>
      <Warnings items={items} />
      <Pieces items={items} say={setSaid} />
      <Suspense fallback={null}>
        <BasketDepth items={items.map((item) => ({ clause: item.clauseId }))} />
      </Suspense>
      <End />
    </Page>
  );
}

function balance(items: readonly BasketItem[]): string {
  const criteria = items.filter(isCriterion).length;
  const rest = items.length - criteria;
  return `${count(items.length, 'clause')} : ${count(rest, 'exigence')} et ${count(criteria, 'critère')}. L’ordre ci-dessous est celui des pièces.`;
}

function EmptySelection({ said }: { said: string }) {
  return (
    <Page title="Ma sélection" narrow>
      <Status silent>{said}</Status>
      <Empty title="Votre sélection est vide">
        <p>
          L’Assistant propose les clauses qui répondent à vos obligations. Vous pouvez aussi les choisir une à
          une.
        </p>
        <div className="row">
          <ButtonLink look="primary" to="/assistant">
            Décrire mon achat
          </ButtonLink>
          <ButtonLink to="/clauses">Parcourir la bibliothèque</ButtonLink>
        </div>
      </Empty>
    </Page>
  );
}

const MANY = 8;

/** What the clauses say of one another. */
export function Warnings({ items }: { items: readonly BasketItem[] }) {
  const ids = items.map((item) => item.clauseId);
  const { byId, error, retry } = useClauses(ids);
  const title = (id: string) =>
    byId.get(id)?.title ?? items.find((item) => item.clauseId === id)?.title ?? id;
  const pairs = conflicts(ids, byId);
  const missing = missingCompanions(ids, byId);
  return (
    <>
      {Boolean(error) && (
        <Failure error={error} retry={retry} kept="Votre sélection est conservée dans ce navigateur." />
      )}
      {pairs.map(({ a, b }) => (
        <Notice key={`${a}-${b}`} tone="danger" title="Deux clauses sont incompatibles">
          <p>
            « {title(a)} » et « {title(b)} » ne vont pas dans le même marché : retirez l’une des deux.
          </p>
        </Notice>
      ))}
      {missing.map(({ a, b }) => (
        <Notice key={`${a}-${b}`} tone="warning" title="Une clause en demande une autre">
          <p>
            « {title(a)} » demande aussi{' '}
            <Link to="/clauses/$id" params={{ id: b }}>
              la clause {b}
            </Link>
            .
          </p>
        </Notice>
      ))}
      {items.length > MANY && (
        <Notice tone="info" title={`${items.length} clauses, c’est beaucoup`}>
          <p>
            Au-delà de huit, le risque de disproportion augmente : gardez celles que vous saurez contrôler.
          </p>
        </Notice>
      )}
    </>
  );
}

function Pieces({ items, say }: { items: readonly BasketItem[]; say: (sentence: string) => void }) {
  const label = useLabels();
  return (
    <>
      {byPiece(items).map((group) => (
        <Section key={group.piece} title={`${group.piece} – ${label('pieces', group.piece)}`}>
          <ol className="plain stack tight">
            {group.items.map((item, index) => (
              <li key={item.clauseId}>
                <Item item={item} first={index === 0} last={index === group.items.length - 1} say={say} />
              </li>
            ))}
          </ol>
        </Section>
      ))}
    </>
  );
}

interface ItemProps {
  item: BasketItem;
  first: boolean;
  last: boolean;
  say: (sentence: string) => void;
}

function Item({ item, first, last, say }: ItemProps) {
  const label = useLabels();
  const shift = (way: -1 | 1) => () => {
    draftStore.write((draft) => move(draft, item.clauseId, way));
    say(`« ${item.title} » est ${way < 0 ? 'montée' : 'descendue'} d’un rang.`);
  };
  const drop = () => {
    draftStore.write((draft) => remove(draft, item.clauseId));
    say(`« ${item.title} » est retirée de votre sélection.`);
    focusHeading();
  };
  return (
    <Card>
      <div className="stack tight">
        <h3>
          <Link to="/clauses/$id" params={{ id: item.clauseId }}>
            {item.title}
          </Link>
        </h3>
        <Facts>
          <span>{item.clauseId}</span>
          <span>{label('kinds', item.kind)}</span>
          <span>{item.origin === 'proposed' ? 'Proposée par l’Assistant' : 'Choisie par vous'}</span>
        </Facts>
      </div>
      <div className="row ends">
        <UpDown
          about={`: ${item.title}`}
          onUp={first ? undefined : shift(-1)}
          onDown={last ? undefined : shift(1)}
        />
        <Button small look="quiet" about={`: ${item.title}`} onClick={drop}>
          Retirer
        </Button>
      </div>
    </Card>
  );
}

function End() {
  const [asking, setAsking] = useState(false);
  const empty = () => {
    draftStore.write((draft) => ({ ...draft, items: [] }));
    setAsking(false);
  };
  return (
    <div className="row">
      <ButtonLink look="primary" to="/assistant">
        Continuer dans l’Assistant
      </ButtonLink>
      <Button onClick={() => setAsking(true)}>Vider ma sélection</Button>
      <Confirm
        open={asking}
        title="Vider votre sélection ?"
        action="Vider ma sélection"
        onConfirm={empty}
        onClose={() => setAsking(false)}
      >
        <p>Les clauses, leurs valeurs et leurs raisons seront effacées. La description de l’achat reste.</p>
      </Confirm>
    </div>
  );
}
