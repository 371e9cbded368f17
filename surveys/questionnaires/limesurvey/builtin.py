"""The answers that LimeSurvey shows without writing them in its files. Plain Python."""

FIVE = tuple(str(number) for number in range(1, 6))
TEN = tuple(str(number) for number in range(1, 11))

ANSWERS = {
    "A": FIVE,
    "B": TEN,
    "C": ("Y", "U", "N"),
    "E": ("I", "S", "D"),
    "G": ("F", "M"),
}
"""The codes, by type of question."""

LABELS = {
    ("C", "Y"): {
        "fr": "Oui", "en": "Yes", "ar": "نعم", "tr": "Evet", "pt": "Sim", "es": "Sí", "de": "Ja",
    },
    ("C", "U"): {
        "fr": "Incertain", "en": "Uncertain", "ar": "غير متأكد", "tr": "Emin değilim",
        "pt": "Não sei", "es": "No sé", "de": "Unsicher",
    },
    ("C", "N"): {
        "fr": "Non", "en": "No", "ar": "لا", "tr": "Hayır", "pt": "Não", "es": "No", "de": "Nein",
    },
    ("E", "I"): {
        "fr": "Augmentation", "en": "Increase", "ar": "زيادة", "tr": "Artış",
        "pt": "Aumento", "es": "Aumento", "de": "Zunahme",
    },
    ("E", "S"): {
        "fr": "Sans changement", "en": "Same", "ar": "بلا تغيير", "tr": "Aynı",
        "pt": "Igual", "es": "Igual", "de": "Gleich",
    },
    ("E", "D"): {
        "fr": "Diminution", "en": "Decrease", "ar": "نقصان", "tr": "Azalış",
        "pt": "Diminuição", "es": "Disminución", "de": "Abnahme",
    },
    ("G", "F"): {
        "fr": "Féminin", "en": "Female", "ar": "أنثى", "tr": "Kadın",
        "pt": "Feminino", "es": "Femenino", "de": "Weiblich",
    },
    ("G", "M"): {
        "fr": "Masculin", "en": "Male", "ar": "ذكر", "tr": "Erkek",
        "pt": "Masculino", "es": "Masculino", "de": "Männlich",
    },
}  # fmt: skip


def label(type_: str, code: str, languages: tuple[str, ...]) -> dict[str, str]:
    """What is shown for a code, in each language that is known, or else in English."""
    said = LABELS.get((type_, code))
    if said is None:
        return {languages[0]: code}
    texts = {one: said[one.split("-")[0]] for one in languages if one.split("-")[0] in said}
    return {languages[0]: said["en"], **texts}
