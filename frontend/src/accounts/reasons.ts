/** Why a passage by ProConnect ended on the sign-in screen: what happened, what to do. */
const REASONS: Record<string, [title: string, detail: string]> = {
  'proconnect-etat': [
    'La connexion par ProConnect a été interrompue',
    'Elle a pris trop de temps, ou elle a été ouverte dans un autre onglet. Recommencez.',
  ],
  'proconnect-annule': [
    'Vous avez quitté ProConnect',
    'Rien n’a été enregistré. Recommencez quand vous voulez.',
  ],
  'proconnect-refus': [
    'La réponse de ProConnect n’a pas pu être vérifiée',
    'Par prudence, personne n’a été connecté. Recommencez ; si cela persiste, prévenez l’équipe du site.',
  ],
  'proconnect-silence': [
    'ProConnect ne répond pas',
    'Réessayez dans un instant, ou connectez-vous autrement.',
  ],
  'proconnect-sans-adresse': [
    'ProConnect n’a pas transmis d’adresse électronique',
    'Clausier en a besoin pour vous écrire. Créez un compte avec votre adresse, puis rattachez ProConnect.',
  ],
  'proconnect-adresse-connue': [
    'Un compte existe déjà avec cette adresse',
    'Pour le protéger, il n’est pas ouvert sans preuve : connectez-vous ci-dessous comme d’habitude, puis rattachez ProConnect dans « Mon compte », rubrique « Sécurité ».',
  ],
  'proconnect-autre-compte': [
    'Cette identité ProConnect est celle d’un autre compte',
    'Déconnectez-vous, puis entrez avec ProConnect pour ouvrir cet autre compte.',
  ],
  'proconnect-niveau': [
    'ProConnect n’a pas demandé de second facteur',
    'Votre fournisseur d’identité ne l’a pas fait. Connectez-vous sans cette exigence, puis ajoutez une clé d’accès dans « Mon compte ».',
  ],
  'compte-ferme': ['Ce compte est fermé', 'Écrivez à l’équipe du site si vous pensez que c’est une erreur.'],
};

export function reasonOf(code: string): [title: string, detail: string] {
  return REASONS[code] ?? ['La connexion n’a pas abouti', 'Recommencez, ou connectez-vous autrement.'];
}
