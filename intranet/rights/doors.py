"""Every door of the product, and the right that opens it: addresses by name, and commands.

A new view or command needs a line here, or the tests fail. A name that ends in `*` stands for
every address that begins so and has no line of its own; each address has exactly one line.
Upper floors are named as text.
"""

from dataclasses import dataclass
from typing import Final

FORBIDDEN: Final = "forbidden"
HIDDEN: Final = "hidden"
EITHER: Final = "either"
EDITOR: Final = "editor"


@dataclass(frozen=True)
class Door:
    """What opens an address: any of its rights.

    `refusal` is what is said to who has none of them: that it is forbidden (after having asked
    whoever is not logged in to do so), that there is nothing there (`HIDDEN`), one or the other
    by what keeps them out (`EITHER`), or what Wagtail's editor says (`EDITOR`).
    """

    name: str
    rights: tuple[str, ...]
    refusal: str = FORBIDDEN


def _door(name: str, *rights: str, refusal: str = FORBIDDEN) -> Door:
    return Door(name, rights, refusal)


_ADDRESSES: Final = (
    # -- Pages of the tree, and what gathers them ---------------------------------------------
    _door("wagtail_serve", "page.read", "news.read", "resource.read", "event.read", "form.fill"),
    _door("robots", "page.read"),
    _door("sitemap", "page.read"),
    _door("search", "search.find"),
    _door("health", "health.ask", "health.read"),
    _door("rights", "rights.read"),
    # -- Files --------------------------------------------------------------------------------
    _door("media", "file.read", "file.read_portrait", refusal=HIDDEN),
    _door("wagtaildocs_serve", "file.read"),
    _door("held_picture", "file.wait", refusal=HIDDEN),
    # -- Accounts -----------------------------------------------------------------------------
    _door("account_login", "account.enter"),
    _door("account_logout", "account.enter"),
    _door("account_inactive", "account.enter"),
    _door("account_signup", "account.enter"),
    _door("account_reset_password*", "account.enter"),
    _door("account_confirm_*", "account.enter"),
    _door("account_email_verification_sent", "account.enter"),
    _door("account_reauthenticate", "account.change"),
    _door("account_email", "account.change"),
    _door("account_change_password", "account.change"),
    _door("account_set_password", "account.change"),
    _door("account_closed", "account.enter"),
    _door("my_account", "account.change"),
    _door("second_factor", "account.change"),
    _door("sessions", "account.change"),
    _door("end_session", "account.change", refusal=EITHER),
    _door("end_other_sessions", "account.change"),
    _door("close_my_account", "account.close"),
    _door("usersessions_list", "account.change"),
    _door("mfa_login_webauthn", "account.enter"),
    _door("mfa_reauthenticate_webauthn", "account.change"),
    _door("mfa_list_webauthn", "account.change"),
    _door("mfa_add_webauthn", "account.change"),
    _door("mfa_edit_webauthn", "account.change"),
    _door("mfa_remove_webauthn", "account.change"),
    _door("mfa_authenticate", "account.enter"),
    _door("mfa_index", "account.change"),
    _door("mfa_reauthenticate", "account.change"),
    _door("mfa_activate_totp", "account.change"),
    _door("mfa_deactivate_totp", "account.change"),
    _door("mfa_view_recovery_codes", "account.change"),
    _door("mfa_generate_recovery_codes", "account.change"),
    _door("mfa_download_recovery_codes", "account.change"),
    _door("wagtailcore_login", "account.enter"),
    _door("wagtailadmin_login", "account.enter"),
    _door("wagtailadmin_logout", "account.enter"),
    _door("wagtailadmin_password_reset*", "account.enter"),
    # Doors of Wagtail's that the network does not use: nobody passes.
    _door("wagtailcore_authenticate_with_password", "page.read", refusal=HIDDEN),
    _door("wagtaildocs_authenticate_with_password", "file.read", refusal=HIDDEN),
    # -- The weekly letter --------------------------------------------------------------------
    _door("my_letters", "weekly_letter.choose"),
    _door("digest_*", "weekly_letter.read", refusal=HIDDEN),
    # -- The directory ------------------------------------------------------------------------
    _door("directory", "territory.read"),
    _door("associations", "association.read"),
    _door("association", "association.read", refusal=HIDDEN),
    _door("territory_list", "territory.read"),
    _door("territory", "territory.read"),
    _door("territory_map", "territory.read"),
    _door("people", "person.read", refusal=HIDDEN),
    _door("person", "person.read", refusal=HIDDEN),
    _door("my_profile", "account.change"),
    _door("my_association", "association.change", refusal=HIDDEN),
    _door("team", "membership.read"),
    _door("team_role", "membership.manage"),
    _door("team_remove", "membership.manage"),
    _door("team_hand_over", "membership.hand_over"),
    _door("team_leave", "membership.leave"),
    _door("join_association", "membership.ask"),
    _door("join_withdraw", "membership.ask", refusal=HIDDEN),
    _door("join_accept", "membership.answer"),
    _door("join_refuse", "membership.answer"),
    _door("invitation", "invitation.accept", refusal=HIDDEN),
    _door("invitations", "invitation.send_to_partners"),
    _door("invitation_resend", "invitation.send"),
    _door("invitation_revoke", "invitation.send"),
    _door("import*", "territory.import", "association.import", "membership.import", refusal=EDITOR),
    _door("territory_boxes", "territory.find"),
    _door("territories", "territory.find"),
    # -- The charter --------------------------------------------------------------------------
    _door("charter_versions", "charter.read", refusal=HIDDEN),
    _door("charter_compare", "charter.read", refusal=HIDDEN),
    _door("charter_version", "charter.read", refusal=HIDDEN),
    _door("charter_comparison", "charter.read", refusal=HIDDEN),
    _door("commitment", "charter.read", refusal=HIDDEN),
    _door("charter_versions_admin", "charter.publish", refusal=EDITOR),
    _door("charter_import", "charter.import", refusal=EDITOR),
    _door("signatories", "signature.list", refusal=HIDDEN),
    _door("signature", "signature.read"),
    _door("sign", "signature.sign"),
    _door("signature_confirm", "signature.sign"),
    _door("signature_withdraw", "signature.sign"),
    _door("signature_validate", "signature.follow"),
    _door("signature_remind", "signature.follow"),
    _door("signatures_follow_up", "signature.follow"),
    _door("signatures_remind", "signature.follow"),
    # -- News, resources, agenda --------------------------------------------------------------
    _door("news_feed", "news.read"),
    _door("theme_feed", "news.read"),
    _door("territory_feed", "news.read"),
    _door("news_write", "news.write"),
    _door("my_news", "news.write"),
    _door("news_change", "news.change", refusal=EITHER),
    _door("news_withdraw", "news.change", refusal=EITHER),
    _door("news_truth", "news.confirm", refusal=HIDDEN),
    _door("news_acknowledge", "news.acknowledge", refusal=EITHER),
    _door("news_follow_up", "news.follow"),
    _door("news_acknowledgements", "news.follow"),
    _door("news_acknowledgements_csv", "news.follow"),
    _door("news_remind", "news.follow"),
    _door("resource_propose", "resource.propose"),
    _door("calendar", "event.read"),
    _door("theme_calendar", "event.read"),
    _door("territory_calendar", "event.read"),
    _door("event_calendar", "event.read", refusal=HIDDEN),
    _door("agenda_feed", "event.read"),
    _door("theme_agenda_feed", "event.read"),
    _door("territory_agenda_feed", "event.read"),
    _door("personal_calendar", "event.read_calendar", refusal=HIDDEN),
    _door("my_calendar", "event.make_calendar"),
    _door("change_my_calendar", "event.make_calendar"),
    # -- Campaigns ----------------------------------------------------------------------------
    _door("my_space", "account.begin", "participation.read"),
    _door("campaigns", "campaign.read"),
    _door("campaign", "campaign.read", "campaign.manage", refusal=EITHER),
    _door("campaign_poster", "campaign.read"),
    _door("campaign_create", "campaign.manage"),
    _door("campaign_last_day", "campaign.manage"),
    _door("campaign_close", "campaign.manage"),
    _door("campaign_ask", "participation.follow"),
    _door("campaign_invite", "participation.follow"),
    _door("remind_late", "participation.follow"),
    # -- Responses ----------------------------------------------------------------------------
    _door("fill", "response.fill", refusal=HIDDEN),
    _door("fill_section", "response.fill", refusal=HIDDEN),
    _door("fill_summary", "response.fill", refusal=HIDDEN),
    _door("fill_ready", "response.fill", refusal=HIDDEN),
    _door("receipt", "response.fill", refusal=HIDDEN),
    _door("fill_language", "response.fill", refusal=HIDDEN),
    _door("fill_file", "response.fill", refusal=HIDDEN),
    _door("survey", "survey.fill"),
    _door("survey_section", "survey.fill"),
    _door("survey_summary", "survey.fill"),
    _door("survey_receipt", "survey.fill"),
    _door("survey_later", "survey.fill"),
    _door("survey_language", "survey.fill"),
    _door("survey_file", "survey.resume", refusal=HIDDEN),
    _door("survey_resume", "survey.resume", refusal=HIDDEN),
    # -- Results and exports ------------------------------------------------------------------
    _door("results", "results.read"),
    _door("results_by_commitment", "results.read"),
    _door("written_answers", "rows.read"),
    _door("exports", "export.figures", "export.rows"),
    _door("export", "export.download", refusal=HIDDEN),
    _door("export_download", "export.download", refusal=HIDDEN),
    _door("answered_file", "rows.read", refusal=HIDDEN),
    # -- Questionnaires -----------------------------------------------------------------------
    _door("questionnaire_versions", "questionnaire.read"),
    _door("questionnaire_version", "questionnaire.read"),
    _door("questionnaire_differences", "questionnaire.read"),
    _door("questionnaire_years", "questionnaire.read"),
    _door("questionnaire_draft_differences", "questionnaire.edit"),
    _door("try_questionnaire", "questionnaire.edit"),
    _door("trial", "questionnaire.answer_trial", refusal=EITHER),
    _door("trial_*", "questionnaire.answer_trial", refusal=EITHER),
    # Where the buttons of a preview lead: it says that nothing was sent.
    _door("preview_sends_nothing", "survey.fill"),
    _door("questionnaire_advice", "questionnaire.edit", refusal=EDITOR),
    _door("questionnaire_bank", "questionnaire.edit", refusal=EDITOR),
    _door("questionnaire_copy", "questionnaire.edit", refusal=EDITOR),
    _door("questionnaire_export", "questionnaire.edit", refusal=EDITOR),
    _door("questionnaire_import", "questionnaire.edit", refusal=EDITOR),
    _door("questionnaire_languages", "questionnaire.edit", refusal=EDITOR),
    _door("questionnaire_model", "questionnaire.edit", refusal=EDITOR),
    _door("questionnaire_models", "questionnaire.edit", refusal=EDITOR),
    _door("questionnaire_next", "questionnaire.edit", refusal=EDITOR),
    _door("questionnaire_remove_language", "questionnaire.edit", refusal=EDITOR),
    _door("questionnaire_self_assessment", "questionnaire.edit", refusal=EDITOR),
    _door("questionnaire_succession", "questionnaire.edit", refusal=EDITOR),
    _door("questionnaire_translation", "questionnaire.edit", refusal=EDITOR),
    _door("questionnaire_version_workbook", "questionnaire.edit", refusal=EDITOR),
    _door("questionnaire_workbook", "questionnaire.edit", refusal=EDITOR),
    # -- Wagtail's editor ---------------------------------------------------------------------
    _door("wagtailadmin_home", "editor.enter", refusal=EDITOR),
    _door("editor_help", "editor.enter", refusal=EDITOR),
    _door("wagtailadmin_account", "editor.enter", refusal=EDITOR),
    _door("wagtailadmin_dismissibles", "editor.enter", refusal=EDITOR),
    _door("wagtailadmin_error_test", "editor.enter", refusal=EDITOR),
    _door("wagtailadmin_tag_*", "editor.enter", refusal=EDITOR),
    _door("wagtailadmin_sprite", "editor.decorate"),
    _door("wagtailadmin_javascript_catalog", "editor.decorate"),
    _door("wagtailadmin_explore*", "page.edit_section", refusal=EDITOR),
    _door(
        "wagtailadmin_pages:*",
        "page.edit_section",
        "page.edit",
        "page.delete",
        "news.edit",
        "resource.edit",
        "event.edit",
        refusal=EDITOR,
    ),
    _door("wagtailadmin_api:*", "page.edit_section", "file.edit", refusal=EDITOR),
    _door("wagtailadmin_block_preview", "page.edit_section", refusal=EDITOR),
    _door("wagtailadmin_choose_page*", "page.edit_section", refusal=EDITOR),
    _door("wagtailadmin_editing_sessions:*", "page.edit_section", refusal=EDITOR),
    _door("wagtail_bulk_action", "page.edit_section", refusal=EDITOR),
    _door("wagtailembeds:*", "page.edit_section", refusal=EDITOR),
    _door("wagtailadmin_collections:*", "file.arrange", refusal=EDITOR),
    _door("wagtailadmin_reports:*", "editor.report", refusal=EDITOR),
    # Where the pages of one kind are listed, this one is a step above.
    _door("wagtailadmin_reports:page_types_usage", "page.edit", refusal=EDITOR),
    _door("wagtailadmin_reports:page_types_usage_results", "page.edit", refusal=EDITOR),
    _door("wagtailadmin_workflows:*", "editor.report", refusal=EDITOR),
    _door("wagtailimages:*", "file.edit", refusal=EDITOR),
    _door("wagtailimages_chooser:*", "file.edit", refusal=EDITOR),
    _door("wagtaildocs:*", "file.edit", refusal=EDITOR),
    _door("wagtaildocs_chooser:*", "file.edit", refusal=EDITOR),
    _door("form_start", "form.edit", refusal=EDITOR),
    _door("wagtailforms:*", "form.edit", refusal=EDITOR),
    _door("wagtailredirects:*", "redirect.manage", refusal=EDITOR),
    _door("wagtailsites:*", "installation.manage", refusal=EDITOR),
    _door("wagtailsettings:*", "page.change_legal", "news.edit", refusal=EDITOR),
    _door("wagtailsnippets:*", "questionnaire.edit", refusal=EDITOR),
    _door("wagtailsnippets_surveys_questionnaire:*", "questionnaire.edit", refusal=EDITOR),
    _door("wagtailsnippets_surveys_questionnaire:delete", "questionnaire.delete", refusal=EDITOR),
    _door("wagtailsnippetchoosers_surveys_questionnaire:*", "questionnaire.edit", refusal=EDITOR),
    _door("association:*", "association.manage", refusal=EDITOR),
    _door("association:delete", "association.delete", refusal=EDITOR),
    _door("territory:*", "territory.manage", refusal=EDITOR),
    _door("territory:delete", "territory.delete", refusal=EDITOR),
    _door("membership:*", "membership.edit", refusal=EDITOR),
    _door("theme:*", "theme.manage", refusal=EDITOR),
    _door("workinggroup:*", "working_group.manage", refusal=EDITOR),
    _door("workinggroup:delete", "working_group.delete", refusal=EDITOR),
    _door("synonyms:*", "search.teach", refusal=EDITOR),
    _door("letters", "letter.follow", refusal=EDITOR),
    _door("letters_results", "letter.follow", refusal=EDITOR),
    _door("letter_send_again", "letter.follow", refusal=EDITOR),
    _door("jobs", "job.follow", refusal=EDITOR),
    _door("jobs_results", "job.follow", refusal=EDITOR),
    _door("wagtailusers_users:*", "person.manage", refusal=EDITOR),
    _door("wagtailusers_groups:*", "rights.manage", refusal=EDITOR),
)

DOORS: Final = {door.name: door for door in _ADDRESSES}

COMMANDS: Final[dict[str, tuple[str, ...]]] = {
    "compile_languages": ("installation.manage",),
    "export": ("export.figures", "export.rows"),
    "export_questionnaire": ("questionnaire.edit",),
    "health": ("health.ask", "health.read"),
    "erase_person": ("person.erase",),
    "import_associations": ("association.import",),
    "import_charter": ("charter.import",),
    "import_members": ("membership.import",),
    "import_questionnaire": ("questionnaire.edit",),
    "import_responses": ("response.import",),
    "import_territories": ("territory.import",),
    "lay_site": ("installation.manage", "page.edit"),
    "load_demo": ("installation.manage",),
    "open_campaign": ("campaign.manage",),
    "person_data": ("person.copy_data",),
    "publish_questionnaire": ("questionnaire.edit",),
    "rebuild_search": ("search.rebuild",),
    "record_bounce": ("letter.record_bounce",),
    "reset_second_factor": ("person.manage",),
    "results": ("results.read",),
    "run_jobs": ("job.run",),
    "search": ("search.find",),
    "show_demo": ("installation.manage",),
    "weekly_letter": ("weekly_letter.send",),
}
"""What whoever holds the machine may do: each command of ours, and its rights."""

JOBS: Final = frozenset({"form.purge"})
"""Rights that only background jobs use."""


def doors_of(name: str) -> list[Door]:
    """The lines of an address: its own, or those whose star stands for it. One, by the tests."""
    if name in DOORS:
        return [DOORS[name]]
    stars = (door for door in _ADDRESSES if door.name.endswith("*"))
    return [door for door in stars if name.startswith(door.name[:-1])]
