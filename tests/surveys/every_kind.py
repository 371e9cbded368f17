"""A questionnaire that asks a question of every kind, and a group shown as one table."""

from surveys.questionnaires.definition import (
    Choice,
    Definition,
    Group,
    Question,
    Row,
    Section,
)
from surveys.questionnaires.question_types import KINDS

WISHES = ("un_banc", "un_marche", "un_jardin", "un_bus")
DAYS = ("jamais", "parfois", "souvent")
AGREEMENT = ("pas_du_tout", "plutot_pas", "plutot", "tout_a_fait")


def choices(*codes: str) -> tuple[Choice, ...]:
    labels = {code: code.replace("_", " ").capitalize() for code in codes}
    return tuple(Choice(f"c-{code}", code, {"fr": labels[code]}) for code in codes)


def rows(*codes: str) -> tuple[Row, ...]:
    return tuple(Row(f"r-{code}", code, {"fr": f"Le {code}"}) for code in codes)


def asked(code: str, kind: str, label: str, **parts) -> Question:
    return Question(f"q-{code}", code, kind, {"fr": label}, **parts)


CHOOSING = Section(
    "s-choosing",
    {"fr": "Choisir"},
    questions=(
        asked("lire", "statement", "Merci de lire ceci."),
        asked("unique", "single", "Que manque-t-il le plus ?", choices=choices(*WISHES)),
        asked(
            "liste",
            "single",
            "Et ensuite ?",
            choices=choices(*WISHES),
            has_other=True,
            appearance="minimal",
        ),
        asked(
            "plusieurs",
            "multiple",
            "Que voudriez-vous aussi ?",
            hint={"fr": "Deux réponses au plus."},
            choices=choices(*WISHES),
            has_other=True,
            maximum=2,
        ),
        asked("droit", "boolean", "Avez-vous renoncé à un droit ?", may_decline=True),
        asked("ecoute", "scale", "Les associations écoutent.", choices=choices(*AGREEMENT)),
        asked(
            "note",
            "rating",
            "Recommanderiez-vous votre quartier ?",
            lowest_label={"fr": "Pas du tout"},
            highest_label={"fr": "Tout à fait"},
        ),
        asked("ordre", "ranking", "Classez ces envies.", choices=choices(*WISHES)),
        asked("deux", "ranking", "Les deux premières ?", choices=choices(*WISHES), maximum=2),
        asked(
            "semaine",
            "matrix",
            "Sortez-vous ?",
            required=True,
            rows=rows("matin", "midi", "soir"),
            choices=choices(*DAYS),
        ),
        asked(
            "avec",
            "matrix",
            "Avec qui ?",
            rows=rows("matin", "soir"),
            choices=choices("seul", "en_famille", "entre_amis"),
            several=True,
            may_decline=True,
        ),
    ),
)

WRITING = Section(
    "s-writing",
    {"fr": "Écrire"},
    questions=(
        asked("age", "integer", "Quel âge avez-vous ?", unit={"fr": "ans"}, may_decline=True),
        asked("distance", "decimal", "À quelle distance est le bus ?", unit={"fr": "km"}),
        asked("mot", "text", "Le quartier en un mot ?"),
        asked("souhait", "long_text", "Que souhaitez-vous ?"),
        asked("courriel", "email", "Votre adresse électronique ?", may_decline=True),
        asked("telephone", "phone", "Votre téléphone ?"),
        asked("naissance", "date", "Votre date de naissance ?", may_decline=True),
        asked("heure", "time", "À quelle heure rentrez-vous ?"),
        asked("quartier", "territory", "Dans quel quartier ?", may_decline=True),
        asked("lieu", "place", "Où faudrait-il un banc ?"),
        asked(
            "propre",
            "scale",
            "Les rues sont propres.",
            choices=choices(*AGREEMENT),
            group="g-table",
            required=True,
        ),
        asked(
            "calme",
            "scale",
            "Les nuits sont calmes.",
            choices=choices(*AGREEMENT),
            group="g-table",
        ),
    ),
    groups=(
        Group("g-vie", "vie", {"fr": "La vie ici"}),
        Group("g-table", "table", {"fr": "Vos rues"}, parent="g-vie", appearance="table-list"),
    ),
)

EVERY_KIND = Definition({"fr": "De tout"}, sections=(CHOOSING, WRITING))

ANSWERS = {
    "q-unique": {"choice": "c-un_banc"},
    "q-liste": {"choice": "other", "other": "Un four"},
    "q-plusieurs": {"choices": ["c-un_jardin", "other"], "other": "Une école"},
    "q-droit": {"declined": True},
    "q-ecoute": {"choice": "c-plutot"},
    "q-note": 9,
    "q-ordre": {"ranking": ["c-un_jardin", "c-un_bus", "c-un_banc", "c-un_marche"]},
    "q-deux": {"ranking": ["c-un_marche", "c-un_banc"]},
    "q-semaine": {"rows": {"r-matin": "c-jamais", "r-midi": "c-souvent", "r-soir": "c-parfois"}},
    "q-avec": {"rows": {"r-soir": ["c-seul", "c-entre_amis"]}},
    "q-age": 42,
    "q-distance": 1234.5,
    "q-mot": "Vivant",
    "q-souhait": "Un banc.\nDe l'ombre.",
    "q-courriel": "aminata@exemple.fr",
    "q-telephone": "+33612345678",
    "q-naissance": "1984-05-01",
    "q-heure": "18:30",
    "q-quartier": "QN07501M",
    "q-lieu": {"label": "Devant l'école", "latitude": 48.857, "longitude": 2.352},
    "q-propre": {"choice": "c-plutot_pas"},
    "q-calme": {"choice": "c-tout_a_fait"},
}


def kinds_without_a_question() -> set[str]:
    return set(KINDS) - {question.kind for question in EVERY_KIND.questions}
