"""Days of a campaign, said as people say them."""

from django import template

from surveys.campaigns import dates

register = template.Library()
register.filter("day", dates.day)
register.filter("local_day", dates.local_day)
register.filter("period", dates.period)
register.filter("time_left", dates.time_left)
