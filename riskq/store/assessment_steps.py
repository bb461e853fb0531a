"""The steps of the schema that are about assessments, their answers and revisions."""

from __future__ import annotations

from sqlite_utils import Database

from riskq.store.steps import STEPS

__all__: list[str] = []

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


@STEPS(name="0010-locks-and-levels")
def _locks_and_levels(db: Database) -> None:
    # To which questions an assessment is open, and until when its link works; null is "always".
    db.execute("alter table assessments add column open_to text")
    db.execute("alter table assessments add column link_until integer")
    db.execute("""
        create table revision_levels (
            assessment text not null,
            revision integer not null,
            scale text not null,
            levels text not null,
            primary key (assessment, revision, scale),
            foreign key (assessment, revision) references revisions (assessment, number)
                on delete cascade
        ) strict, without rowid""")
