BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'riskq','0001-assessments','2026-11-29 05:18:37.985234+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'riskq','0002-answers','2026-11-29 05:18:37.985459+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'riskq','0003-revisions','2026-11-29 05:18:37.985659+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'riskq','0010-locks-and-levels','2026-11-29 05:18:37.986103+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'riskq','0004-users','2026-11-29 05:18:37.986388+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'riskq','0005-ways-to-sign-in','2026-11-29 05:18:37.986650+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'riskq','0006-workspaces','2026-11-29 05:18:37.987033+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'riskq','0007-history','2026-11-29 05:18:37.987240+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'riskq','0050-tokens','2026-11-29 05:18:37.987495+00:00');
INSERT INTO "_sqlite_migrations" VALUES(10,'riskq','0011-screenings','2026-11-29 05:18:37.987708+00:00');
INSERT INTO "_sqlite_migrations" VALUES(11,'riskq','0012-vendors','2026-11-29 05:18:37.987965+00:00');
INSERT INTO "_sqlite_migrations" VALUES(12,'riskq','0013-reviews','2026-11-29 05:18:37.988306+00:00');
INSERT INTO "_sqlite_migrations" VALUES(13,'riskq','0020-evidence','2026-11-29 05:18:37.988537+00:00');
INSERT INTO "_sqlite_migrations" VALUES(14,'riskq','0030-clients','2026-11-29 05:18:37.989419+00:00');
INSERT INTO "_sqlite_migrations" VALUES(15,'riskq','0031-tags','2026-11-29 05:18:37.989680+00:00');
INSERT INTO "_sqlite_migrations" VALUES(16,'riskq','0032-notes','2026-11-29 05:18:37.989855+00:00');
INSERT INTO "_sqlite_migrations" VALUES(17,'riskq','0033-reviews','2026-11-29 05:18:37.990593+00:00');
INSERT INTO "_sqlite_migrations" VALUES(18,'riskq','0034-brands','2026-11-29 05:18:37.990837+00:00');
CREATE TABLE accepted_levels (
            vendor text not null references vendors (id) on delete cascade,
            revision integer not null,
            scale text not null,
            levels text not null,
            primary key (vendor, scale)
        ) strict, without rowid;
INSERT INTO "accepted_levels" VALUES('ad44h7rk9vsz',1,'autonomy','low medium high');
INSERT INTO "accepted_levels" VALUES('ad44h7rk9vsz',1,'cybersecurity','ordinary equated-to-state');
INSERT INTO "accepted_levels" VALUES('ad44h7rk9vsz',1,'prohibition','none present');
INSERT INTO "accepted_levels" VALUES('ad44h7rk9vsz',1,'risk','minimal medium high');
INSERT INTO "accepted_levels" VALUES('ad44h7rk9vsz',1,'scope','outside-territory inside');
INSERT INTO "accepted_levels" VALUES('ad44h7rk9vsz',1,'trusted-list','not-applicable barred not-entitled not-ready ready');
CREATE TABLE answers (
            assessment text not null references assessments (id) on delete cascade,
            question text not null,
            value text not null,
            because text not null,
            version integer not null,
            saved_at integer not null,
            primary key (assessment, question)
        ) strict, without rowid;
INSERT INTO "answers" VALUES('erfhedtesa95','model-based','"no"','',7,1795161600000);
INSERT INTO "answers" VALUES('erfhedtesa95','organisation','"Sorter"','',3,1795161600000);
INSERT INTO "answers" VALUES('erfhedtesa95','organisation-size','"individual"','',4,1795161600000);
INSERT INTO "answers" VALUES('erfhedtesa95','sector','"energy-and-utilities"','',5,1795161600000);
INSERT INTO "answers" VALUES('erfhedtesa95','stage','"idea"','',6,1795161600000);
INSERT INTO "answers" VALUES('erfhedtesa95','system-name','"Sorter"','',1,1795161600000);
INSERT INTO "answers" VALUES('erfhedtesa95','system-purpose','"Sorter"','',2,1795161600000);
INSERT INTO "answers" VALUES('f3rcruw4cgb8','system-name','"Sorter"','',1,1795161600000);
INSERT INTO "answers" VALUES('ufwaxd8dp7h8','model-based','"no"','',7,1795161600000);
INSERT INTO "answers" VALUES('ufwaxd8dp7h8','organisation','"Sorter"','',3,1795161600000);
INSERT INTO "answers" VALUES('ufwaxd8dp7h8','organisation-size','"individual"','',4,1795161600000);
INSERT INTO "answers" VALUES('ufwaxd8dp7h8','sector','"energy-and-utilities"','',5,1795161600000);
INSERT INTO "answers" VALUES('ufwaxd8dp7h8','stage','"idea"','',6,1795161600000);
INSERT INTO "answers" VALUES('ufwaxd8dp7h8','system-name','"Sorter"','',1,1795161600000);
INSERT INTO "answers" VALUES('ufwaxd8dp7h8','system-purpose','"Sorter"','',2,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','access-mode','"closed"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','ai-notice','"yes"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','biometric-discrimination','"no"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','critical-object','"yes"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','damage','"yes"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','documents','["system-document", "risk-document", "data-library-document"]','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','emergency','"no"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','emergency-stop-tested','"yes"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','emotion-recognition','"no"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','exploits-vulnerability','"no"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','human-control','"human-decides"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','kazakhstan-link','["operated-in-kz"]','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','manipulation','"no"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','misuse-covered','"yes"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','model-based','"yes"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','organisation','"«Цифрлық қала» КММ"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','organisation-size','"medium"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','personal-data','"no"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','prohibited-results','"no"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','restricted-data','"no"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','risk-management','"yes"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','risk-review','"2026-05-01"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','role','"owner"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','safety-measures','"yes"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','sector','"digital-government"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','significant-harm','["none"]','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','social-scoring','"no"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','stage','"operation"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','synthetic-results','"no"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','system-name','"Қала порталы көмекшісі"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','system-purpose','"Тұрғындардың өтінішін тиісті бөлімге бағыттайды."','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','training','"no"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','user-agreement','"yes"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','user-support','"yes"','',1,1795161600000);
INSERT INTO "answers" VALUES('xgfdbayf5jee','users-efficiency','"yes"','',1,1795161600000);
CREATE TABLE api_tokens (
            id text primary key,
            workspace text not null references workspaces (id) on delete cascade,
            name text not null,
            rights text not null,
            key_hash blob not null unique,
            created_by text not null references users (id) on delete cascade,
            created_at integer not null,
            expires_at integer not null
        ) strict, without rowid;
INSERT INTO "api_tokens" VALUES('2e6tyjnr9bd9','taj7uvurg3k7','Import','see review',X'6C186D6019E033CAE2CC73CD7303726D1ABC353896F60DD656491D1F3BCEA72D','8hwxpmnmq3wh',1795161600000,1826697600000);
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
        , open_to text, link_until integer) strict, without rowid;
INSERT INTO "assessments" VALUES('erfhedtesa95',X'93E9F5BAB8D7C41F1525746AEB868DB2782645CB3E6729C4F3A3355A677D24B6','kz-ai-law','2026-08-25','9f1badaaa5d771de0a940c5173378e3df6c12f4d20f538f282d806d22e0882d7','ru',1795161600000,1795161600000,253370764800000,7,1,'',1802937600000);
INSERT INTO "assessments" VALUES('f3rcruw4cgb8',X'1F033DBA15D7EBEEC3A407AE99C67EAD4F063901A58C7346CF747CEBA9D5DB4C','kz-ai-law','2026-08-25','9f1badaaa5d771de0a940c5173378e3df6c12f4d20f538f282d806d22e0882d7','en',1795161600000,1795161600000,253370764800000,2,0,NULL,NULL);
INSERT INTO "assessments" VALUES('ufwaxd8dp7h8',X'AB92CFB5A0D4F2300B7CB25FF0962DC48C101B40C26456C531CB4F7B5339A481','kz-ai-law','2026-08-25','9f1badaaa5d771de0a940c5173378e3df6c12f4d20f538f282d806d22e0882d7','en',1795161600000,1795161600000,253370764800000,7,1,'system-name',1802937600000);
INSERT INTO "assessments" VALUES('xgfdbayf5jee',X'DD39BA89AD2C3393702032BDAD6475E8498A83A3D3E304DE55F37290CA1078FA','kz-ai-law','2026-08-25','9f1badaaa5d771de0a940c5173378e3df6c12f4d20f538f282d806d22e0882d7','kk',1795161600000,1795161600000,1829721600000,1,1,NULL,NULL);
CREATE TABLE attempts (
            kind text not null,
            subject blob not null,
            count integer not null,
            until integer not null,
            primary key (kind, subject)
        ) strict, without rowid;
CREATE TABLE books (
            id text primary key,
            number integer not null,
            hash blob not null
        ) strict, without rowid;
INSERT INTO "books" VALUES('assessment:erfhedtesa95',8,X'C2A70E0C9B75A975BBD1955A696B7BAD09A8FEA939422CE9887AF0F4C0D665F9');
INSERT INTO "books" VALUES('assessment:f3rcruw4cgb8',2,X'5772589C9F38DF94EF610985CD5937FB91FD79668D7A08456D4B066B3120AA67');
INSERT INTO "books" VALUES('assessment:ufwaxd8dp7h8',8,X'FEDEA77E2CC36987A1B4E750D733B8062629365722BFA379FC8269CC7B3308A0');
INSERT INTO "books" VALUES('assessment:xgfdbayf5jee',2,X'72CF1D88E7D6E0AA195CB38DC142DB73AEE076FBD4DDB91CB7D599CE505B5AFD');
INSERT INTO "books" VALUES('user:8hwxpmnmq3wh',3,X'CE20C62365C95B371F812AFEF9511B4177E91C9F835BAB533C522E36111155D3');
INSERT INTO "books" VALUES('user:b492q4gr4pzy',3,X'D47436A24004E9D7D448FE1FE88838C916238BAA29D3E92636BBA634E51DA0B3');
INSERT INTO "books" VALUES('user:d7fbks8tcahs',3,X'37C8228863E14B6F1E2D1E117B15AD7C745AB6FF8B05BED7AC63382F83A07081');
INSERT INTO "books" VALUES('user:rxrbcy8wapcn',3,X'302B250C8B252894140FF362E24D83797C38B0F89A3EB40B98FF087BC4805458');
INSERT INTO "books" VALUES('workspace:taj7uvurg3k7',25,X'521EA2A313EF15CA9B44F02D8852289DE3CF2504FC43C654156D2AC95CC4D6F1');
CREATE TABLE brands (
            workspace text primary key references workspaces (id) on delete cascade,
            form text not null
        ) strict;
CREATE TABLE clients (
            id text primary key,
            workspace text not null references workspaces (id) on delete cascade,
            name text not null,
            found_by text not null,
            note text not null,
            created_at integer not null,
            unique (workspace, found_by)
        ) strict, without rowid;
INSERT INTO "clients" VALUES('9rvfd59fxsnd','taj7uvurg3k7','Sorting Office','sorting office','',1795161600000);
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
INSERT INTO "events" VALUES('assessment:erfhedtesa95',1,1795161600000,'holder','answer','system-name',X'CC8D52045DC2062CCC9F36F0497C8F97','{"old": null, "new": {"answer": "\"Sorter\""}}',X'62223DE7514E4045A2E62F889269C412FD062C71CC441CA040C4AB760D24D137',X'DAF4E73B508360F99C1676B8BF07DA80AD628BC9F1E996B27E123DA7398CA921');
INSERT INTO "events" VALUES('assessment:erfhedtesa95',2,1795161600000,'holder','answer','system-purpose',X'868EF8FD5E38EAE169D2618B6D7576FB','{"old": null, "new": {"answer": "\"Sorter\""}}',X'2FF4E0A782749B6DE767ECD31F7D81446EC65C763CB60C9E1B9284D48886778C',X'70E30CDF4FD43DF28AA7B2DBB7F0A8A35E31B6DC98E4FCED523C741CAC299173');
INSERT INTO "events" VALUES('assessment:erfhedtesa95',3,1795161600000,'holder','answer','organisation',X'351012DFCF3338CFFDB7919B999E1E98','{"old": null, "new": {"answer": "\"Sorter\""}}',X'DE34D862969B49AE5CE269C9D2B0A16C399B506929307DDD72A99F4E54013082',X'17131E3A4E23AC52AD7E001DE8B4D696C5F4B22591204256CF9F19B3C26D5A1D');
INSERT INTO "events" VALUES('assessment:erfhedtesa95',4,1795161600000,'holder','answer','organisation-size',X'969C80C867A8C6D1E105156D125B79FA','{"old": null, "new": {"answer": "\"individual\""}}',X'234C017133B5E7431A330116F46E8D9AC7C924B399224F3D9BD8702111038176',X'53FCCE2EF852A4C62877023AE2735238A59F54343869BD93F993D9DD7C9FF1B3');
INSERT INTO "events" VALUES('assessment:erfhedtesa95',5,1795161600000,'holder','answer','sector',X'0D31EC415D89BCA6062C6DABAD73A4A1','{"old": null, "new": {"answer": "\"energy-and-utilities\""}}',X'22C0087A755198790CC3D151E90835AD89518BEAAFA0524A6415406C78E32031',X'BAEF39529BF1C798F2E15FE2F9E98F5448468F8D88F0259B1F2CE432163C8F05');
INSERT INTO "events" VALUES('assessment:erfhedtesa95',6,1795161600000,'holder','answer','stage',X'23800D6C9F807851DB3AC1C86C849265','{"old": null, "new": {"answer": "\"idea\""}}',X'A6AADC5BA4ED318E251510AC647EC0288F37A3D9D9EA12022B69F0659201AE44',X'BC91FCF46796A89EAFA0998A1867288709BC4FD6D99CD7A1310C011FEE4537F6');
INSERT INTO "events" VALUES('assessment:erfhedtesa95',7,1795161600000,'holder','answer','model-based',X'51309A3CF4347C95A7BA1A043549C957','{"old": null, "new": {"answer": "\"no\""}}',X'18DB4C28A280A510DF8186A52A5D5007F5EA99398F0BBFE0135739A98CEEF0C6',X'38316F0C101F4E26C3F96A0B7A4EF31B93658CD5D02E4A44B13A86B09AE7112A');
INSERT INTO "events" VALUES('assessment:erfhedtesa95',8,1795161600000,'holder','submitted','1',X'79975C3DEEE1EFF957B9B7AEA2B310FA','{"revision": 1, "sha256": "bfa88f48b01fed780c1e7e23f9f2b013d23042e8baca3553d7ec5a759fda56bb"}',X'70A6545068D1B1DC098C3C190E63B1C64695611A95E0A6238F4408E4B3E2C533',X'C2A70E0C9B75A975BBD1955A696B7BAD09A8FEA939422CE9887AF0F4C0D665F9');
INSERT INTO "events" VALUES('assessment:f3rcruw4cgb8',1,1795161600000,'holder','answer','system-name',X'E45CB1FF4853E3AD5888A0DB08752721','{"old": null, "new": {"answer": "\"Sorter\""}}',X'50195E0408C6A36066ED9E7ABE6CF80291E545BE23CB31AE869D1608E69B25E1',X'CF93FFFD5169FD6FC86A614D10309CE6F21018D4E260431D5B431A4EE089A38C');
INSERT INTO "events" VALUES('assessment:f3rcruw4cgb8',2,1795161600000,'8hwxpmnmq3wh','evidence-added','system-name',X'52E59CF7E160790FE8B9A3BC607EE5A1','{"name": "Sorting.pdf", "bytes": 233, "sha256": "50dc246b4ff9509811a23d9fcf7d6c8465ed2b4eed08aa049d9feae8e8afd526"}',X'7C6535838884A4BCA0D244632FA37AB5C2D3AADC35069832E8644DC2839A8EB0',X'5772589C9F38DF94EF610985CD5937FB91FD79668D7A08456D4B066B3120AA67');
INSERT INTO "events" VALUES('assessment:ufwaxd8dp7h8',1,1795161600000,'holder','answer','system-name',X'FF463F3D7FCF7C17BF11D9363A904BD9','{"old": null, "new": {"answer": "\"Sorter\""}}',X'7B3ED38D46BAFFE7FDFBBCE22CE9F1E6A8E3B7F97F3E6F4AAB7911B4124E36F2',X'B9E704A172E85E69BB622C65A9537F11A23846B49E051784D237B149FB763FC8');
INSERT INTO "events" VALUES('assessment:ufwaxd8dp7h8',2,1795161600000,'holder','answer','system-purpose',X'243BCD738A2CCDE15DC76F9A35F7D5E1','{"old": null, "new": {"answer": "\"Sorter\""}}',X'6C05CACF42F663AD9FF973C6734275C1082EB400A6C7BE55FF6513EE933D8F1C',X'AA3A7AADDC884F0DFCC4A3D8F6DF3DA2F2F2B3728767C4FC9E1C9C803D70E3AE');
INSERT INTO "events" VALUES('assessment:ufwaxd8dp7h8',3,1795161600000,'holder','answer','organisation',X'E7FB227279EC49AA436A35539D405648','{"old": null, "new": {"answer": "\"Sorter\""}}',X'B8570287AB25CB77562E8CDF82E042EDE8289A8B891F136C5782AB18A8490FD1',X'7AE6BEF855C211146C49823991F61C45E8526631A403BA872FF9C0F63DF3A5AE');
INSERT INTO "events" VALUES('assessment:ufwaxd8dp7h8',4,1795161600000,'holder','answer','organisation-size',X'696F628F6895808CB98F2387581C3086','{"old": null, "new": {"answer": "\"individual\""}}',X'C56EB7E1FE3D39DF37C95DE07B5F1B0A9B39024114A7ED961FD1D3649D6E1D14',X'C0DFD0B8D23590767BADEED4B50DE2F13F0E8603E402809CB902B927D67A0D40');
INSERT INTO "events" VALUES('assessment:ufwaxd8dp7h8',5,1795161600000,'holder','answer','sector',X'4392FA2BBA6C9693380E0ECFB0E8EA27','{"old": null, "new": {"answer": "\"energy-and-utilities\""}}',X'9D1BEAE8AF411A3D3144C3291C7C7E0FAAE1D7627D88102A07FC9CA268430A3B',X'A1BCC667DCDB1B4F05565B8B27340CCB002348115102EC56A26F4246056C9C7C');
INSERT INTO "events" VALUES('assessment:ufwaxd8dp7h8',6,1795161600000,'holder','answer','stage',X'C6C1F2EC3BE3368453268091CCE3B138','{"old": null, "new": {"answer": "\"idea\""}}',X'28FF7C3131B59A2CEBF026FF361597683FE0F9C91BE0FB47FE1E5526FBDBC877',X'F695E5150FC6062AB5988368ECED49AB7A3DE9C87A17D7583033C0E74E82E8E5');
INSERT INTO "events" VALUES('assessment:ufwaxd8dp7h8',7,1795161600000,'holder','answer','model-based',X'CA07BEB4D553FDB309ECFC21B23118AB','{"old": null, "new": {"answer": "\"no\""}}',X'99CB787F0A9AB9F5E0F20E5B7927BB2BCDF21DCD1F51EFF8966C457873B0B45D',X'8ADF1194BE784044872986CC8C45D32113221A59A0FCA85A9D7A6513C4200F5D');
INSERT INTO "events" VALUES('assessment:ufwaxd8dp7h8',8,1795161600000,'holder','submitted','1',X'84D1A07572987124ABC133FC1CF2A8FE','{"revision": 1, "sha256": "bfa88f48b01fed780c1e7e23f9f2b013d23042e8baca3553d7ec5a759fda56bb"}',X'0EC4EF964BF50D64E16A839AFD5EB0319C54469334C19F0F1D07216855201AE9',X'FEDEA77E2CC36987A1B4E750D733B8062629365722BFA379FC8269CC7B3308A0');
INSERT INTO "events" VALUES('assessment:xgfdbayf5jee',1,1795161600000,'holder','assessment-started','',X'85EF81199422318D6CBD120806C08FA9','{"answers": {"access-mode": {"answer": "\"closed\""}, "ai-notice": {"answer": "\"yes\""}, "biometric-discrimination": {"answer": "\"no\""}, "critical-object": {"answer": "\"yes\""}, "damage": {"answer": "\"yes\""}, "documents": {"answer": "[\"system-document\", \"risk-document\", \"data-library-document\"]"}, "emergency": {"answer": "\"no\""}, "emergency-stop-tested": {"answer": "\"yes\""}, "emotion-recognition": {"answer": "\"no\""}, "exploits-vulnerability": {"answer": "\"no\""}, "human-control": {"answer": "\"human-decides\""}, "kazakhstan-link": {"answer": "[\"operated-in-kz\"]"}, "manipulation": {"answer": "\"no\""}, "misuse-covered": {"answer": "\"yes\""}, "model-based": {"answer": "\"yes\""}, "organisation": {"answer": "\"«Цифрлық қала» КММ\""}, "organisation-size": {"answer": "\"medium\""}, "personal-data": {"answer": "\"no\""}, "prohibited-results": {"answer": "\"no\""}, "restricted-data": {"answer": "\"no\""}, "risk-management": {"answer": "\"yes\""}, "risk-review": {"answer": "\"2026-05-01\""}, "role": {"answer": "\"owner\""}, "safety-measures": {"answer": "\"yes\""}, "sector": {"answer": "\"digital-government\""}, "significant-harm": {"answer": "[\"none\"]"}, "social-scoring": {"answer": "\"no\""}, "stage": {"answer": "\"operation\""}, "synthetic-results": {"answer": "\"no\""}, "system-name": {"answer": "\"Қала порталы көмекшісі\""}, "system-purpose": {"answer": "\"Тұрғындардың өтінішін тиісті бөлімге бағыттайды.\""}, "training": {"answer": "\"no\""}, "user-agreement": {"answer": "\"yes\""}, "user-support": {"answer": "\"yes\""}, "users-efficiency": {"answer": "\"yes\""}}}',X'975666632C8DEFDAE829E32846E63EB67588595F52A89E91E1C7DD211D51618B',X'6B41CA8F4115B08FA9BEF533455B1759226A8688DA32A868D6A0295B6E84433C');
INSERT INTO "events" VALUES('assessment:xgfdbayf5jee',2,1795161600000,'holder','submitted','1',X'9709EEDDA4500F57D8F4F5F47CC01C57','{"revision": 1, "sha256": "284a4c3a66e324c551ff79da0d9c1e360b5ce992f305a54227d38e823873c908"}',X'5765EABF8BE70BD18E5628329CEA6EC345AA30E9A45F35DB7D0B133C65C92993',X'72CF1D88E7D6E0AA195CB38DC142DB73AEE076FBD4DDB91CB7D599CE505B5AFD');
INSERT INTO "events" VALUES('user:8hwxpmnmq3wh',1,1795161600000,'operator','user-added','',NULL,NULL,X'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',X'A3068BB0B40F26830536252EBCB4ED5A5C921C5C6075949C967076163E2C0A6A');
INSERT INTO "events" VALUES('user:8hwxpmnmq3wh',2,1795161600000,'operator','password-link-made','',NULL,NULL,X'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',X'B653F52BEEA60FFD324D82543E97DBA961D2771A7C9EF635DAA062E661B7E76C');
INSERT INTO "events" VALUES('user:8hwxpmnmq3wh',3,1795161600000,'8hwxpmnmq3wh','password-set','',NULL,NULL,X'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',X'CE20C62365C95B371F812AFEF9511B4177E91C9F835BAB533C522E36111155D3');
INSERT INTO "events" VALUES('user:b492q4gr4pzy',1,1795161600000,'operator','user-added','',NULL,NULL,X'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',X'F9C4F26B63399E362B51518B5B5909190DABAF11BFF31716719C52E1E09C1558');
INSERT INTO "events" VALUES('user:b492q4gr4pzy',2,1795161600000,'operator','password-link-made','',NULL,NULL,X'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',X'6784C5E0CBF0AFB6A58DB59F3D241BB57736D964015040F8AB78045669D33969');
INSERT INTO "events" VALUES('user:b492q4gr4pzy',3,1795161600000,'b492q4gr4pzy','password-set','',NULL,NULL,X'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',X'D47436A24004E9D7D448FE1FE88838C916238BAA29D3E92636BBA634E51DA0B3');
INSERT INTO "events" VALUES('user:d7fbks8tcahs',1,1795161600000,'operator','user-added','',NULL,NULL,X'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',X'89AD842FDE5F09FB61110CA76FFF85288FA3C2DF34D7B85067AB13B9D4A5E801');
INSERT INTO "events" VALUES('user:d7fbks8tcahs',2,1795161600000,'operator','password-link-made','',NULL,NULL,X'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',X'3C8057D6E4668005C49BE50C38EDA52873DABF063B97E2DD5ECB6EF505D08DD7');
INSERT INTO "events" VALUES('user:d7fbks8tcahs',3,1795161600000,'d7fbks8tcahs','password-set','',NULL,NULL,X'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',X'37C8228863E14B6F1E2D1E117B15AD7C745AB6FF8B05BED7AC63382F83A07081');
INSERT INTO "events" VALUES('user:rxrbcy8wapcn',1,1795161600000,'operator','user-added','',NULL,NULL,X'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',X'0166DF9A943E39DD2C4CD11DBD0256CAD168E4B502BC6B85C5B580E648176A02');
INSERT INTO "events" VALUES('user:rxrbcy8wapcn',2,1795161600000,'operator','password-link-made','',NULL,NULL,X'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',X'E950AB47E9EB56F0C16621D5ECC2BE0A31BC4BAA02AED89BAA15D4368AF48B54');
INSERT INTO "events" VALUES('user:rxrbcy8wapcn',3,1795161600000,'rxrbcy8wapcn','password-set','',NULL,NULL,X'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',X'302B250C8B252894140FF362E24D83797C38B0F89A3EB40B98FF087BC4805458');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',1,1795161600000,'8hwxpmnmq3wh','workspace-founded','',X'46317A0046A4083780020AA1487B0712','{"new": "Alatau"}',X'CDE508E55523891EC357298879DDC6E0302F8CE326A4396A37D6EFB5A925A8F9',X'6CD9E94F82240AB3DA88AB7E047A44E992262B9691CA6051C9F9E69DCC9FC16F');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',2,1795161600000,'8hwxpmnmq3wh','member-invited','mqgyyc9a9nyw',X'F8EDEB1C35BC5612E06AB3F0B37D8AB9','{"email": "editor@alatau.example", "role": "editor"}',X'A78F770DD5C3BFF5140C700751E9D77D518893FE074F3E9716A0448FB7150FD0',X'B68BA6A66B8CF4EF16209D214270CEBE5A53B40B20E661F18102B804EEC63130');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',3,1795161600000,'rxrbcy8wapcn','member-joined','rxrbcy8wapcn',X'3DF912EC699C1B9F39F1D621D8272126','{"role": "editor"}',X'231FAA439A876A446A1F1F3A61C892824CF1EC2D5F5C69C91B929D13C921C6F8',X'6C56D4EEBA3D9BFC69830831E7C8CED564310400C4D0417CE2109DF42F28A60E');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',4,1795161600000,'8hwxpmnmq3wh','member-invited','5g8g6a6r2dkw',X'103466CA972BAE1F34A0E23B5ADC6308','{"email": "reviewer@alatau.example", "role": "reviewer"}',X'40B97E3324EC3073A17633B104B9EE31398E5DBD4ECDAC9EC02DDB25226286B0',X'17E25FB0C47FC1EB574EFD6E8C03325DAD8CAFFFF32C37829BF336C35CE40D79');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',5,1795161600000,'b492q4gr4pzy','member-joined','b492q4gr4pzy',X'A096761625B58ED27B2184B765599757','{"role": "reviewer"}',X'AA75E9E98B1EBFC2E922DBBC994561B6A59052C6BBC2EB8A830A4B5CCF1A0C10',X'9B05FAB981E98E5B85D0D37D24B8785791B1A5E281A0DC5E41D5A8294F9357F3');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',6,1795161600000,'8hwxpmnmq3wh','member-invited','fjv4rzn6qcy9',X'0FE8A3A10BE1B4C4701860C437CBFD71','{"email": "reader@alatau.example", "role": "reader"}',X'634B5E0B1DEFC5950A2CC99DE25430F26950BE62468A28731B6B2C0C45D1671A',X'17B51D2EB6650DE74FE72A5593D2FEFDF1A064E7B3FA6EB12529AFDC009405BA');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',7,1795161600000,'d7fbks8tcahs','member-joined','d7fbks8tcahs',X'E87BFF1A3E873A6AD9B403B2E90F2DAE','{"role": "reader"}',X'694C361F1A2036D60D910395E3242016394CB5C2DDA1926B2FCC582907E1AB9B',X'B107EEC1873A0A253DF72AEA7E296F9FAD4D7C162BC77FCF6DF2632899FA4784');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',8,1795161600000,'8hwxpmnmq3wh','client-added','9rvfd59fxsnd',X'CECD6802A336DD2E03EBC025CE3CA9AB','{"title": "Sorting Office"}',X'3BD53B397B77182801D78D2DF7786D89A5104BE4D150E803F93E51B8B2F2C594',X'0D936B6AE46C103A03FC44803D8D3151E1A16EEAC29F3C4A5C44664B47B925C7');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',9,1795161600000,'8hwxpmnmq3wh','assessment-claimed','f3rcruw4cgb8',X'BF8DF2CE3F3B18A69DE50668ED27DB48','{"title": "Sorting letters", "new": "Sorting Office"}',X'D08E8E21E85AE9768B68744A2BD3C6E6859F6C916894C96B9195E71434A8058E',X'BEE8A49165F14163D5397C3FCF901D9A534B6F70CF1686FDC9D67417E74CCEB8');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',10,1795161600000,'8hwxpmnmq3wh','member-invited','4ygsw64azpnh',X'EFABF6D0AECF9AADA05B9E8E050DC0F9','{"email": "guest@alatau.example", "role": "reader"}',X'9F4A8BB9AEF6794BB32D1A7A195D83E2086AD00343BB5B0A554F19FFA1B1F925',X'921CDBC1CEC9EB945688C3168C17A0E142333B122DD119E8DAA546DDB8B303FD');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',11,1795161600000,'8hwxpmnmq3wh','screening-begun','s8bdkw6juwc2',X'3DF59C56BC528F1E59AECD0F22E79F77','{"title": "Sorting voices"}',X'AF4E15361A9B8BC7EEB6916B681AC86305361C0BEF6038B5C86B75B4CC18A3A1',X'F794E3C065EFE29EBCA39AD0A111D5070D1325CDBA46194D6558D1C8B7DB9D35');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',12,1795161600000,'8hwxpmnmq3wh','vendor-invited','wchty9fffhac',X'E196356E4D7677C1162B2E6AB3BFB3EF','{"title": "Sorting Ltd", "screening": "Sorting voices"}',X'DACB2BBBBDCA4AA4C68FC174DEE3848F5DCC20CDC8DA84CB381F9E48FBDDEA28',X'8C8F583A9D695B00E0BF3EE86B56C3C9A45E4F8141801863F2CA19AC4F5D5398');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',13,1795161600000,'holder','vendor-opened','wchty9fffhac',X'F74BE41BF9F092AD8249622B53153DA0','{"title": "Sorting Ltd"}',X'DC019AB97CE69645D389272B8B27D76A40A6954150F653190DAE35DA946C4B06',X'BBACF5D3FB02634DF62753A1F5A67AA500FD57183E98EDA2310E6BBE294DB593');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',14,1795161600000,'8hwxpmnmq3wh','assessment-tagged','f3rcruw4cgb8',X'7F6C1E4D176137C45DA6428612C34AAE','{"title": "Sorting letters", "old": "", "new": "pilot, Қала"}',X'9A084F77FD6A43CB4DE847C048A6128722070A25245966CE97CB3089CEAE63D8',X'C67A514D455FBD028E72447DBD3DB47838FC97938D45209C0181F785947A3C31');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',15,1795161600000,'8hwxpmnmq3wh','assessment-note','f3rcruw4cgb8',X'5F6DB8E5FDC94D421D1F8A90B16A7FF1','{"title": "Sorting letters"}',X'B329B04A86407361472A9C9D6273D0897225938403FED35A67BFB48A33434C5D',X'A1C7DBC200263F061491163731037D61CF2DE30BC4FC3DED370D118F54E89496');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',16,1795161600000,'8hwxpmnmq3wh','review-set','f3rcruw4cgb8',X'931F85C4D14852AB359FE8F1CE785996','{"title": "Sorting letters", "old": "", "new": "2027-03-01"}',X'C0D1489E117A514ADADBCDCBABACDA95F7A34B5604B69EE72DAAA864632217ED',X'B6B843DFB811EE330DD9E1A02CBC49E8395310E53F2FC79F33BC446CAF7AEDFB');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',17,1795161600000,'8hwxpmnmq3wh','vendor-invited','ad44h7rk9vsz',X'93D47DA1147EF6DA74529F9A40039F79','{"title": "Reading LLP", "screening": "Sorting voices"}',X'5B87DEAA279C7A2059E6613AAC4A24B2AF8FA75F7AA360A242898A0CDE39CF79',X'C70EA1924D62F4E77DCB968EBE50459C327E61EB9C754AA1F334BD5A03DED034');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',18,1795161600000,'holder','vendor-opened','ad44h7rk9vsz',X'C43CECF3ECB343F44A33137370805B8A','{"title": "Reading LLP"}',X'49F924E1983FCF570F38F6D89F3A9B342DC7DE844A1CAFD0C627D8FC2499C0FB',X'D793A898234139E7208D32CEEB37FEC2B29006C2270EC4A52591E89A31014C6F');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',19,1795161600000,'8hwxpmnmq3wh','answer-reviewed','wchty9fffhac',X'6C7FBB632845E935CD2413A85B1F389E','{"title": "Sorting Ltd", "question": "system-name", "old": null, "new": {"comment": "Which version?", "asks": true, "value": null}}',X'FA4987DA95559CF06165377CD317D2752A3FF2774CA3FD514FB55F2B9D5C57CE',X'D580F3AF8FD47FF3F83F91A68FC50F15FDBACB4EAA47F454F73D0BD753751507');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',20,1795161600000,'8hwxpmnmq3wh','clarification-asked','wchty9fffhac',X'EC53A9B0E76611B1C274561F43944EF6','{"title": "Sorting Ltd", "questions": ["system-name"]}',X'D74305C3D9CF572EB015EDBBBACE17F645870126E4111F7E18851AAEB2BE2FB9',X'9FC8197CFB64089D45BE0183493AB58CBF468B922143D6FBA4DA2CC7D6C8C612');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',21,1795161600000,'8hwxpmnmq3wh','answer-reviewed','ad44h7rk9vsz',X'6A5BEFB4A75FBC7F07758841F45B9A04','{"title": "Reading LLP", "question": "model-based", "old": null, "new": {"comment": "Seen in the contract.", "asks": false, "value": "\"yes\""}}',X'FE6B3530076331BA072EA2904F34575F33A0E0DA2C67B36F99136FE1CCC2E69D',X'3F83424DAA97EE91304CE68BDC72A8F31B1A354B54C11C573F7BA8AFFB3A21FE');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',22,1795161600000,'8hwxpmnmq3wh','vendor-decided','ad44h7rk9vsz',X'5AD997F786D7819AE31F631F925813FB','{"title": "Reading LLP", "new": "accepted", "reason": "All is there."}',X'DFAA68916B3CDA9B4B5EE980651BEFD799E0942D167F64944B2C02E331E12605',X'34366C97278F31A12384B5795272F7FC79771BFBF1EC27263B32AAA311F27AD4');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',23,1795161600000,'8hwxpmnmq3wh','token-made','2e6tyjnr9bd9',X'1C73CC2F5752B7B17438BF542995C2EE','{"title": "Import", "new": "see review"}',X'D1A328CA6CFE57BF0D813984C498EC00AEF9632FACA561F9CD827B11625CB212',X'D7881330F23CC8D0F9FBA4B88E9DC154CB15C9333F360806B3647F18660DDAC2');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',24,1795161600000,'8hwxpmnmq3wh','calendar-made','',NULL,NULL,X'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',X'233EB5D7440919FF93A744EF503AEC60F51519A334710AAEA3E56CB58D312C68');
INSERT INTO "events" VALUES('workspace:taj7uvurg3k7',25,1795161600000,'8hwxpmnmq3wh','member-invited','nkvr59pbjn99',X'9A93539E146BC1D687B922868B2AE1BE','{"email": "later@alatau.example", "role": "reader"}',X'C7842DFE11CBD9C1BE297705BCE7D2D07776CAEFDDE5ACFD67082ED751EA353E',X'521EA2A313EF15CA9B44F02D8852289DE3CF2504FC43C654156D2AC95CC4D6F1');
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
INSERT INTO "evidence" VALUES('du4x8pyrr4yu','f3rcruw4cgb8','system-name','Sorting.pdf','application/pdf',233,'50dc246b4ff9509811a23d9fcf7d6c8465ed2b4eed08aa049d9feae8e8afd526',1795161600000,'8hwxpmnmq3wh');
CREATE TABLE feeds (
            workspace text not null,
            user text not null,
            key_hash blob not null unique,
            has_titles integer not null,
            created_at integer not null,
            primary key (workspace, user),
            foreign key (workspace, user) references members (workspace, user) on delete cascade
        ) strict, without rowid;
INSERT INTO "feeds" VALUES('taj7uvurg3k7','8hwxpmnmq3wh',X'FD4AB3EB9FDFE12E8F620EA33E9169B17F685F1A11F88FF67DD997341CFE2F38',1,1795161600000);
CREATE TABLE given_answers (
            token text not null references api_tokens (id) on delete cascade,
            name text not null,
            digest blob not null,
            status integer not null,
            body blob not null,
            at integer not null,
            primary key (token, name)
        ) strict;
CREATE TABLE holdings (
            assessment text primary key references assessments (id) on delete cascade,
            workspace text not null references workspaces (id) on delete cascade,
            title text not null,
            held_since integer not null
        , found_by text not null default '', client text references clients (id) on delete set null) strict, without rowid;
INSERT INTO "holdings" VALUES('f3rcruw4cgb8','taj7uvurg3k7','Sorting letters',1795161600000,'sorting letters','9rvfd59fxsnd');
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
INSERT INTO "member_invitations" VALUES('4ygsw64azpnh','taj7uvurg3k7','guest@alatau.example','reader',X'DDEFA407F5046A4E4804DAE75269B5DD1239F008C2F4FDBDD2CAA9C5927FBF08','8hwxpmnmq3wh',1795161600000,1795766400000);
INSERT INTO "member_invitations" VALUES('nkvr59pbjn99','taj7uvurg3k7','later@alatau.example','reader',X'0EFF979B40A8EEABB9BA561D6A1C605457BAD9BED0A60CE8AD412F696394CCC8','8hwxpmnmq3wh',1795161600000,1795766400000);
CREATE TABLE members (
            workspace text not null references workspaces (id) on delete cascade,
            user text not null references users (id) on delete cascade,
            role text not null,
            since integer not null,
            primary key (workspace, user)
        ) strict, without rowid;
INSERT INTO "members" VALUES('taj7uvurg3k7','8hwxpmnmq3wh','owner',1795161600000);
INSERT INTO "members" VALUES('taj7uvurg3k7','b492q4gr4pzy','reviewer',1795161600000);
INSERT INTO "members" VALUES('taj7uvurg3k7','d7fbks8tcahs','reader',1795161600000);
INSERT INTO "members" VALUES('taj7uvurg3k7','rxrbcy8wapcn','editor',1795161600000);
CREATE TABLE notes (
            assessment text primary key references holdings (assessment) on delete cascade,
            text text not null
        ) strict, without rowid;
INSERT INTO "notes" VALUES('f3rcruw4cgb8','Ask for the contract.');
CREATE TABLE password_links (
            key_hash blob primary key,
            user text not null references users (id) on delete cascade,
            expires_at integer not null
        ) strict, without rowid;
CREATE TABLE recovery_codes (
            user text not null references users (id) on delete cascade,
            code_hash blob not null,
            primary key (user, code_hash)
        ) strict, without rowid;
CREATE TABLE review_days (
            assessment text primary key references holdings (assessment) on delete cascade,
            due_on text not null,
            revision integer not null
        ) strict, without rowid;
INSERT INTO "review_days" VALUES('f3rcruw4cgb8','2027-03-01',0);
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
INSERT INTO "reviews" VALUES('ad44h7rk9vsz','model-based',1,'Seen in the contract.',0,'"yes"','8hwxpmnmq3wh',1795161600000);
INSERT INTO "reviews" VALUES('wchty9fffhac','system-name',1,'Which version?',0,NULL,'8hwxpmnmq3wh',1795161600000);
CREATE TABLE revision_levels (
            assessment text not null,
            revision integer not null,
            scale text not null,
            levels text not null,
            primary key (assessment, revision, scale),
            foreign key (assessment, revision) references revisions (assessment, number)
                on delete cascade
        ) strict, without rowid;
INSERT INTO "revision_levels" VALUES('erfhedtesa95',1,'autonomy','low');
INSERT INTO "revision_levels" VALUES('erfhedtesa95',1,'cybersecurity','ordinary');
INSERT INTO "revision_levels" VALUES('erfhedtesa95',1,'prohibition','none');
INSERT INTO "revision_levels" VALUES('erfhedtesa95',1,'risk','minimal');
INSERT INTO "revision_levels" VALUES('erfhedtesa95',1,'scope','outside-not-ai');
INSERT INTO "revision_levels" VALUES('erfhedtesa95',1,'trusted-list','not-applicable');
INSERT INTO "revision_levels" VALUES('ufwaxd8dp7h8',1,'autonomy','low');
INSERT INTO "revision_levels" VALUES('ufwaxd8dp7h8',1,'cybersecurity','ordinary');
INSERT INTO "revision_levels" VALUES('ufwaxd8dp7h8',1,'prohibition','none');
INSERT INTO "revision_levels" VALUES('ufwaxd8dp7h8',1,'risk','minimal');
INSERT INTO "revision_levels" VALUES('ufwaxd8dp7h8',1,'scope','outside-not-ai');
INSERT INTO "revision_levels" VALUES('ufwaxd8dp7h8',1,'trusted-list','not-applicable');
INSERT INTO "revision_levels" VALUES('xgfdbayf5jee',1,'autonomy','low');
INSERT INTO "revision_levels" VALUES('xgfdbayf5jee',1,'cybersecurity','ordinary');
INSERT INTO "revision_levels" VALUES('xgfdbayf5jee',1,'prohibition','none');
INSERT INTO "revision_levels" VALUES('xgfdbayf5jee',1,'risk','medium');
INSERT INTO "revision_levels" VALUES('xgfdbayf5jee',1,'scope','inside');
INSERT INTO "revision_levels" VALUES('xgfdbayf5jee',1,'trusted-list','not-applicable');
CREATE TABLE revisions (
            assessment text not null references assessments (id) on delete cascade,
            number integer not null,
            submitted_at integer not null,
            language text not null,
            snapshot text not null,
            sha256 text not null,
            sequence integer not null,
            primary key (assessment, number)
        ) strict;
INSERT INTO "revisions" VALUES('ufwaxd8dp7h8',1,1795161600000,'en','{"answers": {"model-based": "no", "organisation": "Sorter", "organisation-size": "individual", "sector": "energy-and-utilities", "stage": "idea", "system-name": "Sorter", "system-purpose": "Sorter"}, "conclusion": {"decides": [], "digest": "9f1badaaa5d771de0a940c5173378e3df6c12f4d20f538f282d806d22e0882d7", "duties": [], "edition": "2026-08-25", "journey": {"asked": ["system-name", "system-purpose", "organisation", "organisation-size", "sector", "stage", "model-based"], "counted": {"model-based": "no", "organisation": "Sorter", "organisation-size": "individual", "sector": "energy-and-utilities", "stage": "idea", "system-name": "Sorter", "system-purpose": "Sorter"}, "next": null, "set_aside": {}}, "notices": [], "questionnaire": "kz-ai-law", "requirements": [], "scales": {"autonomy": {"applies": "fails", "because": [{"cites": ["kz-ai/17.2.1"], "level": "low", "reading": "plain", "rule": "human-decides"}], "decides": [], "if_applies": [], "level": "low", "possible": ["low"]}, "cybersecurity": {"applies": "fails", "because": [{"cites": ["kz-ai/17.1.part-3"], "level": "ordinary", "reading": "plain", "rule": "no-special-regime"}], "decides": [], "if_applies": [], "level": "ordinary", "possible": ["ordinary"]}, "prohibition": {"applies": "fails", "because": [{"cites": ["kz-ai/17.3"], "level": "none", "reading": "plain", "rule": "no-prohibited-function"}], "decides": [], "if_applies": [], "level": "none", "possible": ["none"]}, "risk": {"applies": "fails", "because": [{"cites": ["kz-ai/17.1.1"], "level": "minimal", "reading": "plain", "rule": "minimal"}], "decides": [], "if_applies": [], "level": "minimal", "possible": ["minimal"]}, "scope": {"applies": "holds", "because": [{"cites": ["kz-ai/1.5", "kz-ai/1.8"], "level": "outside-not-ai", "reading": "plain", "rule": "not-an-ai-system"}], "decides": [], "if_applies": ["outside-not-ai"], "level": "outside-not-ai", "possible": ["outside-not-ai"]}, "trusted-list": {"applies": "holds", "because": [{"cites": ["kz-ai/1.5", "kz-ai/19.1"], "level": "not-applicable", "reading": "plain", "rule": "list-not-ai"}], "decides": [], "if_applies": ["not-applicable"], "level": "not-applicable", "possible": ["not-applicable"]}}}, "created_at": "2026-11-20T08:00:00+00:00", "digest": "9f1badaaa5d771de0a940c5173378e3df6c12f4d20f538f282d806d22e0882d7", "edition": "2026-08-25", "format": "riskq-assessment/1", "language": "en", "on": "2026-11-20", "questionnaire": "kz-ai-law", "submitted_at": "2026-11-20T08:00:00+00:00"}','bfa88f48b01fed780c1e7e23f9f2b013d23042e8baca3553d7ec5a759fda56bb',7);
INSERT INTO "revisions" VALUES('xgfdbayf5jee',1,1795161600000,'kk','{"answers": {"access-mode": "closed", "ai-notice": "yes", "biometric-discrimination": "no", "critical-object": "yes", "damage": "yes", "documents": ["system-document", "risk-document", "data-library-document"], "emergency": "no", "emergency-stop-tested": "yes", "emotion-recognition": "no", "exploits-vulnerability": "no", "human-control": "human-decides", "kazakhstan-link": ["operated-in-kz"], "manipulation": "no", "misuse-covered": "yes", "model-based": "yes", "organisation": "«Цифрлық қала» КММ", "organisation-size": "medium", "personal-data": "no", "prohibited-results": "no", "restricted-data": "no", "risk-management": "yes", "risk-review": "2026-05-01", "role": "owner", "safety-measures": "yes", "sector": "digital-government", "significant-harm": ["none"], "social-scoring": "no", "stage": "operation", "synthetic-results": "no", "system-name": "Қала порталы көмекшісі", "system-purpose": "Тұрғындардың өтінішін тиісті бөлімге бағыттайды.", "training": "no", "user-agreement": "yes", "user-support": "yes", "users-efficiency": "yes"}, "conclusion": {"decides": [], "digest": "9f1badaaa5d771de0a940c5173378e3df6c12f4d20f538f282d806d22e0882d7", "duties": [{"applies": "holds", "cites": ["kz-ai/18.1", "kz-ai/15.2.1", "kz-ai/11.3"], "id": "risk-management", "state": "done"}, {"applies": "holds", "cites": ["kz-ai/18.1.4"], "id": "yearly-review", "state": "done"}, {"applies": "holds", "cites": ["kz-ai/18.1.2"], "id": "misuse", "state": "done"}, {"applies": "holds", "cites": ["kz-ai/15.2.2", "kz-ai/11.1"], "id": "safety", "state": "done"}, {"applies": "holds", "cites": ["kz-ai/15.2.3", "kz-order-95"], "id": "documents", "state": "done"}, {"applies": "holds", "cites": ["kz-ai/15.2.4"], "id": "user-support", "state": "done"}, {"applies": "holds", "cites": ["kz-ai/15.2.5", "kz-ai/16.1.1"], "id": "user-agreement", "state": "done"}, {"applies": "holds", "cites": ["kz-ai/21.1"], "id": "ai-notice", "state": "done"}, {"applies": "holds", "cites": ["kz-ai/21.5", "kz-ai/11.2"], "id": "lawful-results", "state": "unknown"}, {"applies": "holds", "cites": ["kz-ai/7.2", "kz-ai/16.1.4", "kz-ai/16.1.5", "kz-digital/43"], "id": "explanation", "state": "unknown"}, {"applies": "holds", "cites": ["kz-ai/16.1.6"], "id": "right-to-refuse", "state": "unknown"}, {"applies": "holds", "cites": ["kz-digital/33.3"], "id": "critical-object-cybersecurity", "state": "unknown"}], "edition": "2026-08-25", "journey": {"asked": ["system-name", "system-purpose", "organisation", "organisation-size", "sector", "stage", "model-based", "kazakhstan-link", "role", "manipulation", "exploits-vulnerability", "social-scoring", "personal-data", "biometric-discrimination", "emotion-recognition", "prohibited-results", "emergency", "significant-harm", "users-efficiency", "damage", "human-control", "access-mode", "restricted-data", "critical-object", "synthetic-results", "ai-notice", "training", "risk-management", "misuse-covered", "risk-review", "safety-measures", "emergency-stop-tested", "documents", "user-support", "user-agreement"], "counted": {"access-mode": "closed", "ai-notice": "yes", "biometric-discrimination": "no", "critical-object": "yes", "damage": "yes", "documents": ["system-document", "risk-document", "data-library-document"], "emergency": "no", "emergency-stop-tested": "yes", "emotion-recognition": "no", "exploits-vulnerability": "no", "human-control": "human-decides", "kazakhstan-link": ["operated-in-kz"], "manipulation": "no", "misuse-covered": "yes", "model-based": "yes", "organisation": "«Цифрлық қала» КММ", "organisation-size": "medium", "personal-data": "no", "prohibited-results": "no", "restricted-data": "no", "risk-management": "yes", "risk-review": "2026-05-01", "role": "owner", "safety-measures": "yes", "sector": "digital-government", "significant-harm": ["none"], "social-scoring": "no", "stage": "operation", "synthetic-results": "no", "system-name": "Қала порталы көмекшісі", "system-purpose": "Тұрғындардың өтінішін тиісті бөлімге бағыттайды.", "training": "no", "user-agreement": "yes", "user-support": "yes", "users-efficiency": "yes"}, "next": null, "set_aside": {}}, "notices": ["critical-but-not-high", "digital-objects-register"], "questionnaire": "kz-ai-law", "requirements": [], "scales": {"autonomy": {"applies": "holds", "because": [{"cites": ["kz-ai/17.2.1"], "level": "low", "reading": "plain", "rule": "human-decides"}], "decides": [], "if_applies": ["low"], "level": "low", "possible": ["low"]}, "cybersecurity": {"applies": "holds", "because": [{"cites": ["kz-ai/17.1.part-3"], "level": "ordinary", "reading": "plain", "rule": "no-special-regime"}], "decides": [], "if_applies": ["ordinary"], "level": "ordinary", "possible": ["ordinary"]}, "prohibition": {"applies": "holds", "because": [{"cites": ["kz-ai/17.3"], "level": "none", "reading": "plain", "rule": "no-prohibited-function"}], "decides": [], "if_applies": ["none"], "level": "none", "possible": ["none"]}, "risk": {"applies": "holds", "because": [{"cites": ["kz-ai/17.1.2"], "level": "medium", "reading": "plain", "rule": "medium-both"}], "decides": [], "if_applies": ["medium"], "level": "medium", "possible": ["medium"]}, "scope": {"applies": "holds", "because": [{"cites": ["kz-ai/1.5", "kz-ai/1.8"], "level": "inside", "reading": "plain", "rule": "ai-system-in-kazakhstan"}], "decides": [], "if_applies": ["inside"], "level": "inside", "possible": ["inside"]}, "trusted-list": {"applies": "holds", "because": [{"cites": ["kz-ai/19.1", "kz-ai/17.1"], "level": "not-applicable", "reading": "plain", "rule": "list-not-high-risk"}], "decides": [], "if_applies": ["not-applicable"], "level": "not-applicable", "possible": ["not-applicable"]}}}, "created_at": "2026-11-20T08:00:00+00:00", "digest": "9f1badaaa5d771de0a940c5173378e3df6c12f4d20f538f282d806d22e0882d7", "edition": "2026-08-25", "format": "riskq-assessment/1", "language": "kk", "on": "2026-11-20", "questionnaire": "kz-ai-law", "submitted_at": "2026-11-20T08:00:00+00:00"}','284a4c3a66e324c551ff79da0d9c1e360b5ce992f305a54227d38e823873c908',1);
INSERT INTO "revisions" VALUES('erfhedtesa95',1,1795161600000,'en','{"answers": {"model-based": "no", "organisation": "Sorter", "organisation-size": "individual", "sector": "energy-and-utilities", "stage": "idea", "system-name": "Sorter", "system-purpose": "Sorter"}, "conclusion": {"decides": [], "digest": "9f1badaaa5d771de0a940c5173378e3df6c12f4d20f538f282d806d22e0882d7", "duties": [], "edition": "2026-08-25", "journey": {"asked": ["system-name", "system-purpose", "organisation", "organisation-size", "sector", "stage", "model-based"], "counted": {"model-based": "no", "organisation": "Sorter", "organisation-size": "individual", "sector": "energy-and-utilities", "stage": "idea", "system-name": "Sorter", "system-purpose": "Sorter"}, "next": null, "set_aside": {}}, "notices": [], "questionnaire": "kz-ai-law", "requirements": [], "scales": {"autonomy": {"applies": "fails", "because": [{"cites": ["kz-ai/17.2.1"], "level": "low", "reading": "plain", "rule": "human-decides"}], "decides": [], "if_applies": [], "level": "low", "possible": ["low"]}, "cybersecurity": {"applies": "fails", "because": [{"cites": ["kz-ai/17.1.part-3"], "level": "ordinary", "reading": "plain", "rule": "no-special-regime"}], "decides": [], "if_applies": [], "level": "ordinary", "possible": ["ordinary"]}, "prohibition": {"applies": "fails", "because": [{"cites": ["kz-ai/17.3"], "level": "none", "reading": "plain", "rule": "no-prohibited-function"}], "decides": [], "if_applies": [], "level": "none", "possible": ["none"]}, "risk": {"applies": "fails", "because": [{"cites": ["kz-ai/17.1.1"], "level": "minimal", "reading": "plain", "rule": "minimal"}], "decides": [], "if_applies": [], "level": "minimal", "possible": ["minimal"]}, "scope": {"applies": "holds", "because": [{"cites": ["kz-ai/1.5", "kz-ai/1.8"], "level": "outside-not-ai", "reading": "plain", "rule": "not-an-ai-system"}], "decides": [], "if_applies": ["outside-not-ai"], "level": "outside-not-ai", "possible": ["outside-not-ai"]}, "trusted-list": {"applies": "holds", "because": [{"cites": ["kz-ai/1.5", "kz-ai/19.1"], "level": "not-applicable", "reading": "plain", "rule": "list-not-ai"}], "decides": [], "if_applies": ["not-applicable"], "level": "not-applicable", "possible": ["not-applicable"]}}}, "created_at": "2026-11-20T08:00:00+00:00", "digest": "9f1badaaa5d771de0a940c5173378e3df6c12f4d20f538f282d806d22e0882d7", "edition": "2026-08-25", "format": "riskq-assessment/1", "language": "en", "on": "2026-11-20", "questionnaire": "kz-ai-law", "submitted_at": "2026-11-20T08:00:00+00:00"}','bfa88f48b01fed780c1e7e23f9f2b013d23042e8baca3553d7ec5a759fda56bb',7);
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
INSERT INTO "screenings" VALUES('s8bdkw6juwc2','taj7uvurg3k7','Sorting voices','','kz-ai-law','2026-08-25','9f1badaaa5d771de0a940c5173378e3df6c12f4d20f538f282d806d22e0882d7','en',NULL,1795161600000,NULL);
CREATE TABLE sessions (
            id text primary key,
            key_hash blob not null unique,
            user text not null references users (id) on delete cascade,
            browser text not null,
            created_at integer not null,
            expires_at integer not null
        ) strict, without rowid;
CREATE TABLE tags (
            assessment text not null references holdings (assessment) on delete cascade,
            tag text not null,
            workspace text not null,
            primary key (assessment, tag)
        ) strict, without rowid;
INSERT INTO "tags" VALUES('f3rcruw4cgb8','pilot','taj7uvurg3k7');
INSERT INTO "tags" VALUES('f3rcruw4cgb8','Қала','taj7uvurg3k7');
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
INSERT INTO "users" VALUES('8hwxpmnmq3wh','owner@alatau.example','Owner','kk',1795161600000,'$argon2id$v=19$m=8,t=1,p=1$X4zVS65W7LJMWoJedfF6qQ$h9+rb2buQgJNsfS3XezObAw5NFYgPtdfwBy4huEKL3I',NULL,0);
INSERT INTO "users" VALUES('b492q4gr4pzy','reviewer@alatau.example','Reviewer','kk',1795161600000,'$argon2id$v=19$m=8,t=1,p=1$mfAk9UZdd7VTPt8E/bbU8A$8b99IZoBtTIg1Ff6pYoDcfUQ3Wi3fr4jGQ7z+uEFLyI',NULL,0);
INSERT INTO "users" VALUES('d7fbks8tcahs','reader@alatau.example','Reader','kk',1795161600000,'$argon2id$v=19$m=8,t=1,p=1$V/dUAhfS2aBkwWt9qSe1vw$b3OwD9J2ip2lSkXewHeo6twjhGAOlkVF0yfeIo35yEg',NULL,0);
INSERT INTO "users" VALUES('rxrbcy8wapcn','editor@alatau.example','Editor','kk',1795161600000,'$argon2id$v=19$m=8,t=1,p=1$NkkrJ6rnc+G4zJv4qxKuOg$rFuYyeFUOenO7wAqv1xhiQ6M3iltaaa+82IXUPKFqSY',NULL,0);
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
INSERT INTO "vendors" VALUES('ad44h7rk9vsz','s8bdkw6juwc2','Reading LLP','reading llp','read@vendor.example','',1,X'93E9F5BAB8D7C41F1525746AEB868DB2782645CB3E6729C4F3A3355A677D24B6',1802937600000,'erfhedtesa95',1795161600000,NULL,1795161600000,NULL,'accepted','All is there.',1,1795161600000);
INSERT INTO "vendors" VALUES('wchty9fffhac','s8bdkw6juwc2','Sorting Ltd','sorting ltd','','',1,X'AB92CFB5A0D4F2300B7CB25FF0962DC48C101B40C26456C531CB4F7B5339A481',1802937600000,'ufwaxd8dp7h8',1795161600000,NULL,1795161600000,1795161600000,'','',0,NULL);
CREATE TABLE workspaces (
            id text primary key,
            name text not null,
            created_at integer not null
        ) strict, without rowid;
INSERT INTO "workspaces" VALUES('taj7uvurg3k7','Alatau',1795161600000);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX sessions_of on sessions (user, created_at);
CREATE INDEX memberships on members (user);
CREATE INDEX holdings_of on holdings (workspace, held_since);
CREATE INDEX tokens_of on api_tokens (workspace, created_at);
CREATE INDEX screenings_of on screenings (workspace, created_at);
CREATE INDEX vendors_of on vendors (screening, sort_name);
CREATE INDEX evidence_of on evidence (assessment, question, added_at);
CREATE INDEX holdings_for on holdings (client);
CREATE INDEX tagged on tags (workspace, tag);
COMMIT;
pragma user_version = 18;
