"""Files as LimeSurvey writes them, made of what a test says."""

from html import escape
from itertools import count


def structure(tables: dict[str, list[dict[str, str]]], *, kind: str = "Survey") -> bytes:
    def rows(ones: list[dict[str, str]]) -> str:
        return "".join(
            "<row>"
            + "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in one.items())
            + "</row>"
            for one in ones
        )

    parts = "".join(f"<{name}><rows>{rows(ones)}</rows></{name}>" for name, ones in tables.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?><document>'
        f"<LimeSurveyDocType>{escape(kind)}</LimeSurveyDocType><DBVersion>641</DBVersion>"
        f"{parts}</document>"
    ).encode()


class Structure:
    """A `.lss` in French, and in other languages if asked, that is filled question by question."""

    def __init__(self, *additional: str, assessed: bool = False) -> None:
        self.numbers = count(1)
        self.group = ""
        survey = {"sid": "9", "language": "fr", "additional_languages": " ".join(additional)}
        survey["assessments"] = "Y" if assessed else "N"
        titles = [
            {"surveyls_language": one, "surveyls_title": f"Titre {one}"}
            for one in ("fr", *additional)
        ]
        self.tables: dict[str, list[dict[str, str]]] = {
            name: []
            for name in [
                "answers",
                "answer_l10ns",
                "groups",
                "group_l10ns",
                "questions",
                "subquestions",
                "question_l10ns",
                "question_attributes",
                "defaultvalues",
                "defaultvalue_l10ns",
                "assessments",
                "quota",
            ]
        }
        self.tables |= {"surveys": [survey], "surveys_languagesettings": titles}

    def section(self, title: str, relevance: str = "1", **options: str) -> "Structure":
        self.group = str(next(self.numbers))
        self.tables["groups"].append(
            {"gid": self.group, "group_order": self.group, "grelevance": relevance, **options}
        )
        self.tables["group_l10ns"].append(
            {"gid": self.group, "group_name": title, "language": "fr"}
        )
        return self

    def ask(
        self,
        code: str,
        type_: str,
        label: str = "Une question ?",
        *,
        answers: dict[str, str] | None = None,
        scores: dict[str, str] | None = None,
        below: dict[str, str] | None = None,
        attributes: dict[str, str] | None = None,
        second_scale: dict[str, str] | None = None,
        **options: str,
    ) -> "Structure":
        if not self.group:
            self.section("Partie")
        key = str(next(self.numbers))
        row = {"qid": key, "parent_qid": "0", "gid": self.group, "type": type_, "title": code}
        row |= {"question_order": key, "relevance": "1", "mandatory": "N", "other": "N", **options}
        self.tables["questions"].append(row)
        self.say("question", "qid", key, {"fr": label}, "question")
        for sub, text in (below or {}).items():
            below_key = str(next(self.numbers))
            self.tables["subquestions"].append(
                {"qid": below_key, "parent_qid": key, "title": sub, "question_order": below_key}
            )
            self.say("question", "qid", below_key, {"fr": text}, "question")
        for scale, ones in enumerate((answers, second_scale)):
            for answer, text in (ones or {}).items():
                aid = str(next(self.numbers))
                self.tables["answers"].append(
                    {
                        "aid": aid,
                        "qid": key,
                        "code": answer,
                        "sortorder": aid,
                        "assessment_value": (scores or {}).get(answer, "0"),
                        "scale_id": str(scale),
                    }
                )
                self.say("answer", "aid", aid, {"fr": text}, "answer")
        for name, value in (attributes or {}).items():
            self.tables["question_attributes"].append(
                {"qid": key, "attribute": name, "value": value}
            )
        return self

    def say(self, table: str, key: str, number: str, texts: dict[str, str], column: str) -> None:
        for language, text in texts.items():
            self.tables[f"{table}_l10ns"].append({key: number, "language": language, column: text})

    def key_of(self, code: str) -> str:
        return next(one["qid"] for one in self.tables["questions"] if one["title"] == code)

    def bytes(self) -> bytes:
        return structure(self.tables)


HEADER = (
    "class\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\tvalidation\tmandatory\tother\t"
    "default\tsame_default\tmax_answers"
)


def tabs(*rows: str) -> bytes:
    """Rows whose cells are separated by `|`, below the usual header."""
    lines = [HEADER, *("\t".join(row.split("|")) for row in rows)]
    return ("\ufeff" + "\n".join(lines) + "\n").encode()
