"""The command that scripts and installers rely on, from a file to the pages."""

import json
import os
from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Page, Revision, Site

from intranet.management.reporting import Refused
from pages.charter.models import ArticlePage, CharterPage, Commitment
from pages.charter.queries import current_commitments, current_values

pytestmark = pytest.mark.django_db


def run(path, *options: str) -> dict:
    out = StringIO()
    call_command("import_charter", str(path), "--json", *options, stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def refusal(path) -> str:
    with pytest.raises(Refused) as refused:
        run(path)
    assert not CharterPage.objects.exists()
    return str(refused.value)


def test_the_first_import_publishes_the_charter(charter_file):
    report = run(charter_file)

    assert report["articles"][3] == {
        "number": 4,
        "title": "TENIR DANS LE TEMPS",
        "anchor": "tenir-dans-le-temps",
    }
    assert [value["anchor"] for value in report["values"]] == ["confiance", "clarte"]
    assert report["commitments"][0] == {
        "anchor": "recueillir-chaque-saison-ce-dont-les",
        "article": 3,
        "text": "Recueillir chaque saison ce dont les gens ont besoin, avec les gens ;",
    }
    assert len(report["commitments"]) == 7
    assert len(report["members"]) == 4
    assert "changes" not in report
    assert current_commitments().count() == 7
    assert current_values().count() == 2
    assert [page.live for page in ArticlePage.objects.all()] == [True] * 4


def test_the_rows_and_the_report_have_the_same_anchors(charter_file):
    report = run(charter_file)

    rows = current_commitments().values_list("anchor", "article_number", "text")
    assert [tuple(row) for row in rows] == [
        (item["anchor"], item["article"], item["text"]) for item in report["commitments"]
    ]
    assert [row.group for row in current_commitments()] == [1, 1, 1, 1, 2, 2, 2]


def test_the_real_charter_is_imported_whole(real_charter_file):
    report = run(real_charter_file)

    assert [article["number"] for article in report["articles"]] == [1, 2, 3, 4]
    assert (len(report["values"]), len(report["commitments"])) == (2, 7)
    if "CHARTER_FILE" in os.environ:
        assert len(report["members"]) == 25


def test_the_tree_is_laid_on_a_fresh_database(charter_file):
    run(charter_file)

    home = Site.objects.get(is_default_site=True).root_page
    assert home.specific_class.__name__ == "HomePage"
    assert [page.slug for page in home.get_children()] == [
        "charte",
        "actualites",
        "informations",
        "ressources",
        "agenda",
        "formulaires",
        "mentions-legales",
        "donnees-personnelles",
        "accessibilite",
        "cookies",
    ]
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_a_check_writes_nothing(charter_file):
    report = run(charter_file, "--check")

    assert len(report["commitments"]) == 7
    assert not CharterPage.objects.exists()
    assert not Commitment.objects.exists()


def test_the_same_file_again_changes_nothing(charter_file):
    first = run(charter_file)
    revisions = Revision.objects.count()

    second = run(charter_file)

    assert Revision.objects.count() == revisions
    assert second.pop("changes") == {"added": [], "reworded": [], "moved": [], "removed": []}
    assert second == first


def test_a_reworded_commitment_keeps_its_anchor_and_is_proposed_as_a_draft(charter_file, rewritten):
    run(charter_file)

    report = run(
        rewritten(("En refusant les passe-droits", "En refusant toujours les passe-droits"))
    )

    assert report["changes"] == {
        "added": [],
        "reworded": ["en-refusant-les-passe-droits"],
        "moved": [],
        "removed": [],
    }
    assert current_commitments().get(group=2, position=5).text == "En refusant les passe-droits"
    article = ArticlePage.objects.get(number=3)
    assert article.has_unpublished_changes
    assert ArticlePage.objects.get(number=1).has_unpublished_changes is False
    article.get_latest_revision().publish()
    row = current_commitments().get(anchor="en-refusant-les-passe-droits")
    assert row.text == "En refusant toujours les passe-droits"


def test_a_proposal_imported_again_makes_no_other_draft(charter_file, rewritten):
    run(charter_file)
    changed = rewritten(("En refusant les passe-droits", "En refusant toujours les passe-droits"))
    first = run(changed)
    revisions = Revision.objects.count()

    assert run(changed) == first
    assert Revision.objects.count() == revisions


def test_what_is_added_moved_and_removed_is_told(charter_file, rewritten):
    run(charter_file)
    seasons = "- Recueillir chaque saison ce dont les gens ont besoin, avec les gens ;\n"
    last = "En transmettant aussitôt les nouvelles reçues."

    report = run(
        rewritten(
            ("- En refusant les passe-droits\n", ""),
            (last, f"{last}\n- En publiant nos comptes"),
            (seasons, ""),
            ("veilleurs de nuit.\n", f"veilleurs de nuit.\n{seasons}"),
        )
    )

    assert report["changes"] == {
        "added": ["en-publiant-nos-comptes"],
        "reworded": [],
        "moved": ["recueillir-chaque-saison-ce-dont-les"],
        "removed": ["en-refusant-les-passe-droits"],
    }
    # Nothing is lost by importing: the commitment is in force until the draft is published.
    assert Commitment.objects.get(anchor="en-refusant-les-passe-droits").is_current


def test_a_commitment_that_goes_to_another_article_keeps_its_anchor(charter_file, rewritten):
    run(charter_file)
    report = run(
        rewritten(
            ("- En refusant les passe-droits\n", ""),
            (
                "Signer, c'est accepter d'être interrogé.",
                "Et l'on s'engage ainsi :\n\n- En refusant les passe-droits",
            ),
        )
    )
    assert "en-refusant-les-passe-droits" in report["changes"]["moved"]

    for number in (3, 4):
        ArticlePage.objects.get(number=number).get_latest_revision().publish()

    row = Commitment.objects.get(anchor="en-refusant-les-passe-droits")
    assert (row.is_current, row.article_number) == (True, 4)
    assert current_commitments().count() == 7


def test_a_new_article_is_proposed_unpublished(charter_file, rewritten):
    run(charter_file)
    new = "Vers le lendemain.\n\n# 5\n\n## SE SOUVENIR\n\nOn garde la trace.\n\n## D'où vient"

    report = run(rewritten(("## D'où vient", new)))

    assert report["articles"][4]["anchor"] == "se-souvenir"
    assert "se-souvenir" in report["changes"]["added"]
    assert not ArticlePage.objects.get(number=5).live


def test_a_change_of_the_closing_part_is_proposed_on_the_charter(charter_file, rewritten):
    run(charter_file)

    run(rewritten(("Le Fil bleu / ", "")))

    page = CharterPage.objects.get()
    assert len(page.member_names) == 4
    assert len(page.get_latest_revision_as_object().member_names) == 3


def test_a_text_seen_in_the_editor_is_not_a_change(charter_file):
    run(charter_file)
    article = ArticlePage.objects.get(number=1)
    stream = article.body.get_prep_value()
    stream[0]["value"] = stream[0]["value"].replace("<p>", '<p data-block-key="abc12">')
    article.body = stream
    article.save_revision().publish()
    revisions = Revision.objects.count()

    run(charter_file)

    assert Revision.objects.count() == revisions


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("vide.md", b"", "est vide"),
        ("blanc.md", b" \n\n \t", "est vide"),
        ("photo.md", b"\x89PNG\r\n\x1a\n\x00\x00\xff", "UTF-8"),
        ("nul.md", b"# 1\x00\n\n- a", "pas un fichier de texte"),
        ("latin.md", "# Charte\n\n# 1\n\nété".encode("cp1252"), "UTF-8"),
        ("utf16.md", "# Charte\n\n# 1\n\nété".encode("utf-16"), "UTF-8"),
        ("recette.md", b"# Tarte\n\nDeux pommes.", "aucun article"),
        ("sommaire.md", b"# 1\n\n# Titre\n\nDu texte.", "aucun engagement"),
        (
            "double.md",
            b"# 1\n\n# A\n\nNous :\n\n- a\n\n# 1\n\n# B\n\nc",
            "numéro 1",
        ),
        ("charte.docx", b"PK\x03\x04", "traitement de texte"),
        ("longue.md", b"# 1\n\n# A\n\nNous :\n\n- a\n" + b"a " * 200_000, "trop volumineux"),
        ("titre.md", b"# " + b"T" * 300 + b"\n\n# 1\n\n# A\n\nNous :\n\n- a", "255"),
    ],
)
def test_a_file_that_is_no_charter_is_refused_with_a_sentence(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)

    assert reason in refusal(path)


def test_a_missing_file_and_a_folder_are_refused_with_a_sentence(tmp_path):
    assert "absent.md" in refusal(tmp_path / "absent.md")
    assert str(tmp_path) in refusal(tmp_path)


def test_the_demos_charter_has_the_structure_of_the_real_one():
    report = run("surveys/demo/charter.md")

    assert len(report["articles"]) == 4
    assert len(report["values"]) == 2
    assert [item["article"] for item in report["commitments"]] == [3] * 7
    assert len(report["members"]) == 25
    assert report["closing"]["title"] == "D'où vient cette charte"
