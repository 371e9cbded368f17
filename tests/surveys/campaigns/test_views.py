from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from intranet.network.models import Association, Territory
from surveys.campaigns import operations
from surveys.campaigns.models import Campaign, Participation
from surveys.questionnaires.models import Questionnaire
from surveys.responses.models import Draft
from tests.letters import send_letters
from tests.people import NOW, TODAY
from tests.surveys.campaigns.conftest import make_associations, make_campaign


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def as_aminata(client, aminata):
    client.force_login(aminata)
    return client


@pytest.fixture
def as_claire(client, claire):
    client.force_login(claire)
    return client


def values(asked, /, **changed):
    return {
        "kind": "self-assessment",
        "title": "Notre coopération en 2026",
        "questionnaire": asked.pk,
        "opens_date": "2026-03-12",
        "closes_date": "2026-04-15",
        "associations": list(Association.objects.values_list("pk", flat=True)),
        "message": "",
        "threshold": "",
        "slug": "",
        **changed,
    }


def said(response) -> str:
    return unescape(response.content.decode())


PAGES = [
    ("my_space", []),
    ("campaigns", []),
    ("campaign_create", []),
    ("campaign", ["bilan-2026"]),
    ("campaign_ask", ["bilan-2026"]),
    ("campaign_invite", ["bilan-2026"]),
    ("campaign_last_day", ["bilan-2026"]),
    ("campaign_close", ["bilan-2026"]),
]
MEMBERS_PAGES = {"my_space", "campaigns", "campaign"}


@pytest.mark.parametrize(("name", "arguments"), PAGES)
def test_a_passer_by_is_asked_to_log_in(client, campaign, name, arguments):
    response = client.get(reverse(name, args=arguments))

    assert response.status_code == 302
    assert response.url.startswith("/compte/login/")


@pytest.mark.parametrize(("name", "arguments"), PAGES)
def test_a_partner_is_refused(client, farid, campaign, name, arguments):
    client.force_login(farid)
    # Everybody has a space of their own; what it holds is tried in tests/intranet/desk.
    expected = 200 if name == "my_space" else 403

    assert client.get(reverse(name, args=arguments)).status_code == expected


@pytest.mark.parametrize(("name", "arguments"), PAGES)
def test_a_member_reads_and_does_not_manage(as_aminata, campaign, name, arguments):
    expected = 200 if name in MEMBERS_PAGES else 403

    assert as_aminata.get(reverse(name, args=arguments)).status_code == expected


@pytest.mark.parametrize("name", ["campaign_create", "campaign_close", "campaign_invite"])
def test_a_member_who_posts_changes_nothing(as_aminata, campaign, questionnaire, name):
    arguments = [] if name == "campaign_create" else [campaign.slug]
    response = as_aminata.post(
        reverse(name, args=arguments), {**values(questionnaire), "confirmed": "1"}
    )

    assert response.status_code == 403
    assert Campaign.objects.count() == 1
    campaign.refresh_from_db()
    assert campaign.is_open(TODAY)


def test_a_campaign_in_preparation_does_not_exist_for_members(as_aminata, questionnaire):
    make_campaign(questionnaire, opens_date=TODAY + timedelta(days=1))

    assert as_aminata.get("/campagnes/bilan-2026/").status_code == 404


# -- Opening -----------------------------------------------------------------------------


def test_an_animator_sees_what_will_leave_then_opens(
    as_claire, questionnaire, association, django_capture_on_commit_callbacks
):
    Association.objects.create(slug="sans-adresse", name="Sans adresse")
    typed = values(questionnaire, message="Merci d'avance <à> toutes.")

    preview = as_claire.post("/campagnes/nouvelle/", typed)

    text = said(preview)
    assert "2 associations seront invitées." in text
    assert "1 n'a pas d'adresse." in text
    assert "Merci d'avance <à> toutes." in text
    assert not Campaign.objects.exists()

    again = {
        name: [str(pk) for pk in value] if name == "associations" else value
        for name, value in typed.items()
    }
    with django_capture_on_commit_callbacks(execute=True):
        response = as_claire.post(
            "/campagnes/nouvelle/",
            {**again, "slug": "notre-cooperation-en-2026", "confirmed": "1"},
            follow=True,
        )

    assert response.redirect_chain == [("/campagnes/notre-cooperation-en-2026/", 302)]
    assert (
        "La campagne est ouverte. 1 association a été invitée. 1 association n'a pas d'adresse"
    ) in said(response)
    assert [message.to for message in mail.outbox] == [["bonjour@tisserands.example"]]
    assert "Merci d'avance <à> toutes." in mail.outbox[0].body
    assert "/campagnes/notre-cooperation-en-2026/repondre/les-tisserands/" in mail.outbox[0].body


def test_the_preview_carries_every_value_to_the_confirmation(as_claire, questionnaire):
    make_associations(2)
    typed = values(questionnaire, threshold="4", message="Deux\r\nlignes")

    preview = as_claire.post("/campagnes/nouvelle/", typed)

    assert dict(preview.context["fields"]) | {"associations": ""} == {
        "kind": "self-assessment",
        "title": "Notre coopération en 2026",
        "questionnaire": str(questionnaire.pk),
        "opens_date": "2026-03-12",
        "closes_date": "2026-04-15",
        "message": "Deux\r\nlignes",
        "threshold": "4",
        "slug": "notre-cooperation-en-2026",
        "associations": "",
    }
    assert [name for name, _ in preview.context["fields"]].count("associations") == 2


def test_the_button_pressed_twice_opens_one_campaign(as_claire, questionnaire):
    make_associations(1)
    posted = {**values(questionnaire), "slug": "deux-fois", "confirmed": "1"}

    first = as_claire.post("/campagnes/nouvelle/", posted)
    second = as_claire.post("/campagnes/nouvelle/", posted)

    assert first.url == second.url == "/campagnes/deux-fois/"
    assert Campaign.objects.count() == 1


def test_a_needs_survey_invites_nobody_and_gives_its_address(as_claire, questionnaire):
    make_associations(2)

    response = as_claire.post(
        "/campagnes/nouvelle/",
        {**values(questionnaire, kind="needs-survey", slug="besoins"), "confirmed": "1"},
        follow=True,
    )

    assert not Participation.objects.exists()
    text = said(response)
    assert "La campagne est ouverte." in text
    assert 'value="http://localhost:8000/enquete/besoins/"' in text
    assert "<svg" in text


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"closes_date": "2026-03-01"}, "closes_date", "avant le premier"),
        ({"opens_date": "2026-01-01", "closes_date": "2026-02-01"}, "closes_date", "est passé"),
        ({"opens_date": "demain"}, "opens_date", "15/04/2026"),
        ({"opens_date": "0001-01-01"}, "opens_date", "2000"),
        ({"opens_date": "9999-12-31"}, "opens_date", "2100"),
        ({"title": ""}, "title", "Donnez un titre"),
        ({"title": "x" * 201}, "title", "200"),
        ({"message": "x" * 3001}, "message", "3000"),
        ({"questionnaire": "99999999999999999999999"}, "questionnaire", "publié"),
        ({"associations": []}, "associations", "au moins une"),
        ({"associations": ["999999"]}, "associations", "plus dans le réseau"),
        ({"associations": ["9" * 40]}, "associations", "plus dans le réseau"),
        ({"associations": ["a\x00b"]}, "associations", "plus dans le réseau"),
        ({"associations": ["²"]}, "associations", "plus dans le réseau"),
        ({"threshold": "0"}, "threshold", "1"),
        ({"threshold": "99999999"}, "threshold", "1000"),
        ({"threshold": "beaucoup"}, "threshold", "nombre entier"),
        ({"slug": "é!"}, "slug", "accent"),
        ({"slug": "nouvelle"}, "slug", "Une autre campagne"),
        ({"kind": "referendum"}, "kind", "referendum"),
    ],
)
def test_what_cannot_be_opened_is_said_beside_its_field(
    as_claire, questionnaire, changed, field, reason
):
    make_associations(1)

    response = as_claire.post(
        "/campagnes/nouvelle/", {**values(questionnaire, **changed), "confirmed": "1"}
    )

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert reason in " ".join(response.context["form"].errors[field])
    assert not Campaign.objects.exists()


def test_nothing_typed_is_lost_when_something_is_refused(as_claire, questionnaire):
    one, _two = make_associations(2)

    response = as_claire.post(
        "/campagnes/nouvelle/",
        values(
            questionnaire, closes_date="2026-03-01", message="Mon message", associations=[one.pk]
        ),
    )

    text = said(response)
    assert "Mon message" in text
    assert 'value="2026-03-01"' in text
    assert response.context["boxes"] == [(one, True), (_two, False)]


def test_a_day_typed_the_french_way_is_understood(as_claire, questionnaire):
    make_associations(1)

    response = as_claire.post(
        "/campagnes/nouvelle/", values(questionnaire, closes_date="15/04/2026")
    )

    assert response.context["campaign"].closes_date.isoformat() == "2026-04-15"


def test_boxes_are_ticked_and_filtered_without_javascript(as_claire, questionnaire, association):
    others = make_associations(2)
    territory = Territory.objects.get()
    typed = {**values(questionnaire, associations=[others[0].pk]), "territory": territory.pk}

    shown = as_claire.post("/campagnes/nouvelle/", {**typed, "choose": "show"}).context
    assert shown["boxes"] == [(association, False)]
    assert shown["kept"] == [others[0].pk]

    all_shown = as_claire.post("/campagnes/nouvelle/", {**typed, "choose": "all"}).context
    assert all_shown["boxes"] == [(association, True)]
    assert all_shown["kept"] == [others[0].pk]
    assert all_shown["form"]["title"].value() == "Notre coopération en 2026"

    none = as_claire.post(
        "/campagnes/nouvelle/", {**typed, "territory": "", "choose": "none"}
    ).context
    assert [ticked for _, ticked in none["boxes"]] == [False, False, False]


def test_without_a_published_questionnaire_the_page_says_how_to_make_one(as_claire):
    Questionnaire.objects.create(slug="brouillon", title="Brouillon")

    response = as_claire.get("/campagnes/nouvelle/")

    assert "Il n'y a pas encore de questionnaire" in said(response)


def test_the_questionnaire_can_be_chosen_by_the_link(as_claire, questionnaire):
    response = as_claire.get("/campagnes/nouvelle/?questionnaire=autoevaluation")

    assert response.context["form"]["questionnaire"].initial == questionnaire


# -- Following ---------------------------------------------------------------------------


def test_letters_leave_again_to_those_who_have_not_answered(
    as_claire, questionnaire, django_capture_on_commit_callbacks
):
    campaign = make_campaign(
        questionnaire, associations=make_associations(3), at=NOW - timedelta(hours=1)
    )
    send_letters(at=NOW)
    mail.outbox.clear()
    operations.mark_submitted(participation=campaign.participations.first(), at=NOW)
    address = f"/campagnes/{campaign.slug}/inviter/"

    page = as_claire.get(address)
    assert "2 associations qui n'ont pas répondu" in said(page)

    with django_capture_on_commit_callbacks(execute=True):
        as_claire.post(address)
    assert sorted(message.to[0] for message in mail.outbox) == [
        "a01@example.org",
        "a02@example.org",
    ]


def test_a_letter_leaves_again_to_one_association(
    as_claire, questionnaire, django_capture_on_commit_callbacks
):
    campaign = make_campaign(
        questionnaire, associations=make_associations(3), at=NOW - timedelta(hours=1)
    )
    send_letters(at=NOW)
    mail.outbox.clear()
    chosen = campaign.participations.last()

    with django_capture_on_commit_callbacks(execute=True):
        as_claire.post(f"/campagnes/{campaign.slug}/inviter/?participation={chosen.pk}")

    assert [message.to for message in mail.outbox] == [["a02@example.org"]]


@pytest.mark.parametrize("identity", ["", "abc", "9" * 50, "a%00b"])
def test_a_strange_participation_never_breaks_the_page(as_claire, campaign, identity):
    response = as_claire.get(f"/campagnes/{campaign.slug}/inviter/?participation={identity}")

    assert response.status_code == 200


def test_no_letter_leaves_for_a_campaign_that_is_closed(as_claire, campaign):
    operations.close_campaign(campaign=campaign, on=TODAY)

    response = as_claire.post(f"/campagnes/{campaign.slug}/inviter/", follow=True)

    assert "aucune lettre" in said(response)
    assert mail.outbox == []


def test_associations_are_added_later(as_claire, campaign):
    one, two = make_associations(2)
    address = f"/campagnes/{campaign.slug}/associations/"

    page = as_claire.get(address)
    assert page.context["boxes"] == [(one, False), (two, False)]

    response = as_claire.post(address, {"associations": [two.pk]}, follow=True)
    assert "1 association a été ajoutée." in said(response)
    assert campaign.participations.count() == 2


def test_adding_nobody_is_said(as_claire, campaign):
    make_associations(1)

    response = as_claire.post(f"/campagnes/{campaign.slug}/associations/", {})

    assert "Choisissez au moins une association" in said(response)


def test_the_last_day_is_changed(as_claire, campaign):
    as_claire.post(f"/campagnes/{campaign.slug}/dernier-jour/", {"closes_date": "2026-05-01"})

    campaign.refresh_from_db()
    assert campaign.closes_date.isoformat() == "2026-05-01"


@pytest.mark.parametrize("day", ["2026-03-11", "2026-03-01", "n'importe quoi", "9999-12-31"])
def test_the_last_day_is_not_set_to_what_makes_no_sense(as_claire, campaign, day):
    response = as_claire.post(f"/campagnes/{campaign.slug}/dernier-jour/", {"closes_date": day})

    assert list(response.context["form"].errors) == ["closes_date"]
    campaign.refresh_from_db()
    assert campaign.closes_date.isoformat() == "2026-04-15"


def test_a_campaign_is_closed_after_a_question(as_claire, campaign):
    address = f"/campagnes/{campaign.slug}/fermer/"
    assert "Fermer la campagne maintenant" in said(as_claire.get(address))
    campaign.refresh_from_db()
    assert campaign.is_open(TODAY)

    as_claire.post(address)

    campaign.refresh_from_db()
    assert campaign.is_closed(TODAY)


@pytest.mark.parametrize("query", ["search=a%00b", "state=x", "sort=x", "page=x", "page=99999"])
def test_strange_filters_show_something(as_claire, campaign, query):
    response = as_claire.get(f"/campagnes/{campaign.slug}/?{query}")

    assert response.status_code == 200


def test_the_poster_carries_the_address_and_its_code(as_aminata, questionnaire):
    make_campaign(questionnaire, "besoins", kind=Campaign.Kind.NEEDS_SURVEY)

    text = said(as_aminata.get("/campagnes/besoins/affiche/"))

    assert "http://localhost:8000/enquete/besoins/" in text
    assert '<svg role="img"' in text
    assert "style=" not in text


def test_a_self_assessment_has_no_poster(as_claire, campaign):
    assert as_claire.get(f"/campagnes/{campaign.slug}/affiche/").status_code == 404


# -- My space ----------------------------------------------------------------------------


def test_my_space_says_what_awaits_and_how_far_it_is(as_aminata, campaign, participation):
    Draft.objects.create(
        campaign=campaign,
        participation=participation,
        version=campaign.questionnaire.versions.get(),
        document={"q1": 5},
        updated_at=NOW,
    )
    operations.mark_started(participation=participation, at=NOW)

    text = said(as_aminata.get("/mon-espace/"))

    assert "Bonjour Aminata" in text
    assert "Un questionnaire attend votre réponse." in text
    assert "Questions remplies\xa0: 1 sur 1" in text
    assert "il reste 34 jours" in text
    assert f'href="/campagnes/{campaign.slug}/repondre/les-tisserands/"' in text


def test_my_space_keeps_the_receipts(as_aminata, campaign, participation):
    operations.mark_submitted(participation=participation, at=NOW)

    text = said(as_aminata.get("/mon-espace/"))

    assert "Rien ne vous attend" in text
    assert f'href="{reverse("receipt", args=[campaign.slug, "les-tisserands"])}"' in text


def test_my_space_tells_animators_who_is_late(as_claire, campaign):
    text = said(as_claire.get("/mon-espace/"))

    assert "association n'a pas répondu" in text
    assert text.count('class="figure"') == 5


def test_denis_sees_nothing_of_what_awaits_aminata(client, denis, campaign):
    client.force_login(denis)

    for address in ("/mon-espace/", "/campagnes/", campaign.get_absolute_url()):
        text = said(client.get(address))
        assert "Les Tisserands" not in text
        assert "/repondre/" not in text


# -- Query counts ------------------------------------------------------------------------


def queries_of(client, address: str, counter) -> int:
    client.get(address)
    with counter() as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("person", ["aminata", "claire"])
@pytest.mark.parametrize("address", ["/campagnes/", "/mon-espace/"])
def test_lists_of_campaigns_ask_as_much_for_three_as_for_one(
    client, questionnaire, association, person, address, request, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(request.getfixturevalue(person))
    counts = []
    for number in range(3):
        campaign = make_campaign(questionnaire, f"bilan-{number}", associations=[association])
        participation = campaign.participations.get()
        Draft.objects.create(
            campaign=campaign,
            participation=participation,
            version=questionnaire.versions.get(),
            updated_at=NOW,
        )
        operations.mark_started(participation=participation, at=NOW)
        sent = make_campaign(questionnaire, f"sent-{number}", associations=[association])
        operations.mark_submitted(participation=sent.participations.get(), at=NOW)
        counts.append(queries_of(client, address, lambda: CaptureQueriesContext(connection)))

    assert counts[0] == counts[2]


@pytest.mark.parametrize("address", ["", "inviter/", "associations/", "fermer/"])
def test_the_follow_up_asks_as_much_for_three_associations_as_for_one(
    as_claire, questionnaire, address
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    associations = make_associations(6)
    campaign = make_campaign(questionnaire, associations=associations[:1])
    counts = []
    for asked in (associations[1:2], associations[2:4]):
        counts.append(
            queries_of(
                as_claire,
                campaign.get_absolute_url() + address,
                lambda: CaptureQueriesContext(connection),
            )
        )
        operations.ask(campaign=campaign, associations=asked, at=NOW)

    assert counts[0] == counts[1]
