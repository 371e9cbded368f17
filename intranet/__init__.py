"""The ground floor, and the Django project itself.

Debian's SQLite can corrupt a database that two processes write to in WAL mode, and a web
server beside a job worker is exactly that. The product brings its own SQLite, which has to
take the standard module's place before anything imports Django's backend.
"""

import sys

import pysqlite3
import pysqlite3.dbapi2

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
