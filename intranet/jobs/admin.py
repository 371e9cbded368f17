"""The background jobs, for the site administrator to look at."""

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views.reports import ReportView

from intranet.jobs.models import Job


class JobFilterSet(WagtailFilterSet):
    class Meta:
        model = Job
        fields = ["state"]


class AgeColumn(Column):
    """How long ago, in words."""

    def get_value(self, instance: Job) -> str:
        moment = super().get_value(instance)
        return naturaltime(moment) if moment else ""


class JobsView(ReportView):
    """Nobody but a superuser has a right on jobs, and there is nothing to change here."""

    model = Job
    permission_required = "view"
    page_title = pgettext_lazy("job", "Background jobs")
    header_icon = "tasks"
    index_url_name = "jobs"
    index_results_url_name = "jobs_results"
    filterset_class = JobFilterSet
    default_ordering = "-created_at"
    columns = [
        Column("name", label=pgettext_lazy("job", "Job")),
        StatusTagColumn(
            "state",
            label=pgettext_lazy("job", "State"),
            accessor="get_state_display",
            primary=lambda job: job.state == Job.State.DONE,
        ),
        Column("progress", label=_("Progress (%)")),
        Column("starts", label=pgettext_lazy("job", "Starts")),
        AgeColumn("created_at", label=pgettext_lazy("job", "Asked for"), sort_key="created_at"),
        AgeColumn("started_at", label=pgettext_lazy("job", "Last start"), sort_key="started_at"),
        AgeColumn("ended_at", label=pgettext_lazy("job", "End"), sort_key="ended_at"),
        Column("reason", label=_("Error")),
    ]
    list_export: list[str] = []

    def get_queryset(self):
        return Job.objects.defer("arguments")


class JobsMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return request.user.is_superuser


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [
        path("reports/jobs/", JobsView.as_view(), name="jobs"),
        path("reports/jobs/results/", JobsView.as_view(results_only=True), name="jobs_results"),
    ]


@hooks.register("register_reports_menu_item")
def jobs_menu_item() -> MenuItem:
    return JobsMenuItem(
        pgettext_lazy("job", "Background jobs"),
        reverse("jobs"),
        name="jobs",
        icon_name="tasks",
        order=1200,
    )
