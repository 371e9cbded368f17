"""Members' news are read before they are published, if the network wants it."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage

from pages.information.models import InformationPage
from pages.news.models import NewsPage, NewsSettings
from pages.news.operations import withdraw_news

pytestmark = pytest.mark.django_db


def sent_to(address: str) -> list[str]:
    return [letter.subject for letter in mail.outbox if letter.to == [address]]


def act(client, page: NewsPage, action: str, comment: str = "") -> None:
    """What a reader does in Wagtail's editor."""
    task = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, task.pk])
    response = client.post(address, {"comment": comment}, follow=True)
    assert response.status_code == 200


@pytest.fixture
def waiting(read_first, tell, benoit, claire, django_capture_on_commit_callbacks) -> NewsPage:
    with django_capture_on_commit_callbacks(execute=True):
        return tell(benoit, audience="public")


def test_without_the_setting_it_is_published_at_once(tell, benoit):
    assert tell(benoit).live


def test_what_waits_is_read_by_nobody_but_its_author_and_its_readers(client, waiting, benoit):
    assert not waiting.live
    assert "en relecture" in client.get("/mes-actualites/").content.decode()
    client.logout()
    assert client.get("/actualites/le-jardin-ouvre-samedi/").status_code == 404
    assert "jardin" not in client.get("/flux/actualites.xml").content.decode()


def test_its_readers_get_one_letter_and_the_author_none(waiting):
    assert sent_to("claire@example.org") == ["Une actualité à relire : Le jardin ouvre samedi"]
    assert sent_to("benoit@example.org") == []


def test_a_reader_asks_for_changes_the_author_reads_why_mends_and_it_is_published(
    client, waiting, typed, benoit, claire, django_capture_on_commit_callbacks
):
    client.force_login(claire)
    with django_capture_on_commit_callbacks(execute=True):
        act(client, waiting, "reject", "Dites à quelle heure, s'il vous plaît.")

    [letter] = [one for one in mail.outbox if one.to == ["benoit@example.org"]]
    assert "Dites à quelle heure, s'il vous plaît." in letter.body
    assert f"/mes-actualites/{waiting.pk}/modifier/" in letter.body
    client.force_login(benoit)
    change = f"/mes-actualites/{waiting.pk}/modifier/"
    assert "Dites à quelle heure" in client.get(change).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(change, typed(audience="public", text="À dix heures.", confirmed="1"))
    assert len(sent_to("claire@example.org")) == 2
    assert "en relecture" in client.get("/mes-actualites/").content.decode()

    client.force_login(claire)
    with django_capture_on_commit_callbacks(execute=True):
        act(client, waiting, "approve")
    page = NewsPage.objects.get()
    assert page.live
    assert sent_to("benoit@example.org")[1:] == [
        "Votre actualité est publiée : Le jardin ouvre samedi"
    ]
    client.logout()
    assert "À dix heures." in client.get(page.url).content.decode()


def test_a_reader_who_publishes_in_the_editor_tells_the_author_too(
    waiting, claire, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        waiting.get_latest_revision().publish(user=claire)

    assert len(sent_to("benoit@example.org")) == 1


def test_a_published_item_stays_as_it_was_while_its_next_text_waits(
    client, news_index, tell, typed, benoit, read_first
):
    read_first.members_news_are_read_first = False
    read_first.save()
    page = tell(benoit)
    read_first.members_news_are_read_first = True
    read_first.save()

    client.post(
        f"/mes-actualites/{page.pk}/modifier/",
        typed(audience="public", text="Pour tout le monde.", confirmed="1"),
    )

    assert "Venez nombreux." in client.get(page.url).content.decode()
    client.logout()
    # Neither the text nor its new circle before somebody has read it.
    assert client.get(page.url).status_code == 302


def test_animators_and_editors_publish_alone(tell, read_first, claire, elodie):
    assert tell(claire).live
    assert tell(elodie, title="Autre").live


def test_the_author_takes_back_what_waits(client, waiting, benoit):
    withdraw_news(page=waiting, by=benoit)

    assert "retirée" in client.get("/mes-actualites/").content.decode()
    assert not NewsPage.objects.get().workflow_in_progress


def test_the_setting_gives_and_takes_the_workflow_away_and_makes_it_once(news_index, read_first):
    read_first.save()
    assert [one.page_id for one in WorkflowPage.objects.all()] == [news_index.pk]
    read_first.members_news_are_read_first = False
    read_first.save()
    assert not WorkflowPage.objects.filter(page=news_index).exists()
    read_first.members_news_are_read_first = True
    read_first.save()

    assert Workflow.objects.filter(pk=read_first.workflow_id).count() == 1
    [task] = GroupApprovalTask.objects.filter(workflow_tasks__workflow=read_first.workflow)
    assert task.groups.count() == 2


@pytest.mark.parametrize(("who", "status"), [("claire", 200), ("elodie", 200), ("benoit", 302)])
def test_animators_and_editors_choose(client, request, news_index, who, status):
    client.force_login(request.getfixturevalue(who))

    key = NewsSettings.load().pk
    address = reverse("wagtailsettings:edit", args=["pages", "newssettings", key])
    assert client.get(address).status_code == status


def test_other_pages_keep_wagtails_letters(
    home, elodie, claire, read_first, django_capture_on_commit_callbacks
):
    page = home.add_child(instance=InformationPage(title="Adhérer", live=False))
    page.save_revision(user=elodie)
    with django_capture_on_commit_callbacks(execute=True):
        read_first.workflow.start(page, user=elodie)

    assert len(sent_to("claire@example.org")) == 1


def test_who_publishes_is_not_offered_to_have_it_read(client, read_first, tell, claire):
    page = tell(claire, audience="public")
    client.force_login(claire)

    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert 'name="action-publish"' in editor
    assert 'name="action-submit"' not in editor
