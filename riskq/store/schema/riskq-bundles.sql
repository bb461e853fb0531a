CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE TABLE bundles (
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
        , kind text not null default 'answers', origin text not null default '', brand text not null default '') strict, without rowid;

CREATE TABLE items (
            bundle text not null references bundles (id) on delete cascade,
            number integer not null,
            name text not null,
            answers text,
            state text not null,
            detail text not null,
            lease integer not null,
            report blob,
            primary key (bundle, number)
        ) strict;

CREATE INDEX unfinished on items (bundle, number)
        where state in ('waiting', 'working');

insert into _sqlite_migrations (migration_set, name, applied_at) values
    ('riskq-bundles', '0001-bundles', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq-bundles', '0002-items', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')),
    ('riskq-bundles', '0030-revisions', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now'));

pragma user_version = 3;
