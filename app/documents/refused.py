"""Why a file that somebody sent is not opened: one sentence per reason, in French."""

from typing import Final

from app.text.typography import french

SENTENCES: Final = {
    "empty": "Ce fichier est vide. Choisissez le document enregistré.",
    "too-big": "Ce fichier dépasse 25 Mio. Retirez les images les plus lourdes, ou envoyez les pièces une par une.",
    "not-a-document": "Ce fichier n’est ni un DOCX, ni un ODT, ni un ZIP de ces documents.",
    "pdf": "Un PDF ne dit pas où commencent les articles : envoyez le document d’origine, en DOCX ou en ODT.",
    "rtf": "Le format RTF n’est pas lu : enregistrez le document en DOCX ou en ODT, puis renvoyez-le.",
    "old-word": "C’est un document Word 97-2003 (.doc) : enregistrez-le en .docx, puis renvoyez-le.",
    "encrypted": "Ce document est protégé par un mot de passe : retirez la protection, puis renvoyez-le.",
    "spreadsheet": "C’est un classeur : seuls les documents DOCX et ODT sont lus.",
    "slides": "C’est une présentation : seuls les documents DOCX et ODT sont lus.",
    "flat-xml": "C’est un document XML d’un seul fichier : enregistrez-le en .docx ou en .odt, puis renvoyez-le.",
    "strict": "Ce DOCX est au format « Open XML strict » : enregistrez-le comme « Document Word (.docx) ».",
    "macros": "Ce document contient des macros : enregistrez-le en .docx, sans macros, puis renvoyez-le.",
    "ole": "Ce document contient un objet OLE incorporé : remplacez-le par une image ou un tableau, puis renvoyez-le.",
    "activex": "Ce document contient un contrôle ActiveX : retirez-le, puis renvoyez-le.",
    "external-template": (
        "Ce document est attaché à un modèle extérieur : dans Word, onglet Développeur, « Modèle de document », "
        "remettez « Normal », puis renvoyez-le."
    ),
    "external": "Ce document va chercher un contenu à une adresse extérieure : incorporez-le, puis renvoyez-le.",
    "foreign-chunk": "Ce document inclut un autre fichier sans l’avoir converti : ouvrez-le, enregistrez, renvoyez-le.",
    "field": "Ce document contient un champ qui appelle un autre programme ou un autre fichier : retirez ce champ.",
    "entities": "Ce document déclare des entités XML, ce qu’aucun traitement de texte ne fait : il n’est pas ouvert.",
    "too-deep": "Ce document imbrique trop d’éléments les uns dans les autres : il n’est pas ouvert.",
    "too-wide": "Un tableau de ce document annonce trop de colonnes : le fichier est abîmé ou piégé.",
    "huge-text": "Ce document contient un texte d’un seul tenant de plus d’un mégaoctet : il n’est pas ouvert.",
    "too-long": "Ce document est trop long pour être analysé d’un coup : envoyez ses pièces une par une.",
    "bomb": "Décompressé, ce fichier serait démesuré : il n’est pas ouvert.",
    "many-entries": "Ce fichier contient plus de 2 000 éléments : il n’est pas ouvert.",
    "unsafe-name": "Ce fichier contient un nom d’élément dangereux : il n’est pas ouvert.",
    "symlink": "Ce fichier contient un lien vers un autre fichier : il n’est pas ouvert.",
    "duplicate": "Ce fichier contient deux fois le même élément : il n’est pas ouvert.",
    "overlap": "Des éléments de ce fichier se recouvrent : il n’est pas ouvert.",
    "polyglot": "Ce fichier cache un autre contenu avant ou après le document : il n’est pas ouvert.",
    "nested": "Ce ZIP contient une autre archive : mettez les documents directement dans un seul ZIP.",
    "method": "Ce fichier est compressé d’une façon qu’aucun traitement de texte n’emploie : il n’est pas ouvert.",
    "damaged": "Ce fichier est abîmé ou incomplet : ouvrez-le dans un traitement de texte, enregistrez, renvoyez-le.",
    "no-document": "Ce ZIP ne contient aucun DOCX ni ODT.",
    "no-text": "Ce document ne contient aucun texte : est-ce un scan ? Envoyez le document d’origine.",
    "many-pieces": "Ce ZIP contient plus de 40 documents : envoyez-les en plusieurs fois.",
    "too-heavy": "Ce document demande trop de mémoire ou de temps : il n’est pas ouvert.",
}


class Refused(Exception):  # noqa: N818 (a refusal is an answer, not a fault)
    """A file that is not opened, and why."""

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.where = where
        """The piece of a ZIP that it concerns."""

    @property
    def sentence(self) -> str:
        said = SENTENCES[self.code]
        return french(f"« {self.where} » : {said[:1].lower()}{said[1:]}" if self.where else said)
