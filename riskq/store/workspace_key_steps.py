"""The steps of the schema that are about keys: what encrypts answers, itself encrypted."""

from __future__ import annotations

from sqlite_utils import Database

from riskq.store.steps import STEPS

__all__: list[str] = []


@STEPS(name="0060-keys")
def _keys(db: Database) -> None:
    db.execute("alter table assessments add column sealed_key blob")
    # Opens the snapshot to whoever has the code that is printed on its report.
    db.execute("alter table revisions add column by_code blob")
    # Each is encrypted under the master key that ``master`` names.
    db.execute("""
        create table workspace_keys (
            id text primary key,
            workspace text not null references workspaces (id) on delete cascade,
            master text not null,
            sealed blob not null,
            made_at integer not null
        ) strict, without rowid""")
    db.execute("create index workspace_keys_of on workspace_keys (workspace, made_at)")
