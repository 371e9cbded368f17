"""The invented needs survey: its questions, and how often each choice is taken.

A question is (code, kind, label, options). Weights are those of the draw: they make no claim
about any real neighbourhood.
"""

from typing import Final

TITLE: Final = "De quoi votre quartier a-t-il besoin ?"
INTRODUCTION: Final = (
    "Dix questions, cinq minutes. Vos réponses sont anonymes et servent à décider ensemble de ce "
    "que les associations feront l'an prochain."
)

SECTIONS: Final = (
    (
        "Vous et votre quartier",
        (
            (
                "anciennete",
                "single",
                "Depuis combien de temps vivez-vous ici ?",
                {
                    "required": True,
                    "choices": (
                        ("moins_2", "Moins de deux ans", 18),
                        ("de_2_a_10", "De deux à dix ans", 41),
                        ("plus_10", "Plus de dix ans", 41),
                    ),
                },
            ),
            ("age", "integer", "Quel âge avez-vous ?", {"minimum": 12, "maximum": 110}),
            ("aime", "rating", "Sur 10, aimez-vous vivre dans ce quartier ?", {}),
        ),
    ),
    (
        "Ce qui manque",
        (
            (
                "besoins",
                "multiple",
                "Qu'est-ce qui vous manque le plus ?",
                {
                    "hint": "Plusieurs réponses possibles.",
                    "required": True,
                    "has_other": True,
                    "commitments": (0,),
                    "choices": (
                        ("sante", "Se soigner près de chez soi", 46),
                        ("transports", "Se déplacer", 38),
                        ("logement", "Se loger correctement", 33),
                        ("enfants", "Faire garder ses enfants", 24),
                        ("emploi", "Trouver un emploi ou une formation", 31),
                        ("numerique", "Faire ses démarches en ligne", 22),
                        ("francais", "Apprendre le français", 12),
                        ("rencontres", "Un lieu pour se rencontrer", 27),
                        ("rien", "Rien de tout cela", 4),
                    ),
                },
            ),
            (
                "demarches",
                "boolean",
                "Avez-vous renoncé à un droit parce que c'était trop compliqué ?",
                {},
            ),
            ("priorite", "long_text", "Si une seule chose devait changer, ce serait quoi ?", {}),
        ),
    ),
    (
        "Les associations et vous",
        (
            (
                "connait",
                "single",
                "Connaissez-vous une association de votre quartier ?",
                {
                    "choices": (
                        ("oui_participe", "Oui, et j'y participe", 21),
                        ("oui_nom", "Oui, de nom", 44),
                        ("non", "Non", 35),
                    ),
                },
            ),
            (
                "ecoute",
                "scale",
                "Les associations écoutent les habitantes et habitants.",
                {
                    "commitments": (3,),
                    "weights": (6, 14, 25, 35, 20),
                },
            ),
            (
                "creneaux",
                "multiple",
                "Quand pourriez-vous venir à une rencontre ?",
                {
                    "commitments": (3,),
                    "choices": (
                        ("midi", "En semaine, à midi", 9),
                        ("soir", "En semaine, le soir", 37),
                        ("samedi", "Le samedi", 42),
                        ("jamais", "Je ne peux pas", 15),
                    ),
                },
            ),
            (
                "merci",
                "statement",
                "Merci ! La restitution sera annoncée par affiches et sur ce site.",
                {},
            ),
        ),
    ),
)

WISHES: Final = (
    "Un médecin qui reste.",
    "Des bus le dimanche.",
    "Qu'on répare l'ascenseur.",
    "Un endroit pour les jeunes, ouvert tard.",
    "Plus de bancs et d'ombre.",
    "Qu'on nous demande notre avis avant, pas après.",
    "Une crèche.",
    "De l'aide pour les papiers sans rendez-vous sur internet.",
    "Que la place soit propre.",
    "Des cours de français le soir.",
)

OTHER_NEEDS: Final = (
    "Un marché",
    "Une piscine",
    "Des toilettes publiques",
    "Un distributeur de billets",
)
