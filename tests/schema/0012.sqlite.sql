CREATE TABLE schema_migration (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied BIGINT NOT NULL);
INSERT INTO schema_migration VALUES(1,'first',1796137777606277);
INSERT INTO schema_migration VALUES(2,'leases',1796137777656323);
INSERT INTO schema_migration VALUES(3,'list_orders',1796137777659517);
INSERT INTO schema_migration VALUES(4,'word_parts',1796137777672289);
INSERT INTO schema_migration VALUES(5,'case_visits',1796137777709674);
INSERT INTO schema_migration VALUES(6,'mails',1796137777795516);
INSERT INTO schema_migration VALUES(7,'followers',1796137777810267);
INSERT INTO schema_migration VALUES(8,'remarks',1796137777837039);
INSERT INTO schema_migration VALUES(9,'search_everywhere',1796137777844840);
INSERT INTO schema_migration VALUES(10,'import_mapping',1796137777859850);
INSERT INTO schema_migration VALUES(11,'case_texts',1796137777920288);
INSERT INTO schema_migration VALUES(12,'register_changes',1796137777932067);
CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
INSERT INTO setting VALUES('secret','2e39050d28fd95f6743573c9e24878bbf1a50674c6f21f4e9cf4270eaa2cdec8');
CREATE TABLE generation (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO generation VALUES('cases',6);
INSERT INTO generation VALUES('entity_words',1);
INSERT INTO generation VALUES('waiting',7);
CREATE TABLE picklist_item (
    id INTEGER PRIMARY KEY,
    list TEXT NOT NULL,
    key TEXT NOT NULL,
    label_sv TEXT NOT NULL,
    label_en TEXT NOT NULL DEFAULT '',
    active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    position BIGINT NOT NULL DEFAULT 0,
    UNIQUE (list, key)
);
INSERT INTO picklist_item VALUES(1,'case_type','fel','Felanmälan','Fault',1,1);
INSERT INTO picklist_item VALUES(2,'priority','hog','Hög','High',1,1);
INSERT INTO picklist_item VALUES(3,'work_order_type','service','Service','Service',1,1);
INSERT INTO picklist_item VALUES(4,'action_code','byte','Byte','Replacement',0,1);
INSERT INTO picklist_item VALUES(5,'file_category','ritning','Ritning','Drawing',1,1);
INSERT INTO picklist_item VALUES(6,'object_group','hiss','Hissar','Lifts',1,1);
CREATE TABLE customer (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    street TEXT NOT NULL DEFAULT '',
    postal_code TEXT NOT NULL DEFAULT '',
    city TEXT NOT NULL DEFAULT '',
    active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
);
INSERT INTO customer VALUES(1,'K1','Brf Äpplet','k@x.se','031-1','Gatan 1','411 38','Borås',1);
INSERT INTO customer VALUES(2,'K2','Vilande','','','','','',0);
CREATE TABLE object (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    customer_id BIGINT REFERENCES customer (id),
    parent_id BIGINT REFERENCES object (id),
    group_id BIGINT REFERENCES picklist_item (id),
    street TEXT NOT NULL DEFAULT '',
    postal_code TEXT NOT NULL DEFAULT '',
    city TEXT NOT NULL DEFAULT '',
    active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
);
INSERT INTO object VALUES(1,'O1','Lgh 2',1,NULL,NULL,'Gatan 1','411 38','Göteborg',1);
INSERT INTO object VALUES(2,'O2','Lgh 10',1,1,6,'','','',1);
CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT NOT NULL DEFAULT '',
    email_2 TEXT NOT NULL DEFAULT '',
    email_3 TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    mobile TEXT NOT NULL DEFAULT '',
    active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    mails_off BIGINT NOT NULL DEFAULT 0
);
INSERT INTO contact VALUES(1,'P1','Bo','Ek','bo@x.se','b2@x.se','','031-2','070-1',1,0);
CREATE TABLE contact_address (
    address TEXT NOT NULL,
    contact_id BIGINT NOT NULL REFERENCES contact (id),
    PRIMARY KEY (address, contact_id)
);
INSERT INTO contact_address VALUES('bo@x.se',1);
INSERT INTO contact_address VALUES('b2@x.se',1);
CREATE TABLE contact_customer (
    contact_id BIGINT NOT NULL REFERENCES contact (id),
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    PRIMARY KEY (contact_id, customer_id)
);
INSERT INTO contact_customer VALUES(1,1);
CREATE TABLE contact_object (
    contact_id BIGINT NOT NULL REFERENCES contact (id),
    object_id BIGINT NOT NULL REFERENCES object (id),
    PRIMARY KEY (contact_id, object_id)
);
INSERT INTO contact_object VALUES(1,2);
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    article_type TEXT NOT NULL CHECK (article_type IN ('material', 'travel', 'time', 'purchase', 'other')),
    unit TEXT NOT NULL DEFAULT '',
    unit_price BIGINT,
    active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
);
INSERT INTO article VALUES(1,'A1','Arbete','time','tim',520500000,1);
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    verified BIGINT NOT NULL DEFAULT 0 CHECK (verified IN (0, 1)),
    language TEXT CHECK (language IN ('sv', 'en')),
    created BIGINT NOT NULL,
    mails_off BIGINT NOT NULL DEFAULT 0
);
INSERT INTO account VALUES(1,'bo@x.se',1,'sv',1796137777943585,0);
CREATE TABLE login (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('contact', 'customer', 'object')),
    owner_id BIGINT NOT NULL,
    password_hash TEXT,
    password_set BIGINT,
    last_login BIGINT,
    set_by TEXT NOT NULL DEFAULT '',
    blocked BIGINT NOT NULL DEFAULT 0 CHECK (blocked IN (0, 1)),
    UNIQUE (kind, owner_id)
);
INSERT INTO login VALUES(1,'applet','customer',1,'$argon2id$v=19$m=64,t=1,p=1$F14QutfJ1E5XlM9Hu/eJJQ$jhQWAWc+W9upDgl4eZytuZWLMT4HQhxWZiaGEcFemJw',1796137777943585,NULL,'',0);
INSERT INTO login VALUES(2,'bo@x.se','contact',1,'$argon2id$v=19$m=64,t=1,p=1$rYXUpLwffmhMbzRFWrQM5g$cpLcQI4x+ivqxAdw/ACsFCPWV/+K7zHoK1udq1rWW6s',1796137777943585,1796137779862676,'',0);
CREATE TABLE session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    login_id BIGINT NOT NULL REFERENCES login (id),
    created BIGINT NOT NULL,
    last_seen BIGINT NOT NULL
);
INSERT INTO session VALUES('60e948d5de4a4a91050820391da391d8bb14d8fd8a2a31814f98faf7a4fb644b',2,1796137779862676,1796137779862676);
CREATE TABLE mail_token (
    token_hash TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('verify', 'reset')),
    login_id BIGINT NOT NULL REFERENCES login (id),
    pending_hash TEXT,
    expires BIGINT NOT NULL
);
INSERT INTO mail_token VALUES('digest','verify',1,NULL,1893456000000000);
CREATE TABLE known_device (
    token_hash TEXT NOT NULL,
    login_id BIGINT NOT NULL REFERENCES login (id),
    seen BIGINT NOT NULL,
    PRIMARY KEY (token_hash, login_id)
);
INSERT INTO known_device VALUES('20e4ce53d448c2f1d7ea2c3a58ea57963ff075fd34e36df73e64922539b051ea',2,1796137779862676);
CREATE TABLE staff (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('handler', 'administrator')),
    active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    password_hash TEXT,
    password_set BIGINT,
    totp_secret TEXT,
    totp_step BIGINT NOT NULL DEFAULT 0,
    language TEXT CHECK (language IN ('sv', 'en')),
    created BIGINT NOT NULL,
    last_login BIGINT,
    mail_new_cases BIGINT NOT NULL DEFAULT 0 CHECK (mail_new_cases IN (0, 1)),
    mail_messages BIGINT NOT NULL DEFAULT 0 CHECK (mail_messages IN (0, 1))
, full_name TEXT NOT NULL DEFAULT '', mail_decisions BIGINT NOT NULL DEFAULT 0 CHECK (mail_decisions IN (0, 1)));
INSERT INTO staff VALUES(1,'chef@firma.se','chef@firma.se','administrator',1,'$argon2id$v=19$m=64,t=1,p=1$4Zz1t0imlnvjUgeG09Gxcg$T/FkFGzqRonOlkK+A+DK61fPt1/8flPt64cu0hu+4EM',1796137779183047,'TPFZJ3DQR5WSTP6AGU5ALQDYTWAQTZGZ',59871258,NULL,1796137778695281,1796137779387855,0,0,'',0);
CREATE TABLE staff_session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    created BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    proven BIGINT NOT NULL,
    second BIGINT NOT NULL CHECK (second IN (0, 1))
);
INSERT INTO staff_session VALUES('bf0a894f5e4f650303e6b8db4dd6f23986bb6d3d6aabfdc0ab71471102bc0bc6',1,1796137779387855,1796137779387855,1796137779707366,1);
CREATE TABLE staff_token (
    token_hash TEXT NOT NULL PRIMARY KEY,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    expires BIGINT NOT NULL
);
INSERT INTO staff_token VALUES('digest',1,1893456000000000);
CREATE TABLE staff_recovery_code (
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    code_hash TEXT NOT NULL,
    PRIMARY KEY (staff_id, code_hash)
);
INSERT INTO staff_recovery_code VALUES(1,'df0293c6f5ad73aad132d08b4403222ce30dea92c593082c59a2c7570c8e0a41');
INSERT INTO staff_recovery_code VALUES(1,'f12d7340b85d5778d65200f3fb23c3e234cdde068765ba692a98d8bb93b02773');
INSERT INTO staff_recovery_code VALUES(1,'7c64fb49d0ccb6c2ca4c348f3f86ac8bc4a5483b04f5b2af7c8c00f52cf9bc60');
INSERT INTO staff_recovery_code VALUES(1,'62351d553b05b4f60ee9c2e5f23ea35b818e6740a6a37fcae2d5c5f6035d345a');
INSERT INTO staff_recovery_code VALUES(1,'7c03dfd86496b7141a3aacb36c13173ace79298cbdf00b20ce1fe98530a951cc');
INSERT INTO staff_recovery_code VALUES(1,'13e59fe14c2073e58e3a2d2bff9949a1733bf47aab999e03e682237ed24f85ee');
INSERT INTO staff_recovery_code VALUES(1,'6daecdafbf9d8b26d95471ec917d58054fdb434ca0a3be885388f73b4f6f67cd');
INSERT INTO staff_recovery_code VALUES(1,'adffad1bfef01baba5d925451c4c9e37088e237b7facf03d3e19596f76ff804d');
INSERT INTO staff_recovery_code VALUES(1,'e2525156bf09be6f3c6b3d8d6262776a1cb98c878771560e94809e042c405654');
INSERT INTO staff_recovery_code VALUES(1,'5d5de4cab454c5d9016d8815b71c5f077263a498976e26a9eb0450cc131e99f6');
CREATE TABLE staff_list (
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    list TEXT NOT NULL,
    columns TEXT NOT NULL,
    query TEXT NOT NULL,
    PRIMARY KEY (staff_id, list)
);
INSERT INTO staff_list VALUES(1,'objects','number,name','q=lgh');
CREATE TABLE view_as (
    token_hash TEXT NOT NULL PRIMARY KEY,
    staff_session TEXT NOT NULL UNIQUE,
    login_id BIGINT NOT NULL REFERENCES login (id),
    ends BIGINT NOT NULL
);
INSERT INTO view_as VALUES('digest','bf0a894f5e4f650303e6b8db4dd6f23986bb6d3d6aabfdc0ab71471102bc0bc6',1,1893456000000000);
CREATE TABLE cases (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    type_id BIGINT REFERENCES picklist_item (id),
    priority_id BIGINT REFERENCES picklist_item (id),
    status BIGINT NOT NULL DEFAULT 0 CHECK (status IN (0, 1, 2)),
    customer_id BIGINT REFERENCES customer (id),
    object_id BIGINT REFERENCES object (id),
    primary_contact_id BIGINT REFERENCES contact (id),
    your_reference TEXT NOT NULL DEFAULT '',
    reporter TEXT NOT NULL DEFAULT '',
    reporter_phone TEXT NOT NULL DEFAULT '',
    site_street TEXT NOT NULL DEFAULT '',
    site_postal_code TEXT NOT NULL DEFAULT '',
    site_city TEXT NOT NULL DEFAULT '',
    created BIGINT NOT NULL,
    started BIGINT,
    finished BIGINT,
    created_by BIGINT REFERENCES login (id),
    version BIGINT NOT NULL DEFAULT 1
, booked BIGINT, booked_to BIGINT, technician TEXT NOT NULL DEFAULT '', done_row TEXT NOT NULL DEFAULT '', done_order TEXT NOT NULL DEFAULT '', staff_message BIGINT);
INSERT INTO cases VALUES(1,'260301-0001','Läckande kran',replace('Rad ett\nRad två','\n',char(10)),1,2,2,1,2,1,'Ref 1','Bo','070-1','Gatan 1','411 38','Göteborg',1772352000000000,1772438400000000,1772445600000000,NULL,1,NULL,NULL,'Maja','Arbetstid','Byt',2);
INSERT INTO cases VALUES(2,'260301-0002','Öppet','',NULL,NULL,0,1,NULL,1,'Ref 2','','','','','',1772355600000000,NULL,NULL,NULL,2,NULL,NULL,'','Resa','',NULL);
INSERT INTO cases VALUES(3,'261201-0001','Ny kran','Droppar',NULL,NULL,0,NULL,NULL,1,'','Bo Ek','070-1','','','',1796137780094075,NULL,NULL,2,1,NULL,NULL,'','','',NULL);
INSERT INTO cases VALUES(4,'261201-0002','Inringt','',NULL,NULL,0,1,NULL,NULL,'','','','','','',1796137780665982,NULL,NULL,NULL,1,NULL,NULL,'','','',NULL);
CREATE TABLE case_counter (
    day TEXT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);
INSERT INTO case_counter VALUES('2026-12-01',2);
CREATE TABLE case_contact (
    case_id BIGINT NOT NULL REFERENCES cases (id),
    contact_id BIGINT NOT NULL REFERENCES contact (id),
    PRIMARY KEY (case_id, contact_id)
);
INSERT INTO case_contact VALUES(1,1);
INSERT INTO case_contact VALUES(3,1);
INSERT INTO case_contact VALUES(2,1);
CREATE TABLE case_extra (
    case_id BIGINT NOT NULL REFERENCES cases (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (case_id, key)
);
INSERT INTO case_extra VALUES(1,'floor','3');
CREATE TABLE case_scope (
    scope BIGINT NOT NULL,
    created BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    PRIMARY KEY (scope, created, case_id)
) WITHOUT ROWID;
INSERT INTO case_scope VALUES(4,1772352000000000,1);
INSERT INTO case_scope VALUES(5,1772352000000000,1);
INSERT INTO case_scope VALUES(10,1772352000000000,1);
INSERT INTO case_scope VALUES(4,1772355600000000,2);
INSERT INTO case_scope VALUES(5,1772355600000000,2);
INSERT INTO case_scope VALUES(4,1796137780094075,3);
INSERT INTO case_scope VALUES(5,1796137780665982,4);
CREATE TABLE scope_event (
    scope BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    at BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    work_order_id BIGINT NOT NULL,
    PRIMARY KEY (scope, kind, at, case_id, work_order_id)
) WITHOUT ROWID;
INSERT INTO scope_event VALUES(4,1,1772445600000000,1,0);
INSERT INTO scope_event VALUES(4,2,1772359200000000,1,1);
INSERT INTO scope_event VALUES(4,5,1796137780355926,1,0);
INSERT INTO scope_event VALUES(5,1,1772445600000000,1,0);
INSERT INTO scope_event VALUES(5,2,1772359200000000,1,1);
INSERT INTO scope_event VALUES(5,5,1796137780355926,1,0);
INSERT INTO scope_event VALUES(10,1,1772445600000000,1,0);
INSERT INTO scope_event VALUES(10,2,1772359200000000,1,1);
INSERT INTO scope_event VALUES(10,5,1796137780355926,1,0);
INSERT INTO scope_event VALUES(4,3,1772355600000000,2,0);
INSERT INTO scope_event VALUES(5,3,1772355600000000,2,0);
INSERT INTO scope_event VALUES(4,3,1796137780094075,3,0);
INSERT INTO scope_event VALUES(5,3,1796137780665982,4,0);
CREATE TABLE case_words (
    case_id INTEGER PRIMARY KEY,
    words TEXT NOT NULL
);
INSERT INTO case_words VALUES(1,'2603010001 603010001 03010001 3010001 010001 10001 0001 001 01 1 läckande kran ref 1 gatan 1 411 38 göteborg rad ett rad två 4 5 a ');
INSERT INTO case_words VALUES(2,'2603010002 603010002 03010002 3010002 010002 10002 0002 002 02 2 öppet ref 2 4 5 ');
INSERT INTO case_words VALUES(3,'2612010001 612010001 12010001 2010001 010001 10001 0001 001 01 1 ny kran droppar 4 ');
INSERT INTO case_words VALUES(4,'2612010002 612010002 12010002 2010002 010002 10002 0002 002 02 2 inringt 5 ');
CREATE TABLE case_change (
    id INTEGER PRIMARY KEY,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    at BIGINT NOT NULL,
    staff_id BIGINT REFERENCES staff (id),
    who TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
);
INSERT INTO case_change VALUES(1,2,1796137780559341,1,'chef@firma.se','Er referens','','Ref 2');
INSERT INTO case_change VALUES(2,4,1796137780665982,1,'chef@firma.se','Ärendet registrerat','','261201-0002');
CREATE TABLE case_note (
    id INTEGER PRIMARY KEY,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    at BIGINT NOT NULL,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    who TEXT NOT NULL,
    body TEXT NOT NULL
);
INSERT INTO case_note VALUES(1,1,1796137780482250,1,'chef@firma.se','Ring först');
CREATE TABLE case_message (
    id INTEGER PRIMARY KEY,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    at BIGINT NOT NULL,
    staff_id BIGINT REFERENCES staff (id),
    login_id BIGINT REFERENCES login (id),
    from_staff BIGINT NOT NULL CHECK (from_staff IN (0, 1)),
    who TEXT NOT NULL,
    body TEXT NOT NULL,
    waiting BIGINT NOT NULL CHECK (waiting IN (0, 1)),
    submission TEXT NOT NULL UNIQUE
, asks_time BIGINT NOT NULL DEFAULT 0 CHECK (asks_time IN (0, 1)));
INSERT INTO case_message VALUES(1,1,1796137780296555,NULL,2,0,'Bo Ek','När kommer ni?',0,'337f7c17cde8b25c1bfde6543e0b6744e4fd38691ec069d00b74cd2659ce7db0',0);
INSERT INTO case_message VALUES(2,1,1796137780355926,1,NULL,1,'chef@firma.se','På torsdag.',0,'5e92165efee14eb39b29f1d088076b15296d9b36c9a7bdcfc90aff45a0c07316',0);
CREATE TABLE message_seen (
    login_id BIGINT NOT NULL REFERENCES login (id) ON DELETE CASCADE,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    message_id BIGINT NOT NULL,
    PRIMARY KEY (login_id, case_id)
);
INSERT INTO message_seen VALUES(2,1,2);
CREATE TABLE work_order (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    title TEXT NOT NULL DEFAULT '',
    type_id BIGINT REFERENCES picklist_item (id),
    status BIGINT NOT NULL DEFAULT 0 CHECK (status IN (0, 1, 2)),
    resource TEXT NOT NULL DEFAULT '',
    booked_from BIGINT,
    booked_to BIGINT,
    created BIGINT NOT NULL,
    started BIGINT,
    finished BIGINT
, invited BIGINT NOT NULL DEFAULT 0 CHECK (invited IN (0, 1)));
INSERT INTO work_order VALUES(1,'260301-0001-1',1,'Byt',3,2,'Maja',1772438400000000,1772445600000000,1772359200000000,1772438400000000,1772445600000000,0);
CREATE TABLE article_row (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    work_order_id BIGINT REFERENCES work_order (id),
    article_id BIGINT REFERENCES article (id),
    row_date TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    action_code_id BIGINT REFERENCES picklist_item (id),
    article_type TEXT NOT NULL CHECK (article_type IN ('material', 'travel', 'time', 'purchase', 'other')),
    quantity BIGINT NOT NULL,
    unit TEXT NOT NULL DEFAULT '',
    unit_price BIGINT NOT NULL DEFAULT 0,
    discount BIGINT NOT NULL DEFAULT 0,
    total BIGINT NOT NULL DEFAULT 0,
    status TEXT NOT NULL DEFAULT 'editable' CHECK (status IN ('editable', 'attested', 'invoiced', 'cancelled')),
    resource TEXT NOT NULL DEFAULT ''
);
INSERT INTO article_row VALUES(1,'R1',1,1,1,'2026-03-02','Arbetstid','',4,'time',1500000,'tim',520500000,125000,68316,'attested','Maja');
INSERT INTO article_row VALUES(2,'R2',1,NULL,NULL,'2026-03-02','Fritext','Mer',NULL,'other',-1000000,'',10000000,0,-1000,'cancelled','');
INSERT INTO article_row VALUES(3,'R3',2,NULL,NULL,'2026-04-02','Resa','',NULL,'travel',1000000,'',100000000,0,10000,'attested','');
CREATE TABLE invoice_specification (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    title TEXT NOT NULL DEFAULT '',
    period_from TEXT,
    period_to TEXT,
    status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'awaiting_approval', 'approved', 'rejected', 'invoiced')),
    your_reference TEXT NOT NULL DEFAULT '',
    decided_by TEXT NOT NULL DEFAULT '',
    decided_at BIGINT,
    comment TEXT NOT NULL DEFAULT '',
    decided_digest TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT '',
    row_count BIGINT NOT NULL DEFAULT 0,
    case_count BIGINT NOT NULL DEFAULT 0,
    total BIGINT NOT NULL DEFAULT 0
, told BIGINT);
INSERT INTO invoice_specification VALUES(1,'F1',1,'Mars','2026-03-01','2026-03-31','approved','PO 1','Bo Ek',1796137780682452,'Bra','b9fcd16832b208c0c947417d2252a34a33e6a73f35288fc1cc5a2064209fb262','b9fcd16832b208c0c947417d2252a34a33e6a73f35288fc1cc5a2064209fb262',1,1,68316,0);
INSERT INTO invoice_specification VALUES(2,'F2',1,'April','2026-04-01','2026-04-30','rejected','','Bo Ek',1796137780728820,'Fel','4a7b695ff6a741a358a929c1b0001f9eb8fb3ca7ecb5e4f6bfeab3a60eb58bc8','4a7b695ff6a741a358a929c1b0001f9eb8fb3ca7ecb5e4f6bfeab3a60eb58bc8',1,1,10000,0);
CREATE TABLE invoice_specification_row (
    specification_id BIGINT NOT NULL REFERENCES invoice_specification (id),
    article_row_id BIGINT NOT NULL REFERENCES article_row (id),
    PRIMARY KEY (specification_id, article_row_id)
);
INSERT INTO invoice_specification_row VALUES(1,1);
INSERT INTO invoice_specification_row VALUES(2,3);
CREATE TABLE specification_decision (
    seq BIGINT NOT NULL PRIMARY KEY,
    specification_id BIGINT NOT NULL REFERENCES invoice_specification (id),
    number TEXT NOT NULL,
    customer TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('approved', 'rejected')),
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    total BIGINT NOT NULL,
    your_reference TEXT NOT NULL,
    comment TEXT NOT NULL,
    login TEXT NOT NULL,
    contact TEXT NOT NULL,
    name TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO specification_decision VALUES(1,1,'F1','K1','approved',replace('"260301-0001" "R1" "2026-03-02" "Arbetstid" "" "A1" "tim" 1.5 520.5 0.125 683.16\n683.16\n','\n',char(10)),'b9fcd16832b208c0c947417d2252a34a33e6a73f35288fc1cc5a2064209fb262',1,68316,'PO 1','Bra','bo@x.se','P1','Bo Ek',1796137780682452,'','efea83d06de54ef98d7c62c2b505e054271a61e209d5b9699fde20e079a60498');
INSERT INTO specification_decision VALUES(2,2,'F2','K1','rejected',replace('"260301-0002" "R3" "2026-04-02" "Resa" "" "" "" 1 100 0 100.00\n100.00\n','\n',char(10)),'4a7b695ff6a741a358a929c1b0001f9eb8fb3ca7ecb5e4f6bfeab3a60eb58bc8',1,10000,'','Fel','bo@x.se','P1','Bo Ek',1796137780728820,'efea83d06de54ef98d7c62c2b505e054271a61e209d5b9699fde20e079a60498','bff3f7177e411c350564764a38a3d97550bca9add4ad10610cca5b3831781384');
CREATE TABLE decision_head (
    name TEXT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO decision_head VALUES('specification',2,'bff3f7177e411c350564764a38a3d97550bca9add4ad10610cca5b3831781384');
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    customer_id BIGINT REFERENCES customer (id),
    object_id BIGINT REFERENCES object (id),
    case_id BIGINT REFERENCES cases (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    digest TEXT NOT NULL,
    category_id BIGINT REFERENCES picklist_item (id),
    visible BIGINT NOT NULL DEFAULT 1 CHECK (visible IN (0, 1)),
    created BIGINT NOT NULL,
    path TEXT
);
INSERT INTO file VALUES(1,'Axkkm3lA42ozcFCnDLkVHQ',NULL,NULL,3,'bild.png','image/png',70,'153a2deef9c17de4a9f9424c83355797da7d2f4ebb5813b57dea0ca9b6a91fca',NULL,1,1796137780094075,NULL);
CREATE TABLE upload (
    key TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    digest TEXT NOT NULL,
    created BIGINT NOT NULL
);
INSERT INTO upload VALUES('key','login:1','bild.png','image/png',70,'153a2deef9c17de4a9f9424c83355797da7d2f4ebb5813b57dea0ca9b6a91fca',1893456000000000);
CREATE TABLE draft (
    owner TEXT NOT NULL,
    about TEXT NOT NULL DEFAULT '',
    form TEXT NOT NULL,
    updated BIGINT NOT NULL,
    PRIMARY KEY (owner, about)
);
INSERT INTO draft VALUES('login:1','case 2','message=Hej',1893456000000000);
CREATE TABLE submission (
    key TEXT NOT NULL PRIMARY KEY,
    receipt TEXT NOT NULL UNIQUE,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    login_id BIGINT NOT NULL REFERENCES login (id),
    created BIGINT NOT NULL
);
INSERT INTO submission VALUES('5bf0693db5fcd4205c7182e30209e8ae89616e775c154ff3ebeb884a1abd0dd7.5c330a10878c71ea0d11dee707f5f7cfb52d0dd148fe896902d601a4e6bcf77c','ulIMbqAo8kO9QMcwrHxp9g',3,2,1796137780094075);
CREATE TABLE staff_submission (
    key TEXT NOT NULL PRIMARY KEY,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    created BIGINT NOT NULL
);
INSERT INTO staff_submission VALUES('58d2399328e2aa36d160e54e5462db18b6e4ca802240990575a1b5ff893451b1',1,1796137780482250);
INSERT INTO staff_submission VALUES('17fec80c402ccbd661ec2ba3dddb9e1cff74eb932756323c26ea59d70264d476',4,1796137780665982);
CREATE TABLE mail (
    id INTEGER PRIMARY KEY,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    created BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    next_attempt BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'failed')),
    last_error TEXT NOT NULL DEFAULT '',
    topic TEXT NOT NULL DEFAULT '',
    contact_id BIGINT
, calendar TEXT NOT NULL DEFAULT '');
INSERT INTO mail VALUES(1,'bo@x.se','Vi har tagit emot ärende 261201-0001: Ny kran','',1796137780135833,1,1796137780689208,'sent','','',1,'');
INSERT INTO mail VALUES(2,'bo@x.se','Nytt meddelande om ärende 260301-0001: Läckande kran','',1796137780356508,1,1796137780701046,'sent','','',1,'');
INSERT INTO mail VALUES(3,'bo@x.se','Kvitto: fakturaspecifikation F1 är godkänd','',1796137780683086,1,1796137780733244,'sent','','',NULL,'');
INSERT INTO mail VALUES(4,'bo@x.se','Kvitto: fakturaspecifikation F2 är avvisad','',1796137780729417,1,1796137780765547,'sent','','',NULL,'');
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('staff', 'login', 'system')),
    who_id BIGINT,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    client TEXT NOT NULL
);
INSERT INTO audit VALUES(1,1796137778695463,'system',NULL,'command line','staff_added','chef@firma.se','administrator','');
INSERT INTO audit VALUES(2,1796137779183047,'staff',1,'chef@firma.se','password_by_link','','','127.0.0.1');
INSERT INTO audit VALUES(3,1796137779387855,'staff',1,'chef@firma.se','login_password','','','127.0.0.1');
INSERT INTO audit VALUES(4,1796137779707366,'staff',1,'chef@firma.se','second_factor_set','','','127.0.0.1');
INSERT INTO audit VALUES(5,1796137779862676,'login',2,'bo@x.se','login','','','127.0.0.1');
INSERT INTO audit VALUES(6,1796137780296555,'login',2,'bo@x.se','case_message_added','case 260301-0001','','127.0.0.1');
INSERT INTO audit VALUES(7,1796137780355926,'staff',1,'chef@firma.se','case_message_added','case 260301-0001','','127.0.0.1');
INSERT INTO audit VALUES(8,1796137780482250,'staff',1,'chef@firma.se','case_note_added','case 260301-0001','','127.0.0.1');
INSERT INTO audit VALUES(9,1796137780559341,'staff',1,'chef@firma.se','case_changed','case 260301-0002: fields','Er referens','127.0.0.1');
INSERT INTO audit VALUES(10,1796137780606519,'staff',1,'chef@firma.se','register_row_changed','customers K1','city','127.0.0.1');
INSERT INTO audit VALUES(11,1796137780665982,'staff',1,'chef@firma.se','case_added','case 261201-0002','Inringt','127.0.0.1');
INSERT INTO audit VALUES(12,1796137780682452,'login',2,'bo@x.se','specification_approved','F1','683.16 kr','127.0.0.1');
INSERT INTO audit VALUES(13,1796137780728820,'login',2,'bo@x.se','specification_rejected','F2','100.00 kr','127.0.0.1');
CREATE TABLE config_version (
    number BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    staff_id BIGINT REFERENCES staff (id),
    who TEXT NOT NULL,
    note TEXT NOT NULL,
    text TEXT NOT NULL
);
INSERT INTO config_version VALUES(1,1772352000000000,1,'chef@firma.se','Först',replace('[portal]\nname = Firman\n','\n',char(10)));
CREATE TABLE config_draft (
    staff_id BIGINT NOT NULL PRIMARY KEY REFERENCES staff (id),
    base BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    text TEXT NOT NULL
);
INSERT INTO config_draft VALUES(1,1,1772352000000000,replace('[portal]\nname = Firma två\n','\n',char(10)));
CREATE TABLE import_run (
    id INTEGER PRIMARY KEY,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    who TEXT NOT NULL,
    created BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('uploaded', 'choosing', 'checking', 'checked', 'refused', 'queued', 'running', 'done', 'undo',
        'undoing', 'undone', 'failed', 'discarded')),
    message TEXT NOT NULL DEFAULT '',
    problem_total BIGINT NOT NULL DEFAULT 0,
    logins_removed BIGINT NOT NULL DEFAULT 0,
    mails BIGINT NOT NULL DEFAULT 0,
    checked BIGINT,
    started BIGINT,
    started_by TEXT NOT NULL DEFAULT '',
    finished BIGINT,
    undone BIGINT,
    undone_by TEXT NOT NULL DEFAULT '',
    layout TEXT NOT NULL DEFAULT ''
, leave_out BIGINT NOT NULL DEFAULT 0);
INSERT INTO import_run VALUES(1,1,'chef@firma.se',1772352000000000,'done','',0,0,0,NULL,NULL,'',NULL,NULL,'','',0);
CREATE TABLE import_file (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    sheet TEXT NOT NULL DEFAULT '',
    stored TEXT NOT NULL,
    size BIGINT NOT NULL,
    file TEXT NOT NULL DEFAULT '',
    added BIGINT NOT NULL DEFAULT 0,
    changed BIGINT NOT NULL DEFAULT 0,
    unchanged BIGINT NOT NULL DEFAULT 0, mapping TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (run_id, position)
);
INSERT INTO import_file VALUES(1,0,'kunder.csv','','',10,'customers.csv',1,0,0,'');
CREATE TABLE import_problem (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    position BIGINT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
);
INSERT INTO import_problem VALUES(1,0,'customers.csv:2: name: missing');
CREATE TABLE import_sample (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    position BIGINT NOT NULL,
    file BIGINT NOT NULL,
    line BIGINT NOT NULL,
    key TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
);
INSERT INTO import_sample VALUES(1,0,0,2,'K1','name','a','b');
CREATE TABLE import_image (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    file TEXT NOT NULL,
    moment BIGINT NOT NULL CHECK (moment IN (0, 1)),
    row_id BIGINT NOT NULL,
    touched BIGINT NOT NULL CHECK (touched IN (0, 1)),
    number TEXT NOT NULL,
    c0 TEXT, c1 TEXT, c2 TEXT, c3 TEXT, c4 TEXT, c5 TEXT, c6 TEXT, c7 TEXT, c8 TEXT, c9 TEXT, c10 TEXT, c11 TEXT,
    c12 TEXT, c13 TEXT, c14 TEXT, c15 TEXT, c16 TEXT, c17 TEXT, c18 TEXT, c19 TEXT, c20 TEXT, c21 TEXT, c22 TEXT, c23 TEXT,
    PRIMARY KEY (run_id, file, moment, row_id)
);
INSERT INTO import_image VALUES(1,'customers.csv',0,1,0,'K1','Brf',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE import_part (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    part TEXT NOT NULL,
    moment BIGINT NOT NULL CHECK (moment IN (0, 1)),
    owner BIGINT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run_id, part, moment, owner, key)
);
INSERT INTO import_part VALUES(1,'contact_customer',0,1,'1','');
CREATE TABLE import_login (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    kind TEXT NOT NULL,
    moment BIGINT NOT NULL CHECK (moment IN (0, 1)),
    owner_id BIGINT NOT NULL,
    login_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT,
    password_set BIGINT,
    last_login BIGINT,
    set_by TEXT NOT NULL,
    blocked BIGINT NOT NULL,
    PRIMARY KEY (run_id, kind, moment, owner_id)
);
INSERT INTO import_login VALUES(1,'customer',0,1,1,'applet',NULL,NULL,NULL,'',0);
CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    ends BIGINT NOT NULL
);
INSERT INTO lease VALUES('imports','gone',1);
CREATE TABLE search_part (
    part TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (part, word)
) WITHOUT ROWID;
INSERT INTO search_part VALUES('ande','läckande');
INSERT INTO search_part VALUES('atan','gatan');
INSERT INTO search_part VALUES('borg','göteborg');
INSERT INTO search_part VALUES('ckande','läckande');
INSERT INTO search_part VALUES('droppar','droppar');
INSERT INTO search_part VALUES('eborg','göteborg');
INSERT INTO search_part VALUES('gatan','gatan');
INSERT INTO search_part VALUES('göteborg','göteborg');
INSERT INTO search_part VALUES('ingt','inringt');
INSERT INTO search_part VALUES('inringt','inringt');
INSERT INTO search_part VALUES('kande','läckande');
INSERT INTO search_part VALUES('kran','kran');
INSERT INTO search_part VALUES('läckande','läckande');
INSERT INTO search_part VALUES('nde','läckande');
INSERT INTO search_part VALUES('ngt','inringt');
INSERT INTO search_part VALUES('nringt','inringt');
INSERT INTO search_part VALUES('oppar','droppar');
INSERT INTO search_part VALUES('org','göteborg');
INSERT INTO search_part VALUES('par','droppar');
INSERT INTO search_part VALUES('pet','öppet');
INSERT INTO search_part VALUES('ppar','droppar');
INSERT INTO search_part VALUES('ppet','öppet');
INSERT INTO search_part VALUES('ran','kran');
INSERT INTO search_part VALUES('ringt','inringt');
INSERT INTO search_part VALUES('roppar','droppar');
INSERT INTO search_part VALUES('tan','gatan');
INSERT INTO search_part VALUES('teborg','göteborg');
INSERT INTO search_part VALUES('äckande','läckande');
INSERT INTO search_part VALUES('öppet','öppet');
INSERT INTO search_part VALUES('öteborg','göteborg');
CREATE TABLE saved_search (
    id INTEGER PRIMARY KEY,
    login_id BIGINT NOT NULL REFERENCES login (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    created BIGINT NOT NULL,
    UNIQUE (login_id, name)
);
INSERT INTO saved_search VALUES(1,1,'Öppna','status=open',1772352000000000);
CREATE TABLE case_follower (
    login_id BIGINT NOT NULL REFERENCES login (id) ON DELETE CASCADE,
    case_id BIGINT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    created BIGINT NOT NULL,
    PRIMARY KEY (login_id, case_id)
);
INSERT INTO case_follower VALUES(2,2,1796137780421403);
CREATE TABLE decision_remark (
    seq BIGINT NOT NULL REFERENCES specification_decision (seq),
    place BIGINT NOT NULL,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    article_row_id BIGINT REFERENCES article_row (id),
    case_number TEXT NOT NULL,
    row_number TEXT NOT NULL,
    title TEXT NOT NULL,
    comment TEXT NOT NULL,
    PRIMARY KEY (seq, place)
);
INSERT INTO decision_remark VALUES(2,0,2,NULL,'260301-0002','','','Inte vi');
INSERT INTO decision_remark VALUES(2,1,2,3,'260301-0002','R3','Resa','För dyrt');
CREATE TABLE entity_words (
    row_id INTEGER PRIMARY KEY,
    words TEXT NOT NULL
);
INSERT INTO entity_words VALUES(281474976710657,'k1 1 k1 brf äpplet pplet plet let k x se 0311 311 11 1 gatan atan tan 1 borås orås rås  ');
INSERT INTO entity_words VALUES(281474976710658,'k2 2 k2 vilande ilande lande ande nde  ');
INSERT INTO entity_words VALUES(562949953421313,'o1 1 o1 lgh 2 gatan atan tan 1 göteborg öteborg teborg eborg borg org brf äpplet pplet plet let  ');
INSERT INTO entity_words VALUES(562949953421314,'o2 2 o2 lgh 10 brf äpplet pplet plet let  ');
INSERT INTO entity_words VALUES(844424930131969,'p1 1 p1 bo ek bo x se b2 x se 0312 312 12 2 0701 701 01 1  ');
INSERT INTO entity_words VALUES(1125899906842625,'a1 1 a1 arbete rbete bete ete  ');
INSERT INTO entity_words VALUES(1407374883553281,'bild ild png  ');
INSERT INTO entity_words VALUES(1688849860263937,'f1 1 f1 mars ars po 1 k1 brf äpplet pplet plet let  ');
INSERT INTO entity_words VALUES(1688849860263938,'f2 2 f2 april pril ril k1 brf äpplet pplet plet let  ');
CREATE TABLE import_group (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    position BIGINT NOT NULL,
    file BIGINT NOT NULL,
    field TEXT NOT NULL,
    what TEXT NOT NULL,
    found TEXT NOT NULL,
    count BIGINT NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
);
INSERT INTO import_group VALUES(1,0,0,'name','must not be empty','',2,'2 3');
CREATE TABLE import_question (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('word', 'dates', 'contents')),
    file BIGINT NOT NULL,
    field TEXT NOT NULL,
    text TEXT NOT NULL,
    options TEXT NOT NULL,
    answer TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (run_id, position)
);
INSERT INTO import_question VALUES(1,0,'word',0,'status','Avslutad','cases.status','',2);
CREATE TABLE import_word (
    field TEXT NOT NULL,
    word TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (field, word)
);
INSERT INTO import_word VALUES('cases.status','avslutad','finished');
CREATE TABLE import_mapping (
    headings TEXT NOT NULL PRIMARY KEY,
    file TEXT NOT NULL,
    mapping TEXT NOT NULL,
    used BIGINT NOT NULL
);
INSERT INTO import_mapping VALUES('digest','cases.csv','number = Nr',1772352000000000);
CREATE TABLE register_change (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('customer', 'object', 'contact', 'article', 'invoice_specification')),
    row_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    staff_id BIGINT REFERENCES staff (id),
    who TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
);
INSERT INTO register_change VALUES(1,'customer',1,1796137780606519,1,'chef@firma.se','Ort','Göteborg','Borås');
CREATE INDEX customer_number ON customer (number COLLATE "sv-natural");
CREATE INDEX customer_name ON customer (name COLLATE "sv-natural", id);
CREATE INDEX customer_listed ON customer (active DESC, number COLLATE "sv-natural");
CREATE INDEX object_parent ON object (parent_id);
CREATE INDEX object_number ON object (number COLLATE "sv-natural");
CREATE INDEX object_name ON object (name COLLATE "sv-natural", id);
CREATE INDEX object_listed ON object (active DESC, number COLLATE "sv-natural");
CREATE INDEX object_customer ON object (customer_id, number COLLATE "sv-natural");
CREATE INDEX object_children ON object (parent_id, number COLLATE "sv-natural");
CREATE INDEX contact_number ON contact (number COLLATE "sv-natural");
CREATE INDEX contact_name ON contact (last_name COLLATE "sv-natural", first_name COLLATE "sv-natural", id);
CREATE INDEX contact_listed ON contact (active DESC, number COLLATE "sv-natural");
CREATE INDEX contact_address_contact ON contact_address (contact_id);
CREATE INDEX contact_customer_customer ON contact_customer (customer_id);
CREATE INDEX contact_object_object ON contact_object (object_id);
CREATE INDEX article_number ON article (number COLLATE "sv-natural");
CREATE INDEX article_name ON article (name COLLATE "sv-natural", id);
CREATE INDEX session_login ON session (login_id);
CREATE INDEX session_last_seen ON session (last_seen);
CREATE INDEX mail_token_login ON mail_token (login_id);
CREATE INDEX mail_token_expires ON mail_token (expires);
CREATE INDEX known_device_login ON known_device (login_id, seen);
CREATE INDEX staff_session_staff ON staff_session (staff_id);
CREATE INDEX staff_session_last_seen ON staff_session (last_seen);
CREATE INDEX staff_token_staff ON staff_token (staff_id);
CREATE INDEX staff_token_expires ON staff_token (expires);
CREATE INDEX view_as_ends ON view_as (ends);
CREATE INDEX view_as_login ON view_as (login_id);
CREATE INDEX cases_object ON cases (object_id);
CREATE INDEX cases_customer ON cases (customer_id);
CREATE INDEX cases_created ON cases (created, id);
CREATE INDEX cases_open ON cases (created, id) WHERE status < 2;
CREATE INDEX case_contact_contact ON case_contact (contact_id);
CREATE INDEX case_extra_key ON case_extra (key);
CREATE INDEX case_scope_case ON case_scope (case_id);
CREATE INDEX scope_event_case ON scope_event (case_id);
CREATE INDEX case_change_case ON case_change (case_id, id);
CREATE INDEX case_note_case ON case_note (case_id, id);
CREATE INDEX case_message_case ON case_message (case_id, id);
CREATE INDEX case_message_login ON case_message (login_id);
CREATE INDEX case_message_waiting ON case_message (at, id) WHERE waiting = 1;
CREATE INDEX work_order_case ON work_order (case_id);
CREATE INDEX work_order_booked ON work_order (resource, booked_from);
CREATE INDEX article_row_case ON article_row (case_id);
CREATE INDEX article_row_work_order ON article_row (work_order_id);
CREATE INDEX invoice_specification_customer ON invoice_specification (customer_id, status);
CREATE INDEX invoice_specification_status ON invoice_specification (status, id);
CREATE INDEX invoice_specification_out ON invoice_specification (id)
WHERE status IN ('awaiting_approval', 'approved', 'rejected');
CREATE INDEX invoice_specification_decided ON invoice_specification (id) WHERE status IN ('approved', 'rejected');
CREATE INDEX invoice_specification_row_row ON invoice_specification_row (article_row_id);
CREATE INDEX specification_decision_specification ON specification_decision (specification_id, seq);
CREATE TRIGGER specification_decision_kept BEFORE UPDATE ON specification_decision
BEGIN
    SELECT RAISE(ABORT, 'decisions are kept as they are');
END;
CREATE TRIGGER specification_decision_stays BEFORE DELETE ON specification_decision
BEGIN
    SELECT RAISE(ABORT, 'decisions are kept as they are');
END;
CREATE UNIQUE INDEX file_path ON file (path);
CREATE INDEX file_customer ON file (customer_id);
CREATE INDEX file_object ON file (object_id);
CREATE INDEX file_case ON file (case_id);
CREATE INDEX file_digest ON file (digest);
CREATE INDEX file_created ON file (created, id);
CREATE INDEX upload_owner ON upload (owner);
CREATE INDEX upload_created ON upload (created);
CREATE INDEX upload_digest ON upload (digest);
CREATE INDEX draft_updated ON draft (updated);
CREATE INDEX submission_created ON submission (created);
CREATE INDEX staff_submission_created ON staff_submission (created);
CREATE INDEX mail_due ON mail (state, next_attempt);
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_subject ON audit (subject, id);
CREATE TRIGGER audit_kept BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is kept as it is');
END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is kept as it is');
END;
CREATE INDEX import_run_state ON import_run (state, id);
CREATE INDEX import_run_created ON import_run (created);
CREATE INDEX import_file_stored ON import_file (stored);
CREATE INDEX invoice_specification_number ON invoice_specification (number COLLATE "sv-natural");
CREATE INDEX file_name ON file (name COLLATE "sv-natural", id);
CREATE INDEX cases_booked ON cases (COALESCE(booked, 9223372036854775807), id);
CREATE INDEX cases_technician ON cases (technician COLLATE "sv-natural", id);
CREATE INDEX cases_finished ON cases (COALESCE(finished, 0), id);
CREATE INDEX invoice_specification_told ON invoice_specification (told)
WHERE told IS NOT NULL AND (status = 'awaiting_approval' OR decided_digest <> digest);
CREATE INDEX case_follower_case ON case_follower (case_id);
CREATE INDEX decision_remark_case ON decision_remark (case_id, seq);
CREATE INDEX decision_remark_row ON decision_remark (article_row_id, seq);
CREATE TRIGGER decision_remark_kept BEFORE UPDATE ON decision_remark
BEGIN
    SELECT RAISE(ABORT, 'decisions are kept as they are');
END;
CREATE TRIGGER decision_remark_stays BEFORE DELETE ON decision_remark
BEGIN
    SELECT RAISE(ABORT, 'decisions are kept as they are');
END;
CREATE INDEX cases_number ON cases (number COLLATE "sv-natural", id);
CREATE INDEX register_change_row ON register_change (kind, row_id, id);
CREATE VIRTUAL TABLE case_search USING fts5 (words, content='case_words', content_rowid='case_id',     tokenize="ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'", detail='none', prefix='1 2 3 4 5 6');
INSERT INTO case_search (case_search) VALUES ('rebuild');
INSERT INTO case_search (case_search, rank) VALUES ('automerge', 0);
CREATE VIRTUAL TABLE entity_search USING fts5 (words, content='entity_words', content_rowid='row_id',     tokenize="ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'", detail='none', prefix='1 2 3 4 5 6');
INSERT INTO entity_search (entity_search) VALUES ('rebuild');
INSERT INTO entity_search (entity_search, rank) VALUES ('automerge', 0);
