import css from './Picture.module.css';

/** A picture that says something: its words come with it. */
export function Picture({ source, words }: { source: string; words: string }) {
  return <img src={source} alt={words} className={css.picture} />;
}
