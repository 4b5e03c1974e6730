import { describe, expect, it } from 'vitest';
import { EMPTY_PURCHASE, type PurchaseDraft } from './draft';
import { natureOf, purchaseErrors, purchaseIn, relevant } from './purchase';

const FURNITURE: PurchaseDraft = {
  ...EMPTY_PURCHASE,
  object: ' Fourniture de mobilier scolaire ',
  cpv: [{ code: '39160000', label: 'Mobilier scolaire' }],
  nature: 'supplies',
  amount: '120 000',
  launchDate: '2026-12-01',
  procedure: 'adapted',
  buyerKind: 'local_authority',
  population: '3 000',
};

describe('step 1', () => {
  it('accepts a described purchase', () => {
    expect(purchaseErrors(FURNITURE)).toEqual({});
  });

  it('says in page order what is missing', () => {
    expect(Object.keys(purchaseErrors(EMPTY_PURCHASE))).toEqual([
      'object',
      'cpv',
      'nature',
      'amount',
      'procedure',
      'launchDate',
      'buyerKind',
    ]);
  });

  it.each([
    ['12o 000', 'amount'],
    ['0', 'amount'],
    ['-5', 'amount'],
  ])('refuses the amount %s', (amount, field) => {
    expect(Object.keys(purchaseErrors({ ...FURNITURE, amount }))).toEqual([field]);
  });

  it('takes « I do not know » for an answer', () => {
    expect(purchaseErrors({ ...FURNITURE, amount: '', amountUnknown: true, nature: 'inconnu' })).toEqual({});
  });

  it('takes a family in the place of a CPV code', () => {
    expect(purchaseErrors({ ...FURNITURE, cpv: [], families: ['mobilier'] })).toEqual({});
  });

  it('does not check a question that it does not ask', () => {
    expect(purchaseErrors({ ...FURNITURE, fleetSize: 'beaucoup', floorArea: 'grande' })).toEqual({});
    expect(purchaseErrors({ ...FURNITURE, population: '3,5' })).toHaveProperty('population');
  });
});

describe('what the API receives', () => {
  it('is the purchase, unknowns as null', () => {
    expect(purchaseIn(FURNITURE)).toEqual({
      object: 'Fourniture de mobilier scolaire',
      cpv: ['39160000'],
      nature: 'supplies',
      estimated_value: 120000,
      launch_date: '2026-12-01',
      procedure: 'adapted',
      buyer: { kind: 'local_authority', population: 3000, annual_purchases: null, fleet_size: null },
      floor_area: null,
      duration_months: null,
      defence: false,
      families: [],
    });
  });

  it('has no amount when the buyer does not know it, whatever was typed before', () => {
    expect(purchaseIn({ ...FURNITURE, amountUnknown: true }).estimated_value).toBeNull();
  });

  it('keeps the answer to a question no longer asked out of it', () => {
    expect(purchaseIn({ ...FURNITURE, buyerKind: 'state' }).buyer.population).toBeNull();
  });
});

it('asks for the floor area of works and the fleet of vehicles only', () => {
  expect(relevant(FURNITURE)).toEqual({ population: true, floorArea: false, fleet: false });
  expect(relevant({ ...FURNITURE, nature: 'works' }).floorArea).toBe(true);
  expect(relevant({ ...FURNITURE, cpv: [{ code: '34110000', label: '' }] }).fleet).toBe(true);
});

it.each([
  ['39160000', 'supplies'],
  ['45214200', 'works'],
  ['55524000', 'services'],
])('guesses the nature of %s', (cpv, nature) => {
  expect(natureOf(cpv)).toBe(nature);
});
