"""The schema, as steps that are applied once each, in order. A published step is never edited.

SQLite's ``user_version`` holds the number of steps applied.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from riskq.store.seeking import fold

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


@STEPS(name="0004-users")
def _users(db: Database) -> None:
    db.execute("""
        create table users (
            id text primary key,
            email text not null unique,
            name text not null,
            language text not null,
            created_at integer not null,
            password text,
            second_factor text,
            second_factor_step integer not null
        ) strict, without rowid""")
    db.execute("""
        create table sessions (
            id text primary key,
            key_hash blob not null unique,
            user text not null references users (id) on delete cascade,
            browser text not null,
            created_at integer not null,
            expires_at integer not null
        ) strict, without rowid""")
    db.execute("create index sessions_of on sessions (user, created_at)")


@STEPS(name="0005-ways-to-sign-in")
def _ways_to_sign_in(db: Database) -> None:
    db.execute("""
        create table recovery_codes (
            user text not null references users (id) on delete cascade,
            code_hash blob not null,
            primary key (user, code_hash)
        ) strict, without rowid""")
    db.execute("""
        create table password_links (
            key_hash blob primary key,
            user text not null references users (id) on delete cascade,
            expires_at integer not null
        ) strict, without rowid""")
    db.execute("""
        create table attempts (
            kind text not null,
            subject blob not null,
            count integer not null,
            until integer not null,
            primary key (kind, subject)
        ) strict, without rowid""")


@STEPS(name="0006-workspaces")
def _workspaces(db: Database) -> None:
    db.execute("""
        create table workspaces (
            id text primary key,
            name text not null,
            created_at integer not null
        ) strict, without rowid""")
    db.execute("""
        create table members (
            workspace text not null references workspaces (id) on delete cascade,
            user text not null references users (id) on delete cascade,
            role text not null,
            since integer not null,
            primary key (workspace, user)
        ) strict, without rowid""")
    db.execute("create index memberships on members (user)")
    db.execute("""
        create table member_invitations (
            id text primary key,
            workspace text not null references workspaces (id) on delete cascade,
            email text not null,
            role text not null,
            key_hash blob not null unique,
            invited_by text not null,
            created_at integer not null,
            expires_at integer not null,
            unique (workspace, email)
        ) strict, without rowid""")
    db.execute("""
        create table holdings (
            assessment text primary key references assessments (id) on delete cascade,
            workspace text not null references workspaces (id) on delete cascade,
            title text not null,
            held_since integer not null
        ) strict, without rowid""")
    db.execute("create index holdings_of on holdings (workspace, held_since)")


@STEPS(name="0007-history")
def _history(db: Database) -> None:
    # What was told in detail may be erased; its digest, on which the chain stands, is kept.
    db.execute("""
        create table events (
            book text not null,
            number integer not null,
            at integer not null,
            actor text not null,
            action text not null,
            subject text not null,
            salt blob,
            detail text,
            digest blob not null,
            hash blob not null,
            primary key (book, number)
        ) strict, without rowid""")
    db.execute("""
        create table books (
            id text primary key,
            number integer not null,
            hash blob not null
        ) strict, without rowid""")


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


def migrate(connection: sqlite3.Connection) -> None:
    """Apply the steps that are missing. Must be called inside a transaction that may write.

    The steps run in savepoints of that transaction: after a failure, none of them has happened.
    """
    db = Database(connection, execute_plugins=False)
    STEPS.apply(db)
    connection.execute(f"pragma user_version = {len(STEPS.applied(db)):d}")
