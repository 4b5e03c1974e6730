import { Link } from '@tanstack/react-router';
import { Code, Grid } from '../ui/Code';
import { Page, Section } from '../ui/Page';
import { JAVASCRIPT, MESSAGE, PYTHON } from './samples';

/** For the person who writes the receiving software. */
const EVENTS = [
  ['clause.published', 'Une clause nouvelle ou une nouvelle version', 'id, version, kind, resource'],
  ['clause.withdrawn', 'Une clause sort de la bibliothèque', 'id, version, resource'],
  ['file.alert', 'Une clause d’un de vos dossiers a changé', 'file, clause, version, kind, resource'],
  ['sourcing.published', 'Un de vos sourçages est publié', 'id, closes_at, resource'],
  ['sourcing.closed', 'La clôture d’un de vos sourçages est passée', 'id, closed_at, resource'],
  ['charter.accepted', 'Votre adhésion à la charte est validée', 'id, version, resource'],
  ['firm.request', 'Un acheteur interroge votre entreprise', 'sourcing, closes_at, resource'],
  ['webhook.test', 'Le bouton « Envoyer un essai »', 'message'],
];

export function Verify() {
  return (
    <Page
      title="Recevoir un webhook et vérifier sa signature"
      lead={
        <p>
          Vos logiciels sont prévenus par une demande <code>POST</code> signée, selon Standard Webhooks.{' '}
          <Link to="/webhooks">Les webhooks de mon organisation</Link>
        </p>
      }
    >
      <Section title="Ce que vous recevez">
        <Code label="Un message">{MESSAGE}</Code>
        <ul className="bullets">
          <li>
            <code>webhook-id</code> : le même à chaque essai ; s’il est déjà connu, ne refaites rien.
          </li>
          <li>
            <code>webhook-timestamp</code> : secondes depuis 1970 ; refusez un message de plus de cinq
            minutes.
          </li>
          <li>
            <code>webhook-signature</code> : une ou plusieurs signatures <code>v1,…</code> séparées par une
            espace. Après un changement de secret il y en a deux pendant vingt-quatre heures : une seule
            suffit.
          </li>
        </ul>
        <p>
          Le message dit quoi et où le lire (<code>resource</code>), jamais le contenu : la lecture se fait
          avec vos droits. Aucune réponse à un sourçage, aucun nombre de réponses n’y figure.
        </p>
      </Section>
      <Section title="Les événements">
        <Grid
          caption="Événements annoncés"
          head={['type', 'Quand', 'data']}
          rows={EVENTS.map(([code, told, data]) => [<code key={code}>{code}</code>, told, data])}
        />
      </Section>
      <Section title="Vérifier une signature">
        <p>
          HMAC-SHA256 de <code>id.timestamp.corps</code>, avec le secret décodé (base64, après{' '}
          <code>whsec_</code>). Signez le corps reçu, octet pour octet, avant toute lecture JSON.
        </p>
        <h3>En Python</h3>
        <Code label="Vérifier en Python" copy>
          {PYTHON}
        </Code>
        <h3>En JavaScript</h3>
        <Code label="Vérifier en JavaScript" copy>
          {JAVASCRIPT}
        </Code>
      </Section>
      <Section title="Répondre">
        <ul className="bullets">
          <li>Un code 2xx en moins de quinze secondes : reçu. Le corps de votre réponse n’est pas lu.</li>
          <li>410 : le webhook est arrêté et vos administrateurs sont prévenus par courriel.</li>
          <li>
            Tout autre code, une redirection ou un silence : nouvel essai après 5 s, 5 min, 30 min, 2 h, 5 h,
            10 h, 14 h, 20 h et 24 h. <code>Retry-After</code> est respecté, un jour au plus.
          </li>
          <li>
            Rien n’aboutit pendant ces trois jours : le webhook est arrêté, et vos administrateurs sont
            prévenus.
          </li>
        </ul>
      </Section>
      <Section title="Par l’API">
        <p>
          Une clé de portée <code>webhooks:lecture</code> ou <code>webhooks:ecriture</code> fait tout ce que
          fait l’écran : <code>GET</code> et <code>POST /api/v1/webhooks</code>, puis <code>/rotation</code>,{' '}
          <code>/test</code>, <code>/deliveries</code> et <code>/resend</code>.{' '}
          <Link to="/api">Tout le contrat</Link>
        </p>
      </Section>
    </Page>
  );
}
