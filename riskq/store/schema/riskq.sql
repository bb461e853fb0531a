CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE TABLE assessments (
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
        , open_to text, link_until integer, sealed_key blob) strict, without rowid;

CREATE TABLE answers (
            assessment text not null references assessments (id) on delete cascade,
            question text not null,
            value text not null,
            because text not null,
            version integer not null,
            saved_at integer not null,
            primary key (assessment, question)
        ) strict, without rowid;

CREATE TABLE revisions (
            assessment text not null references assessments (id) on delete cascade,
            number integer not null,
            submitted_at integer not null,
            language text not null,
            snapshot text not null,
            sha256 text not null,
            sequence integer not null, by_code blob,
            primary key (assessment, number)
        ) strict;

CREATE TABLE revision_levels (
            assessment text not null,
            revision integer not null,
            scale text not null,
            levels text not null,
            primary key (assessment, revision, scale),
            foreign key (assessment, revision) references revisions (assessment, number)
                on delete cascade
        ) strict, without rowid;

CREATE TABLE users (
            id text primary key,
            email text not null unique,
            name text not null,
            language text not null,
            created_at integer not null,
            password text,
            second_factor text,
            second_factor_step integer not null
        ) strict, without rowid;

CREATE TABLE sessions (
            id text primary key,
            key_hash blob not null unique,
            user text not null references users (id) on delete cascade,
            browser text not null,
            created_at integer not null,
            expires_at integer not null
        ) strict, without rowid;

CREATE INDEX sessions_of on sessions (user, created_at);

CREATE TABLE recovery_codes (
            user text not null references users (id) on delete cascade,
            code_hash blob not null,
            primary key (user, code_hash)
        ) strict, without rowid;

CREATE TABLE password_links (
            key_hash blob primary key,
            user text not null references users (id) on delete cascade,
            expires_at integer not null
        ) strict, without rowid;

CREATE TABLE attempts (
            kind text not null,
            subject blob not null,
            count integer not null,
            until integer not null,
            primary key (kind, subject)
        ) strict, without rowid;

CREATE TABLE workspaces (
            id text primary key,
            name text not null,
            created_at integer not null
        ) strict, without rowid;

CREATE TABLE members (
            workspace text not null references workspaces (id) on delete cascade,
            user text not null references users (id) on delete cascade,
            role text not null,
            since integer not null,
            primary key (workspace, user)
        ) strict, without rowid;

CREATE INDEX memberships on members (user);

CREATE TABLE member_invitations (
            id text primary key,
            workspace text not null references workspaces (id) on delete cascade,
            email text not null,
            role text not null,
            key_hash blob not null unique,
            invited_by text not null,
            created_at integer not null,
            expires_at integer not null,
            unique (workspace, email)
        ) strict, without rowid;

CREATE TABLE holdings (
            assessment text primary key references assessments (id) on delete cascade,
            workspace text not null references workspaces (id) on delete cascade,
            title text not null,
            held_since integer not null
        , found_by text not null default '', client text references clients (id) on delete set null) strict, without rowid;

CREATE INDEX holdings_of on holdings (workspace, held_since);

CREATE TABLE events (
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
        ) strict, without rowid;

CREATE TABLE books (
            id text primary key,
            number integer not null,
            hash blob not null
        ) strict, without rowid;

CREATE TABLE api_tokens (
            id text primary key,
            workspace text not null references workspaces (id) on delete cascade,
            name text not null,
            rights text not null,
            key_hash blob not null unique,
            created_by text not null references users (id) on delete cascade,
            created_at integer not null,
            expires_at integer not null
        , refused_at integer) strict, without rowid;

CREATE INDEX tokens_of on api_tokens (workspace, created_at);

CREATE TABLE given_answers (
            token text not null references api_tokens (id) on delete cascade,
            name text not null,
            digest blob not null,
            status integer not null,
            body blob not null,
            at integer not null,
            primary key (token, name)
        ) strict;

CREATE TABLE identities (
            issuer text not null,
            subject text not null,
            user text not null references users (id) on delete cascade,
            bound_at integer not null,
            primary key (issuer, subject),
            unique (user, issuer)
        ) strict, without rowid;

CREATE TABLE outbox (
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
        ) strict, without rowid;

CREATE INDEX outbox_about on outbox (about, queued_at);

CREATE INDEX outbox_due on outbox (state, next_at);

CREATE INDEX attempts_until on attempts (until);

CREATE TABLE screenings (
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
        ) strict, without rowid;

CREATE INDEX screenings_of on screenings (workspace, created_at);

CREATE TABLE vendors (
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
        ) strict, without rowid;

CREATE INDEX vendors_of on vendors (screening, sort_name);

CREATE TABLE reviews (
            vendor text not null references vendors (id) on delete cascade,
            question text not null,
            revision integer not null,
            comment text not null,
            asks integer not null,
            value text,
            by_user text not null,
            at integer not null,
            primary key (vendor, question)
        ) strict, without rowid;

CREATE TABLE accepted_levels (
            vendor text not null references vendors (id) on delete cascade,
            revision integer not null,
            scale text not null,
            levels text not null,
            primary key (vendor, scale)
        ) strict, without rowid;

CREATE TABLE evidence (
            id text primary key,
            assessment text not null references assessments (id) on delete cascade,
            question text not null,
            name text not null,
            type text not null,
            bytes integer not null,
            sha256 text not null,
            added_at integer not null,
            added_by text not null
        ) strict, without rowid;

CREATE INDEX evidence_of on evidence (assessment, question, added_at);

CREATE TABLE workspace_keys (
            id text primary key,
            workspace text not null references workspaces (id) on delete cascade,
            master text not null,
            sealed blob not null,
            made_at integer not null
        ) strict, without rowid;

CREATE INDEX workspace_keys_of on workspace_keys (workspace, made_at);

CREATE TABLE clients (
            id text primary key,
            workspace text not null references workspaces (id) on delete cascade,
            name text not null,
            found_by text not null,
            note text not null,
            created_at integer not null,
            unique (workspace, found_by)
        ) strict, without rowid;

CREATE INDEX holdings_for on holdings (client);

CREATE TABLE tags (
            assessment text not null references holdings (assessment) on delete cascade,
            tag text not null,
            workspace text not null,
            primary key (assessment, tag)
        ) strict, without rowid;

CREATE INDEX tagged on tags (workspace, tag);

CREATE TABLE notes (
            assessment text primary key references holdings (assessment) on delete cascade,
            text text not null
        ) strict, without rowid;

CREATE TABLE review_days (
            assessment text primary key references holdings (assessment) on delete cascade,
            due_on text not null,
            revision integer not null
        ) strict, without rowid;

CREATE TABLE feeds (
            workspace text not null,
            user text not null,
            key_hash blob not null unique,
            has_titles integer not null,
            created_at integer not null,
            primary key (workspace, user),
            foreign key (workspace, user) references members (workspace, user) on delete cascade
        ) strict, without rowid;

CREATE TABLE brands (
            workspace text primary key references workspaces (id) on delete cascade,
            form text not null
        ) strict;

CREATE TABLE hooks (
            id text primary key,
            workspace text not null references workspaces (id) on delete cascade,
            url text not null,
            events text not null,
            created_by text not null,
            since integer not null
        ) strict, without rowid;

CREATE INDEX hooks_of on hooks (workspace, since);

CREATE TABLE deliveries (
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
        ) strict, without rowid;

CREATE INDEX deliveries_of on deliveries (hook, queued_at);

CREATE INDEX deliveries_due on deliveries (state, next_at);

insert into _sqlite_migrations (migration_set, name, applied_at) values
    ('riskq', '0001-assessments', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0002-answers', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0003-revisions', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0010-locks-and-levels', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0004-users', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0005-ways-to-sign-in', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0006-workspaces', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0007-history', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0050-tokens', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0040-identities', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0041-outbox', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0053-attempts-end', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0011-screenings', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0012-vendors', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0013-reviews', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0020-evidence', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0060-keys', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0030-clients', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0031-tags', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0032-notes', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0033-reviews', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0034-brands', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0035-hooks', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0036-refused-tokens', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0037-levels', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0038-encrypted-answers', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq', '0039-accepted-levels', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now'));

pragma user_version = 27;
