"""The door that a web server knocks at."""

import os

from django.core.wsgi import get_wsgi_application

from intranet.checks import refuse_to_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")

application = get_wsgi_application()
refuse_to_start()
