"""The steps of the schema that are about screenings, vendors, reviews and evidence."""

from __future__ import annotations

from sqlite_utils import Database

from riskq.store.steps import STEPS

__all__: list[str] = []


@STEPS(name="0011-screenings")
def _screenings(db: Database) -> None:
    db.execute("""
        create table screenings (
            id text primary key,
            workspace text not null references workspaces (id) on delete cascade,
            title text not null,
            message text not null,
            questionnaire text not null,
            edition text not null,
            digest text not null,
            language text not null,
            deadline text,
            created_at integer not null,
            closed_at integer
        ) strict, without rowid""")
    db.execute("create index screenings_of on screenings (workspace, created_at)")


@STEPS(name="0012-vendors")
def _vendors(db: Database) -> None:
    db.execute("""
        create table vendors (
            id text primary key,
            screening text not null references screenings (id) on delete cascade,
            name text not null,
            sort_name text not null,
            email text not null,
            reference text not null,
            issue integer not null,
            key_hash blob not null unique,
            link_until integer not null,
            assessment text unique references assessments (id) on delete set null,
            invited_at integer not null,
            reminded_at integer,
            opened_at integer,
            asked_at integer,
            decision text not null,
            reason text not null,
            decided_revision integer not null,
            decided_at integer
        ) strict, without rowid""")
    db.execute("create index vendors_of on vendors (screening, sort_name)")


@STEPS(name="0013-reviews")
def _reviews(db: Database) -> None:
    db.execute("""
        create table reviews (
            vendor text not null references vendors (id) on delete cascade,
            question text not null,
            revision integer not null,
            comment text not null,
            asks integer not null,
            value text,
            by_user text not null,
            at integer not null,
            primary key (vendor, question)
        ) strict, without rowid""")
    db.execute("""
        create table accepted_levels (
            vendor text not null references vendors (id) on delete cascade,
            revision integer not null,
            scale text not null,
            levels text not null,
            primary key (vendor, scale)
        ) strict, without rowid""")


@STEPS(name="0020-evidence")
def _evidence(db: Database) -> None:
    # The content lies in a folder beside the database, by the same ids.
    db.execute("""
        create table evidence (
            id text primary key,
            assessment text not null references assessments (id) on delete cascade,
            question text not null,
            name text not null,
            type text not null,
            bytes integer not null,
            sha256 text not null,
            added_at integer not null,
            added_by text not null
        ) strict, without rowid""")
    db.execute("create index evidence_of on evidence (assessment, question, added_at)")
