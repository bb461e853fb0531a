"""The store in PostgreSQL, for any number of machines: all in one database.

Loaded only where such a database is set: nobody else carries its driver.
"""

from riskq.store.postgres.database import Database, Share
from riskq.store.postgres.ends import PostgresEnd, fill, see
from riskq.store.postgres.files import PostgresFiles
from riskq.store.postgres.store import PostgresStore, PostgresUnits, open_database

__all__ = [
    "Database",
    "PostgresEnd",
    "PostgresFiles",
    "PostgresStore",
    "PostgresUnits",
    "Share",
    "fill",
    "open_database",
    "see",
]
