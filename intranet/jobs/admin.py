"""The background jobs, for the site administrator to look at."""

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views.reports import ReportView

from intranet.jobs.models import Job
from intranet.rights.permissions import may


class JobFilterSet(WagtailFilterSet):
    class Meta:
        model = Job
        fields = ["state"]


class AgeColumn(Column):
    """How long ago, in words."""

    def get_value(self, instance: Job) -> str:
        moment = super().get_value(instance)
        return naturaltime(moment) if moment else ""


class JobColumn(Column):
    """What is done, in which room, and what went wrong."""

    def get_value(self, instance: Job) -> str:
        room, _dot, function = instance.name.replace(".tasks.", ".").rpartition(".")
        return format_html(
            "<b>{}</b> <small>{}</small>{}",
            function,
            room,
            format_html("<br>{}", instance.reason) if instance.reason else "",
        )


def state_of(job: Job) -> str:
    if job.state == Job.State.RUNNING and job.progress:
        return f"{job.get_state_display()} ({job.progress} %)"
    return job.get_state_display()


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
        JobColumn("name", label=pgettext_lazy("job", "Job"), sort_key="name"),
        StatusTagColumn(
            "state",
            label=pgettext_lazy("job", "State"),
            accessor=state_of,
            primary=lambda job: job.state == Job.State.DONE,
        ),
        Column("starts", label=pgettext_lazy("job", "Starts")),
        AgeColumn("created_at", label=pgettext_lazy("job", "Asked for"), sort_key="created_at"),
        AgeColumn("started_at", label=pgettext_lazy("job", "Last start"), sort_key="started_at"),
        AgeColumn("ended_at", label=pgettext_lazy("job", "End"), sort_key="ended_at"),
    ]
    list_export: list[str] = []

    def get_queryset(self):
        return Job.objects.defer("arguments")


class JobsMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return may(request.user, "follow", "job")


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
