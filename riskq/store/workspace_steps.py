"""The steps of the schema about what a workspace says of its assessments. None is ever edited."""

from __future__ import annotations

import json

from sqlite_utils import Database

from riskq.store.seeking import fold
from riskq.store.steps import STEPS

__all__: list[str] = []


@STEPS(name="0030-clients")
def _clients(db: Database) -> None:
    db.execute("""
        create table clients (
            id text primary key,
            workspace text not null references workspaces (id) on delete cascade,
            name text not null,
            found_by text not null,
            note text not null,
            created_at integer not null,
            unique (workspace, found_by)
        ) strict, without rowid""")
    db.execute("alter table holdings add column found_by text not null default ''")
    db.execute(
        "alter table holdings add column client text references clients (id) on delete set null"
    )
    db.execute("create index holdings_for on holdings (client)")
    # What counts as the same letter in lower case is not the same to every database.
    for assessment, title in db.execute("select assessment, title from holdings").fetchall():
        told = (fold(title), assessment)
        db.execute("update holdings set found_by = ? where assessment = ?", told)


@STEPS(name="0031-tags")
def _tags(db: Database) -> None:
    db.execute("""
        create table tags (
            assessment text not null references holdings (assessment) on delete cascade,
            tag text not null,
            workspace text not null,
            primary key (assessment, tag)
        ) strict, without rowid""")
    db.execute("create index tagged on tags (workspace, tag)")


@STEPS(name="0032-notes")
def _notes(db: Database) -> None:
    # Apart from what a page of the assessment reads: what is not read there is not shown there.
    db.execute("""
        create table notes (
            assessment text primary key references holdings (assessment) on delete cascade,
            text text not null
        ) strict, without rowid""")


@STEPS(name="0033-reviews")
def _reviews(db: Database) -> None:
    db.execute("""
        create table review_days (
            assessment text primary key references holdings (assessment) on delete cascade,
            due_on text not null,
            revision integer not null
        ) strict, without rowid""")
    # A calendar ends with the membership of whom it belongs to.
    db.execute("""
        create table feeds (
            workspace text not null,
            user text not null,
            key_hash blob not null unique,
            has_titles integer not null,
            created_at integer not null,
            primary key (workspace, user),
            foreign key (workspace, user) references members (workspace, user) on delete cascade
        ) strict, without rowid""")


@STEPS(name="0034-brands")
def _brands(db: Database) -> None:
    # The brand as it travels with reports, with its logo: too large to lie in the tree of its key.
    db.execute("""
        create table brands (
            workspace text primary key references workspaces (id) on delete cascade,
            form text not null
        ) strict""")


@STEPS(name="0035-hooks")
def _hooks(db: Database) -> None:
    db.execute("""
        create table hooks (
            id text primary key,
            workspace text not null references workspaces (id) on delete cascade,
            url text not null,
            events text not null,
            created_by text not null,
            since integer not null
        ) strict, without rowid""")
    db.execute("create index hooks_of on hooks (workspace, since)")
    db.execute("""
        create table deliveries (
            id text primary key,
            hook text not null references hooks (id) on delete cascade,
            key text not null,
            event text not null,
            body text not null,
            queued_at integer not null,
            state text not null,
            tries integer not null,
            next_at integer not null,
            reason text not null,
            done_at integer,
            unique (hook, key)
        ) strict, without rowid""")
    db.execute("create index deliveries_of on deliveries (hook, queued_at)")
    db.execute("create index deliveries_due on deliveries (state, next_at)")


@STEPS(name="0036-refused-tokens")
def _refused_tokens(db: Database) -> None:
    db.execute("alter table api_tokens add column refused_at integer")


@STEPS(name="0037-levels")
def _levels(db: Database) -> None:
    # Levels were stored also of scales that mean nothing for the answers. The snapshot tells which.
    for assessment, number, snapshot in db.execute(
        "select assessment, number, snapshot from revisions"
    ):
        for scale, told in json.loads(snapshot)["conclusion"]["scales"].items():
            if "if_applies" not in told:
                continue
            values = (" ".join(told["if_applies"]), assessment, number, scale)
            sql = "update revision_levels set levels = ?"
            db.execute(f"{sql} where assessment = ? and revision = ? and scale = ?", values)


@STEPS(name="0038-encrypted-answers")
def _encrypted_answers(db: Database) -> None:
    # Those that an older version kept hold links that can be read; none is older than a day.
    db.execute("delete from given_answers")


@STEPS(name="0039-accepted-levels")
def _accepted_levels(db: Database) -> None:
    # Where no reviewer gave a value, what is accepted is what is claimed, which was mended before.
    db.execute("""
        delete from accepted_levels where not exists (
            select 1 from reviews r
            where r.vendor = accepted_levels.vendor and r.value is not null)""")
