/* The compulsory and helping pages, one chunk for all: they are short and seldom read. */
export { Accessibility } from './Accessibility';
export { Help } from './Help';
export { LegalNotice, Licence, Privacy } from './Legal';
export { Resources } from './Resources';
export { Sitemap } from './Sitemap';
