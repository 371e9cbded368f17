from pages.charter.models import Commitment, Value
from pages.charter.queries import current_commitments, current_values
from tests.pages.conftest import commitment, group


def anchors_of(article) -> list[str]:
    stream = article.body.get_prep_value()
    return [item["value"]["anchor"] for item in stream[2]["value"]["commitments"]]


def test_a_draft_changes_no_row(article):
    article.save_revision()

    assert not Commitment.objects.exists()


def test_publishing_an_article_writes_its_values_and_commitments(published):
    rows = list(current_commitments().values_list("anchor", "text", "group", "position"))
    assert rows == [("ouvrir-nos-portes", "Ouvrir nos portes", 1, 1), ("aider", "Aider", 1, 2)]
    row = current_commitments()[0]
    assert (row.group_introduction, row.article_number) == ("Nous nous engageons à :", 1)
    assert list(current_values().values_list("anchor", "name", "text")) == [
        ("ecoute", "Écoute", "Un.\n\nDeux.")
    ]


def test_publishing_again_changes_nothing(published):
    before = list(Commitment.objects.values()) + list(Value.objects.values())

    published.save_revision().publish()

    assert list(Commitment.objects.values()) + list(Value.objects.values()) == before


def test_a_reworded_and_moved_commitment_keeps_its_anchor(published):
    stream = published.body.get_prep_value()
    first, second = stream[2]["value"]["commitments"]
    first["value"]["text"] = "Accueillir tout le monde"
    stream[2]["value"]["commitments"] = [second, first]
    published.body = stream

    published.save_revision().publish()

    rows = list(current_commitments().values_list("anchor", "text"))
    assert rows == [("aider", "Aider"), ("ouvrir-nos-portes", "Accueillir tout le monde")]


def test_a_copied_commitment_gets_an_anchor_of_its_own(published):
    stream = published.body.get_prep_value()
    copy = commitment("Ouvrir nos portes", anchor="ouvrir-nos-portes", block_id="a-new-id")
    stream[2]["value"]["commitments"].insert(0, copy)
    published.body = stream

    published.save_revision()

    assert anchors_of(published) == ["ouvrir-nos-portes-2", "ouvrir-nos-portes", "aider"]


def test_the_anchor_of_a_draft_block_is_kept_when_the_browser_does_not_know_it_yet(article):
    stream = article.body.get_prep_value()
    stream[2]["value"]["commitments"].append(commitment("Chanter", block_id="new"))
    article.body = stream
    article.save_revision()
    stream = article.body.get_prep_value()
    stream[2]["value"]["commitments"][2]["value"] = {"text": "Danser", "anchor": ""}
    article.body = stream

    article.save_revision()

    assert anchors_of(article) == ["ouvrir-nos-portes", "aider", "chanter"]


def test_a_removed_commitment_stays_but_is_no_longer_current(published):
    stream = published.body.get_prep_value()
    del stream[2]["value"]["commitments"][0]
    published.body = stream

    published.save_revision().publish()

    assert list(current_commitments().values_list("anchor", flat=True)) == ["aider"]
    assert Commitment.objects.filter(anchor="ouvrir-nos-portes", is_current=False).exists()


def test_an_anchor_is_never_given_again(published):
    stream = published.body.get_prep_value()
    stream[2] = group("Nous :", commitment("Ouvrir nos portes"))
    published.body = stream

    published.save_revision().publish()

    assert list(current_commitments().values_list("anchor", flat=True)) == ["ouvrir-nos-portes-2"]


def test_an_unpublished_article_commits_nobody_and_its_rows_stay(published):
    published.unpublish()

    assert not current_commitments().exists()
    assert Commitment.objects.count() == 2


def test_the_rows_of_a_deleted_article_stay_with_its_number_and_title(published):
    published.delete()

    row = Commitment.objects.get(anchor="aider")
    assert (row.article, row.article_number, row.article_title) == (None, 1, "Agir ensemble")
    assert not row.is_current


def test_a_copied_article_gets_anchors_of_its_own(published, charter):
    copy = published.copy(
        update_attrs={"slug": "copie", "number": 2, "title": "Agir encore"}, keep_live=False
    ).specific
    copy.refresh_from_db()

    published.refresh_from_db()
    assert anchors_of(published) == ["ouvrir-nos-portes", "aider"]
    assert copy.anchor != published.anchor
    latest = copy.get_latest_revision_as_object()
    assert anchors_of(latest) == ["ouvrir-nos-portes-2", "aider-2"]
