import { describe, expect, it } from 'vitest';
import { firmQuery, parseFirmFilters, parseFollowed, parseMaterials } from './filters';

describe('the filters of the directory', () => {
  it('keep what the address says and drop what is no filter', () => {
    const search = {
      q: 'bois',
      department: '2A',
      lever: ['reemploi', 'N’importe'],
      status: 'ess',
      couleur: 'bleu',
    };
    expect(parseFirmFilters(search)).toEqual({
      q: 'bois',
      department: '2A',
      lever: ['reemploi'],
      status: ['ess'],
    });
    expect(parseFollowed({ ...search, family: 'mobilier' })).toEqual({
      family: 'mobilier',
      department: '2A',
    });
  });

  it('keep a level only with the clause that it is of', () => {
    expect(parseFirmFilters({ clause: 'CEC-MOB-001', level: '2' })).toEqual({
      clause: 'CEC-MOB-001',
      level: '2',
    });
    expect(parseFirmFilters({ clause: 'mobilier', level: '2' })).toEqual({});
  });

  it('tell offered materials from those that are sought', () => {
    expect(parseMaterials({ direction: 'sought', family: 'mobilier' })).toEqual({
      direction: 'sought',
      family: 'mobilier',
    });
    expect(parseMaterials({ direction: 'both' })).toEqual({});
  });

  it('become the parameters of the API', () => {
    expect(firmQuery({ department: '35', clause: 'CEC-MOB-001', level: '3', proof: 'true' })).toEqual({
      department: ['35'],
      clause: ['CEC-MOB-001'],
      level: 3,
      proof: true,
    });
  });
});
