BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'riskq-bundles','0001-bundles','2026-11-29 05:18:37.270582+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'riskq-bundles','0002-items','2026-11-29 05:18:37.270964+00:00');
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
        ) strict, without rowid;
INSERT INTO "bundles" VALUES('aaaaaaaaaaaa',X'59AA974A878532A04E966F0EB720AA711D4CD1083C3A0B3560DDD891F97332F4','kz-ai-law','2026-08-25','9f1badaaa5d771de0a940c5173378e3df6c12f4d20f538f282d806d22e0882d7','kk','2026-11-28',1795824000000,1798416000000,0);
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
INSERT INTO "items" VALUES('aaaaaaaaaaaa',1,'one.yml','{"system-name": "One"}','waiting','',0,NULL);
INSERT INTO "items" VALUES('aaaaaaaaaaaa',2,'two.yml',NULL,'failed','unreadable',0,NULL);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX unfinished on items (bundle, number)
        where state in ('waiting', 'working');
COMMIT;
pragma user_version = 2;
