import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from '../frame/address';
import { apiQuery, isFiltered, parseFilters, without, withValues } from './filters';

describe('the filters of an address', () => {
  it('come and go without loss', () => {
    const address = '?family=mobilier&family=textile&level=1&q=r%C3%A9emploi&sort=recent';
    const filters = parseFilters(parseSearch(address));
    expect(filters).toEqual({ family: ['mobilier', 'textile'], level: ['1'], q: 'réemploi', sort: 'recent' });
    expect(parseFilters(parseSearch(stringifySearch({ ...filters })))).toEqual(filters);
  });

  it('drop what is not a filter', () => {
    expect(
      parseFilters({ sort: 'price', evil: 'x', family: ['', 'mobilier', 'mobilier'], cpv: 'abc', q: '  ' }),
    ).toEqual({ family: ['mobilier'] });
  });

  it('keep eight digits of a CPV code', () => {
    expect(parseFilters({ cpv: '39160000-2' })).toEqual({ cpv: '39160000' });
  });
});

it('removes one value, then the facet with its last value', () => {
  const filters = { family: ['mobilier', 'textile'] };
  expect(without(filters, 'family', 'textile')).toEqual({ family: ['mobilier'] });
  expect(without(withValues({}, 'family', ['mobilier']), 'family', 'mobilier')).toEqual({});
  expect([isFiltered({}), isFiltered({ sort: 'title' }), isFiltered(filters)]).toEqual([false, false, true]);
});

it('asks the API for relevance when words are given, for titles otherwise', () => {
  expect(apiQuery({ q: 'chaise' })['sort']).toBe('relevance');
  expect(apiQuery({})['sort']).toBe('title');
});
