/** Whether the server said that its data is invented: a word in the head of the page, so that nobody else asks. */
export const isDemo = document.querySelector('meta[name="clausier-demo"]') !== null;

export function Fictitious() {
  return (
    <>
      <strong>Données fictives.</strong> Les organisations, les personnes et les dossiers de ce site sont
      inventés pour la démonstration. Les clauses et les textes de droit sont les vrais.
    </>
  );
}
