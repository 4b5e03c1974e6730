import { describe, expect, it } from 'vitest';
import { askedDeclaration, emptyLine } from './agec';
import { askedCosts, attachedMethod, EMPTY } from './lifeCycle';
import {
  addCriterion,
  addOffer,
  asked,
  EXAMPLE,
  parseSimulator,
  removeCriterion,
  withCriteria,
} from './simulator';

describe('the simulator', () => {
  it.each(['', '{', 'null', '[]', '{"criteria":3}', '{"criteria":[],"offers":[]}'])(
    'gives the example when the browser kept %j',
    (raw) => {
      expect(parseSimulator(raw)).toEqual(EXAMPLE);
    },
  );

  it('comes back as it was typed', () => {
    const draft = addOffer(addCriterion(EXAMPLE));
    expect(parseSimulator(JSON.stringify(draft))).toEqual(draft);
  });

  it('keeps one value per criterion when a criterion comes or goes', () => {
    const more = addCriterion(EXAMPLE);
    expect(more.offers.map((offer) => offer.values.length)).toEqual([4, 4]);
    expect(removeCriterion(more, 0).offers[0]?.values).toEqual(['8', '10', '']);
  });

  it('asks nothing of the server while a value is empty, and calls it missing rather than wrong', () => {
    const { body, errors, missing } = asked(addOffer(EXAMPLE));
    expect(body).toBeNull();
    expect(errors).toEqual({});
    expect(missing).toHaveLength(1);
    expect(asked(EXAMPLE).body?.offers[1]?.values).toEqual([115000, 8, 20]);
  });

  it('forgets the values when the criteria are others', () => {
    const other = EXAMPLE.criteria.map((one) => ({ ...one, label: `${one.label} bis` }));
    expect(withCriteria(EXAMPLE, other).offers[0]?.values).toEqual(['', '', '']);
    expect(withCriteria(EXAMPLE, EXAMPLE.criteria).offers).toEqual(EXAMPLE.offers);
  });
});

describe('the life-cycle cost', () => {
  const offers = EMPTY.offers.map((offer) => ({ ...offer, acquisition: '1 000' }));

  it('invents no discount rate', () => {
    expect(askedCosts({ ...EMPTY, offers, period: '10' }).errors).toHaveProperty('taux');
    expect(askedCosts({ ...EMPTY, offers, period: '10', rate: '0' }).body?.discount_rate).toBe(0);
  });

  it('goes to the RC only when the buyer attaches it with its period and its rate', () => {
    expect(attachedMethod({ ...EMPTY, period: '10', rate: '2,5' }).method).toBeNull();
    expect(attachedMethod({ ...EMPTY, attached: true }).errors).toHaveProperty('periode');
    expect(
      attachedMethod({ ...EMPTY, attached: true, period: '10', rate: '2,5' }).method?.discount_rate,
    ).toBe(2.5);
  });
});

it('leaves an amount that was not declared null, never zero', () => {
  const draft = {
    year: '2026',
    siret: '214 502 343 00015',
    name: 'Commune',
    lines: [{ ...emptyLine('5'), total: '0' }],
  };
  expect(askedDeclaration(draft).body?.lines).toEqual([
    { category: 5, comment: '', total: 0, reused: null, donated: null, recycled: null },
  ]);
});
