"""A member writes news from the site, looks after it, and loses nothing on the way."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from wagtail.models import PageViewRestriction

from intranet.files.models import HeldPicture
from intranet.files.tasks import purge_held_pictures
from pages.news.models import NewsPage
from pages.news.tasks import publish_scheduled
from tests.sent_files import REFUSED, SECRET, photograph

pytestmark = pytest.mark.django_db

WRITE = "/actualites/ecrire/"


def page_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def held_in(text: str) -> str:
    return re.search(r'name="photograph_id" value="([0-9a-f-]+)"', text)[1]


@pytest.mark.parametrize("who", ["aminata", "benoit", "claire", "elodie"])
def test_every_member_may_write(client, news_index, request, who):
    client.force_login(request.getfixturevalue(who))

    assert "Écrire une actualité" in page_of(client.get(WRITE))


def test_partners_and_strangers_may_not(client, news_index, farid):
    assert client.get(WRITE).status_code == 302
    client.force_login(farid)
    assert client.get(WRITE).status_code == 403
    assert client.get("/mes-actualites/").status_code == 403


def test_nothing_is_published_before_it_was_looked_at(client, typed, benoit):
    client.force_login(benoit)

    text = page_of(client.post(WRITE, typed()))

    assert "Voir avant de publier" in text
    assert "<p>Venez nombreux.</p>" in text
    assert "Seuls les membres du réseau la liront." in text
    assert not NewsPage.objects.exists()


def test_what_is_published_is_what_was_typed(client, tell, benoit, association, territory, theme):
    page = tell(benoit, territories=[territory.pk], themes=[theme.pk], association=association.pk)

    assert page.live
    assert page.owner == benoit
    assert page.association == association
    assert [list(page.territories.all()), list(page.themes.all())] == [[territory], [theme]]
    text = page_of(client.get(page.url))
    assert "réservé aux membres" in text
    assert "<p>On garde les enfants.</p>" in text
    assert "Les Tisserands" in text
    client.logout()
    assert client.get(page.url).status_code == 302
    assert "Le jardin" not in page_of(client.get("/actualites/"))


def test_a_public_item_is_public_only_when_that_was_chosen(client, tell, benoit):
    page = tell(benoit, audience="public")

    client.logout()
    assert "Venez nombreux" in page_of(client.get(page.url))
    assert not PageViewRestriction.objects.filter(page=page).exists()


def test_an_item_of_a_group_is_read_by_the_group(client, tell, benoit, aminata, working_group):
    page = tell(benoit, audience=f"group-{working_group.pk}")

    assert "Groupe jeunesse" in page_of(client.get(page.url))
    client.force_login(aminata)
    assert client.get(page.url, follow=True).status_code == 403
    assert "Le jardin" not in page_of(client.get("/actualites/"))


def test_the_group_of_others_cannot_be_chosen(client, typed, aminata, working_group):
    client.force_login(aminata)

    text = page_of(client.post(WRITE, typed(audience=f"group-{working_group.pk}", confirmed=1)))

    assert "Un point à corriger" in text
    assert not NewsPage.objects.exists()


def test_the_button_pressed_twice_makes_one_item(client, tell, typed, benoit):
    tell(benoit)

    client.post(WRITE, typed(confirmed="1"))

    assert NewsPage.objects.count() == 1


def test_markup_that_is_typed_is_read_as_it_was_typed(client, tell, benoit):
    page = tell(benoit, text='<script>alert(1)</script> https://exemple.fr/?a=1&b="x"')

    text = page_of(client.get(page.url))

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert '<a href="https://exemple.fr/?a=1&amp;b=">' in text


def test_an_item_called_as_a_screen_has_another_address(tell, benoit):
    assert tell(benoit, title="Écrire").slug == "ecrire-1"


# -- The photograph ----------------------------------------------------------------------


def test_an_error_loses_nothing_not_even_the_photograph(client, typed, benoit, photo, theme):
    client.force_login(benoit)
    sent = typed(title="", photograph=photo, themes=[theme.pk], image_alt="Des tomates")

    text = page_of(client.post(WRITE, sent))

    assert "Un point à corriger" in text
    assert "On garde les enfants." in text
    assert 'value="Des tomates"' in text
    assert re.search(rf'value="{theme.pk}"[^>]*checked', text)
    again = typed(photograph_id=held_in(text), image_alt="Des tomates", confirmed="1")
    assert client.post(WRITE, again).status_code == 302
    page = NewsPage.objects.get()
    assert page.image_alt == "Des tomates"
    assert not HeldPicture.objects.exists()


def test_a_photograph_says_nothing_of_where_it_was_taken(client, typed, benoit, photo):
    client.force_login(benoit)
    text = page_of(client.post(WRITE, typed(photograph=photo, image_is_decorative="on")))
    client.post(
        WRITE,
        typed(photograph_id=held_in(text), image_is_decorative="on", confirmed="1"),
    )

    image = NewsPage.objects.get().image

    with image.file.open("rb") as file:
        content = file.read()
    assert SECRET in photograph()
    assert SECRET not in content
    with image.file.open("rb") as file, Image.open(file) as picture:
        assert not picture.getexif()
        # Held upright: it was taken on its side.
        assert picture.size == (20, 40)


def test_a_photograph_without_words_is_asked_for_them(client, typed, benoit, photo):
    client.force_login(benoit)

    text = page_of(client.post(WRITE, typed(photograph=photo, confirmed="1")))

    assert "Dites ce que montre la photographie" in text
    assert not NewsPage.objects.exists()


@pytest.mark.parametrize("kind", ["a page", "a drawing renamed", "a program", "a bomb", "nothing"])
def test_what_is_no_photograph_is_refused_with_a_sentence(client, typed, benoit, kind):
    client.force_login(benoit)
    name, content, _reason = REFUSED[kind]
    sent = typed(photograph=SimpleUploadedFile(name, content, "image/jpeg"), confirmed="1")

    text = page_of(client.post(WRITE, sent))

    assert "Un point à corriger" in text
    assert "Venez nombreux." in text
    assert not NewsPage.objects.exists()
    assert not HeldPicture.objects.exists()


def test_a_photograph_that_waits_is_shown_to_who_sent_it(client, typed, benoit, aminata, photo):
    client.force_login(benoit)
    held = held_in(page_of(client.post(WRITE, typed(photograph=photo))))
    address = f"/photographies/{held}/"

    assert client.get(address)["Content-Type"] == "image/jpeg"
    client.force_login(aminata)
    assert client.get(address).status_code == 404
    client.post(WRITE, typed(photograph_id=held, image_alt="Volée", confirmed="1"))
    assert NewsPage.objects.get().image is None


def send_photograph(tell, person, photo, **fields) -> NewsPage:
    return tell(person, photograph=photo, image_alt="Des tomates", **fields)


def test_the_image_of_members_is_not_given_to_others(client, tell, benoit, farid, photo):
    page = send_photograph(tell, benoit, photo)
    text = page_of(client.get(page.url))
    rendition = re.search(r'src="(/media/images/[^"]+)"', text)[1]

    for address in (page.image.file.url, rendition):
        client.force_login(benoit)
        assert client.get(address).status_code == 200
        client.force_login(farid)
        assert client.get(address).status_code == 404
        client.logout()
        assert client.get(address).status_code == 404


def test_the_image_of_a_group_is_given_to_the_group(
    client, tell, benoit, aminata, photo, working_group
):
    page = send_photograph(tell, benoit, photo, audience=f"group-{working_group.pk}")

    assert client.get(page.image.file.url).status_code == 200
    client.force_login(aminata)
    assert client.get(page.image.file.url).status_code == 404


def test_the_image_follows_the_item_out_of_the_members_circle_and_back(
    client, tell, typed, benoit, photo
):
    page = send_photograph(tell, benoit, photo, audience="public")
    image = page.image.file.url
    client.logout()
    assert client.get(image).status_code == 200

    client.force_login(benoit)
    again = typed(image_alt="Des tomates", confirmed="1")
    client.post(f"/mes-actualites/{page.pk}/modifier/", again)

    client.logout()
    assert client.get(image).status_code == 404
    assert client.get(page.url).status_code == 302


def test_the_image_of_an_item_that_waits_is_its_authors_and_its_readers(
    client, tell, benoit, aminata, claire, photo, read_first
):
    page = send_photograph(tell, benoit, photo, audience="public")
    image = page.image.file.url
    answers = {}
    for person in (benoit, claire, aminata):
        client.force_login(person)
        answers[person] = client.get(image).status_code
    client.logout()

    assert not page.live
    assert answers == {benoit: 200, claire: 200, aminata: 404}
    assert client.get(image).status_code == 404
    page.get_latest_revision().publish()
    assert client.get(image)["Cache-Control"] == "public, max-age=3600"


def test_the_image_of_a_withdrawn_item_is_no_longer_given(client, tell, benoit, photo):
    page = send_photograph(tell, benoit, photo, audience="public")

    client.post(f"/mes-actualites/{page.pk}/retirer/")

    client.logout()
    assert client.get(page.url).status_code == 404
    assert client.get(page.image.file.url).status_code == 404


def test_an_image_that_another_page_shows_stays_where_it_is(client, tell, benoit, photo, add_news):
    page = send_photograph(tell, benoit, photo, audience="public")
    add_news(1, image=page.image, image_alt="Des tomates")

    client.force_login(benoit)
    client.post(f"/mes-actualites/{page.pk}/retirer/")

    client.logout()
    assert client.get(page.image.file.url).status_code == 200


def test_photographs_of_forms_that_nobody_finished_go(client, typed, benoit, photo, time_machine):
    client.force_login(benoit)
    client.post(WRITE, typed(photograph=photo))
    purge_held_pictures()
    assert HeldPicture.objects.exists()
    time_machine.move_to(timezone.now() + timedelta(days=3))
    purge_held_pictures()

    assert not HeldPicture.objects.exists()


# -- Looking after it ---------------------------------------------------------------------


def test_the_author_changes_and_withdraws_nobody_else(client, tell, typed, benoit, aminata):
    page = tell(benoit)
    change, withdraw = (f"/mes-actualites/{page.pk}/{what}/" for what in ("modifier", "retirer"))

    client.force_login(aminata)
    assert client.get(change).status_code == 404
    assert client.post(withdraw).status_code == 404
    client.force_login(benoit)
    assert "Venez nombreux.\n\nOn garde" in page_of(client.get(change)).replace("\r", "")
    client.post(change, typed(title="Il ouvre dimanche", confirmed="1"))
    page.refresh_from_db()
    assert page.title == "Il ouvre dimanche"
    client.post(withdraw)
    page.refresh_from_db()
    assert not page.live
    assert "retirée" in page_of(client.get("/mes-actualites/"))


def test_a_text_that_an_editor_laid_out_is_not_undone(client, tell, typed, benoit, elodie):
    page = tell(benoit)
    page.body = [{"type": "paragraph", "value": "<p>En <b>gras</b>.</p>"}]
    page.save_revision(user=elodie).publish()
    change = f"/mes-actualites/{page.pk}/modifier/"

    text = page_of(client.get(change))
    client.post(change, typed(title="Autre titre", text="Rien", confirmed="1"))

    assert "mis en page par l'édition" in text
    page = NewsPage.objects.get()
    assert page.title == "Autre titre"
    assert "<b>gras</b>" in str(page.body)


def test_an_item_leaves_the_list_after_its_last_day(client, tell, benoit, time_machine):
    until = timezone.localdate() + timedelta(days=2)
    page = tell(benoit, until=until.isoformat())
    publish_scheduled()
    assert NewsPage.objects.get().live
    time_machine.move_to(timezone.now() + timedelta(days=3))
    publish_scheduled()

    page.refresh_from_db()
    assert not page.live
    client.force_login(benoit)
    assert "son dernier jour est passé" in page_of(client.get("/mes-actualites/"))


def test_a_last_day_that_is_past_is_refused(client, typed, benoit):
    client.force_login(benoit)

    text = page_of(client.post(WRITE, typed(until="2020-01-01", confirmed="1")))

    assert "Ce jour est passé" in text


def test_territories_are_found_without_javascript(client, typed, benoit, territory):
    client.force_login(benoit)
    sent = typed(**{"territories-search": "tilleuls", "territories-find": "1", "title": ""})

    text = page_of(client.post(WRITE, sent))

    assert "1 quartier trouvé." in text
    assert "à corriger" not in text
    assert "Venez nombreux." in text


def test_my_news_asks_as_many_queries_for_three_as_for_one(client, tell, benoit):
    tell(benoit)
    client.get("/mes-actualites/")
    with CaptureQueriesContext(connection) as one:
        client.get("/mes-actualites/")
    tell(benoit, title="Deux", audience="public")
    tell(benoit, title="Trois")
    client.get("/mes-actualites/")
    with CaptureQueriesContext(connection) as three:
        text = page_of(client.get("/mes-actualites/"))

    assert "Trois" in text
    assert len(one) == len(three)


def test_what_the_page_refuses_is_said_and_nothing_is_lost(client, tell, typed, benoit, add_news):
    page = tell(benoit)
    tomorrow = timezone.localdate() + timedelta(days=1)
    for number in (1, 2, 3):
        add_news(number, featured_until=tomorrow)
    NewsPage.objects.filter(pk=page.pk).update(featured_until=tomorrow)

    text = page_of(
        client.post(f"/mes-actualites/{page.pk}/modifier/", typed(text="Autre.", confirmed="1"))
    )

    assert "Trois actualités sont déjà à la une" in text
    assert "Autre." in text
