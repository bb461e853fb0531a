"""The schema of the bundles, as steps that are applied once each, in order. None is ever edited."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database

from riskq.store.steps import Steps

__all__ = ["STEPS", "migrate"]

STEPS = Steps("riskq-bundles")
"""All steps. Their names are stored, so they must not change."""


@STEPS(name="0001-bundles")
def _bundles(db: Database) -> None:
    db.execute("""
        create table bundles (
            id text primary key,
            key_hash blob not null,
            questionnaire text not null,
            edition text not null,
            digest text not null,
            language text not null,
            judged_on text not null,
            created_at integer not null,
            expires_at integer not null,
            turn integer not null
        ) strict, without rowid""")


@STEPS(name="0002-items")
def _items(db: Database) -> None:
    # Reports are too large to lie in the tree of their key.
    db.execute("""
        create table items (
            bundle text not null references bundles (id) on delete cascade,
            number integer not null,
            name text not null,
            answers text,
            state text not null,
            detail text not null,
            lease integer not null,
            report blob,
            primary key (bundle, number)
        ) strict""")
    db.execute("""
        create index unfinished on items (bundle, number)
        where state in ('waiting', 'working')""")


@STEPS(name="0030-revisions")
def _revisions(db: Database) -> None:
    db.execute("alter table bundles add column kind text not null default 'answers'")
    db.execute("alter table bundles add column origin text not null default ''")
    db.execute("alter table bundles add column brand text not null default ''")


def migrate(connection: sqlite3.Connection) -> None:
    """Apply the steps that are missing. Must be called inside a transaction that may write."""
    db = Database(connection, execute_plugins=False)
    STEPS.apply(db)
    connection.execute(f"pragma user_version = {len(STEPS.applied(db)):d}")
