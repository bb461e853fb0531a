"""The schema, as steps that are applied once each, in order. A published step is never edited.

SQLite's ``user_version`` holds the number of steps applied.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

__all__ = ["STEPS", "migrate"]

STEPS = Migrations("riskq")
"""All steps. Their names are stored, so they must not change."""


# Tables keyed by text hold their rows in the key's own tree, so that one assessment's answers
# lie side by side and a save touches few pages; sqlite-utils has no way to say so.


@STEPS(name="0001-assessments")
def _assessments(db: Database) -> None:
    db.execute("""
        create table assessments (
            id text primary key,
            key_hash blob not null unique,
            questionnaire text not null,
            edition text not null,
            digest text not null,
            language text not null,
            created_at integer not null,
            touched_at integer not null,
            expires_at integer not null,
            sequence integer not null,
            last_revision integer not null
        ) strict, without rowid""")


@STEPS(name="0002-answers")
def _answers(db: Database) -> None:
    db.execute("""
        create table answers (
            assessment text not null references assessments (id) on delete cascade,
            question text not null,
            value text not null,
            because text not null,
            version integer not null,
            saved_at integer not null,
            primary key (assessment, question)
        ) strict, without rowid""")


@STEPS(name="0003-revisions")
def _revisions(db: Database) -> None:
    db.execute("""
        create table revisions (
            assessment text not null references assessments (id) on delete cascade,
            number integer not null,
            submitted_at integer not null,
            language text not null,
            snapshot text not null,
            sha256 text not null,
            sequence integer not null,
            primary key (assessment, number)
        ) strict""")


def migrate(connection: sqlite3.Connection) -> None:
    """Apply the steps that are missing. Must be called inside a transaction that may write.

    The steps run in savepoints of that transaction: after a failure, none of them has happened.
    """
    db = Database(connection, execute_plugins=False)
    STEPS.apply(db)
    connection.execute(f"pragma user_version = {len(STEPS.applied(db)):d}")
