"""Days of a campaign, said as people say them."""

from django import template

from surveys.campaigns import dates

register = template.Library()
register.filter("period", dates.period)
register.filter("time_left", dates.time_left)
