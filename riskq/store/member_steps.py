"""The steps of the schema that are about users, workspaces and their history."""

from __future__ import annotations

from sqlite_utils import Database

from riskq.store.steps import STEPS

__all__: list[str] = []


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


@STEPS(name="0050-tokens")
def _tokens(db: Database) -> None:
    db.execute("""
        create table api_tokens (
            id text primary key,
            workspace text not null references workspaces (id) on delete cascade,
            name text not null,
            rights text not null,
            key_hash blob not null unique,
            created_by text not null references users (id) on delete cascade,
            created_at integer not null,
            expires_at integer not null
        ) strict, without rowid""")
    db.execute("create index tokens_of on api_tokens (workspace, created_at)")
    db.execute("""
        create table given_answers (
            token text not null references api_tokens (id) on delete cascade,
            name text not null,
            digest blob not null,
            status integer not null,
            body blob not null,
            at integer not null,
            primary key (token, name)
        ) strict""")


@STEPS(name="0040-identities")
def _identities(db: Database) -> None:
    # Whoever gets somebody's e-mail address later has another subject, and not that account.
    db.execute("""
        create table identities (
            issuer text not null,
            subject text not null,
            user text not null references users (id) on delete cascade,
            bound_at integer not null,
            primary key (issuer, subject),
            unique (user, issuer)
        ) strict, without rowid""")


@STEPS(name="0041-outbox")
def _outbox(db: Database) -> None:
    db.execute("""
        create table outbox (
            id text primary key,
            book text not null,
            about text not null,
            kind text not null,
            title text not null,
            sealed blob not null,
            queued_at integer not null,
            state text not null,
            tries integer not null,
            next_at integer not null,
            reason text not null,
            done_at integer
        ) strict, without rowid""")
    db.execute("create index outbox_about on outbox (about, queued_at)")
    db.execute("create index outbox_due on outbox (state, next_at)")
