CREATE TABLE schema_migration (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied BIGINT NOT NULL);
INSERT INTO schema_migration VALUES(1,'first',1796138317006346);
INSERT INTO schema_migration VALUES(2,'leases',1796138317070834);
INSERT INTO schema_migration VALUES(3,'list_orders',1796138317082649);
INSERT INTO schema_migration VALUES(4,'word_parts',1796138317083356);
INSERT INTO schema_migration VALUES(5,'case_visits',1796138317089756);
INSERT INTO schema_migration VALUES(6,'mails',1796138317123690);
INSERT INTO schema_migration VALUES(7,'followers',1796138317130803);
INSERT INTO schema_migration VALUES(8,'remarks',1796138317134818);
INSERT INTO schema_migration VALUES(9,'search_everywhere',1796138317141256);
INSERT INTO schema_migration VALUES(10,'import_mapping',1796138317147890);
INSERT INTO schema_migration VALUES(11,'case_texts',1796138317166703);
INSERT INTO schema_migration VALUES(12,'register_changes',1796138317170622);
INSERT INTO schema_migration VALUES(13,'cancelled',1796138317234773);
CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
INSERT INTO setting VALUES('secret','6c227cfc5da5659ca274c3d49e4ffb60d5cccc00d88bac2604186c2319c6a6eb');
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
INSERT INTO account VALUES(1,'bo@x.se',1,'sv',1796138317246556,0);
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
INSERT INTO login VALUES(1,'applet','customer',1,'$argon2id$v=19$m=64,t=1,p=1$gXynPBHE+YNH2I5sjO8jog$qRsXuPwLRXk0ZcglzKwPqPqMOLboE1q2Ds7UhIz7LHc',1796138317246556,NULL,'',0);
INSERT INTO login VALUES(2,'bo@x.se','contact',1,'$argon2id$v=19$m=64,t=1,p=1$gIbhNLOGprG6sFozRCQsLw$25plpsZ2/QEDp3WWxHFb8TAeQCTIoOUtiIyp7rVxtp8',1796138317246556,1796138317843626,'',0);
CREATE TABLE session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    login_id BIGINT NOT NULL REFERENCES login (id),
    created BIGINT NOT NULL,
    last_seen BIGINT NOT NULL
);
INSERT INTO session VALUES('c22d0d35d8ca53173c0494f2c313529fd55be84a87bf747235d2d44431d9e6c5',2,1796138317843626,1796138317843626);
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
INSERT INTO known_device VALUES('9d2ad944e6439bb6fbb69c8411768d762f10d5807ecc3dfa5adc19b3c29f9b8c',2,1796138317843626);
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
INSERT INTO staff VALUES(1,'chef@firma.se','chef@firma.se','administrator',1,'$argon2id$v=19$m=64,t=1,p=1$9uM0glypwe/77QJ4QyChxA$lcGY6ojLWRZ9Sup9HEZvqvhgUi7LARWPtczBTzC7lKc',1796138317670506,'ZN3WWGPZXR4ZPLR65QGZYCH4FTSDCEY5',59871276,NULL,1796138317570972,1796138317710462,0,0,'',0);
CREATE TABLE staff_session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    created BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    proven BIGINT NOT NULL,
    second BIGINT NOT NULL CHECK (second IN (0, 1))
);
INSERT INTO staff_session VALUES('d674635afd25ac939c3aa43c59f780f7f393d3b374077166d6496770bf5bebc7',1,1796138317710462,1796138317710462,1796138317786982,1);
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
INSERT INTO staff_recovery_code VALUES(1,'a0c5edba3ffcbce561ef9b92104322a981413a305d1657e2a347dd8f57b7ba43');
INSERT INTO staff_recovery_code VALUES(1,'c8e3950d8397eca8c95dcb26edb90866291d6fd6b665066ebe3b8410f780db84');
INSERT INTO staff_recovery_code VALUES(1,'43a35f46d82b55384e794caab47f03067f530f9b73b7823927905f71e9601c80');
INSERT INTO staff_recovery_code VALUES(1,'9a78c717dc49dcff11ba863c982e9408313ff946438f7ea8fc7a4cd5113870f1');
INSERT INTO staff_recovery_code VALUES(1,'acb2b0f965d8eb43795c51ebf56c545c7a545c30201c44bd3fbc86b69c0f3789');
INSERT INTO staff_recovery_code VALUES(1,'51880f1daba66e6d69a8b2ec9d80f088e8e86529c6fdb12d6b430d2274e89430');
INSERT INTO staff_recovery_code VALUES(1,'3a96f3fc169d2204253d9a7c42760e2d2dfc2943ec525ffe13c4257c0e1fd8d9');
INSERT INTO staff_recovery_code VALUES(1,'9746a334c859486e01ef423996ce441e4013a42c9c1583f88f697d913f43b908');
INSERT INTO staff_recovery_code VALUES(1,'4f82f1dc08168fc5f46f032a0b84dbcce97285fe28f3d1ae7bc04d8f6d137869');
INSERT INTO staff_recovery_code VALUES(1,'3a16c174dfa2ea8eb83a95c80317c4b7333095f1b73d11c8f194500c8fec178e');
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
INSERT INTO view_as VALUES('digest','d674635afd25ac939c3aa43c59f780f7f393d3b374077166d6496770bf5bebc7',1,1893456000000000);
CREATE TABLE cases (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    type_id BIGINT REFERENCES picklist_item (id),
    priority_id BIGINT REFERENCES picklist_item (id),
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
, booked BIGINT, booked_to BIGINT, technician TEXT NOT NULL DEFAULT '', done_row TEXT NOT NULL DEFAULT '', done_order TEXT NOT NULL DEFAULT '', staff_message BIGINT, status BIGINT NOT NULL DEFAULT 0 CHECK (status IN (0, 1, 2, 3)), cancel_reason TEXT NOT NULL DEFAULT '', duplicate_of BIGINT REFERENCES cases (id));
INSERT INTO cases VALUES(1,'260301-0001','Läckande kran',replace('Rad ett\nRad två','\n',char(10)),1,2,1,2,1,'Ref 1','Bo','070-1','Gatan 1','411 38','Göteborg',1772352000000000,1772438400000000,1772445600000000,NULL,1,NULL,NULL,'Maja','Arbetstid','Byt',2,2,'',NULL);
INSERT INTO cases VALUES(2,'260301-0002','Öppet','',NULL,NULL,1,NULL,1,'Ref 2','','','','','',1772355600000000,NULL,NULL,NULL,2,NULL,NULL,'','Resa','',NULL,0,'',NULL);
INSERT INTO cases VALUES(3,'261201-0001','Ny kran','Droppar',NULL,NULL,1,NULL,1,'','Bo Ek','070-1','','','',1796138317932183,NULL,NULL,2,1,NULL,NULL,'','','',NULL,0,'',NULL);
INSERT INTO cases VALUES(4,'261201-0002','Inringt','',NULL,NULL,1,NULL,NULL,'','','','','','',1796138318089359,NULL,NULL,NULL,1,NULL,NULL,'','','',NULL,0,'',NULL);
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
INSERT INTO case_scope VALUES(4,1796138317932183,3);
INSERT INTO case_scope VALUES(5,1796138317932183,3);
INSERT INTO case_scope VALUES(5,1796138318089359,4);
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
INSERT INTO scope_event VALUES(4,5,1796138317996684,1,0);
INSERT INTO scope_event VALUES(5,1,1772445600000000,1,0);
INSERT INTO scope_event VALUES(5,2,1772359200000000,1,1);
INSERT INTO scope_event VALUES(5,5,1796138317996684,1,0);
INSERT INTO scope_event VALUES(10,1,1772445600000000,1,0);
INSERT INTO scope_event VALUES(10,2,1772359200000000,1,1);
INSERT INTO scope_event VALUES(10,5,1796138317996684,1,0);
INSERT INTO scope_event VALUES(4,3,1772355600000000,2,0);
INSERT INTO scope_event VALUES(5,3,1772355600000000,2,0);
INSERT INTO scope_event VALUES(4,3,1796138317932183,3,0);
INSERT INTO scope_event VALUES(5,3,1796138317932183,3,0);
INSERT INTO scope_event VALUES(5,3,1796138318089359,4,0);
CREATE TABLE case_words (
    case_id INTEGER PRIMARY KEY,
    words TEXT NOT NULL
);
INSERT INTO case_words VALUES(1,'2603010001 603010001 03010001 3010001 010001 10001 0001 001 01 1 läckande kran ref 1 gatan 1 411 38 göteborg rad ett rad två 4 5 a ');
INSERT INTO case_words VALUES(2,'2603010002 603010002 03010002 3010002 010002 10002 0002 002 02 2 öppet ref 2 4 5 ');
INSERT INTO case_words VALUES(3,'2612010001 612010001 12010001 2010001 010001 10001 0001 001 01 1 ny kran droppar 4 5 ');
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
INSERT INTO case_change VALUES(1,2,1796138318037368,1,'chef@firma.se','Er referens','','Ref 2');
INSERT INTO case_change VALUES(2,4,1796138318089359,1,'chef@firma.se','Ärendet registrerat','','261201-0002');
CREATE TABLE case_note (
    id INTEGER PRIMARY KEY,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    at BIGINT NOT NULL,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    who TEXT NOT NULL,
    body TEXT NOT NULL
);
INSERT INTO case_note VALUES(1,1,1796138318014677,1,'chef@firma.se','Ring först');
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
INSERT INTO case_message VALUES(1,1,1796138317985223,NULL,2,0,'Bo Ek','När kommer ni?',0,'7a475183ee1206f26520037964f86e794bd1b7069f442ca335b0a9f636ef8096',0);
INSERT INTO case_message VALUES(2,1,1796138317996684,1,NULL,1,'chef@firma.se','På torsdag.',0,'92164547f31888dad2aa50041ecbea238c1c3e5b83ccdc5fca2ee3b0f129c543',0);
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
    resource TEXT NOT NULL DEFAULT '',
    booked_from BIGINT,
    booked_to BIGINT,
    created BIGINT NOT NULL,
    started BIGINT,
    finished BIGINT
, invited BIGINT NOT NULL DEFAULT 0 CHECK (invited IN (0, 1)), status BIGINT NOT NULL DEFAULT 0 CHECK (status IN (0, 1, 2, 3)), cancel_reason TEXT NOT NULL DEFAULT '');
INSERT INTO work_order VALUES(1,'260301-0001-1',1,'Byt',3,'Maja',1772438400000000,1772445600000000,1772359200000000,1772438400000000,1772445600000000,0,2,'');
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
INSERT INTO invoice_specification VALUES(1,'F1',1,'Mars','2026-03-01','2026-03-31','approved','PO 1','Bo Ek',1796138318130517,'Bra','b9fcd16832b208c0c947417d2252a34a33e6a73f35288fc1cc5a2064209fb262','b9fcd16832b208c0c947417d2252a34a33e6a73f35288fc1cc5a2064209fb262',1,1,68316,0);
INSERT INTO invoice_specification VALUES(2,'F2',1,'April','2026-04-01','2026-04-30','rejected','','Bo Ek',1796138318169486,'Fel','4a7b695ff6a741a358a929c1b0001f9eb8fb3ca7ecb5e4f6bfeab3a60eb58bc8','4a7b695ff6a741a358a929c1b0001f9eb8fb3ca7ecb5e4f6bfeab3a60eb58bc8',1,1,10000,0);
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
INSERT INTO specification_decision VALUES(1,1,'F1','K1','approved',replace('"260301-0001" "R1" "2026-03-02" "Arbetstid" "" "A1" "tim" 1.5 520.5 0.125 683.16\n683.16\n','\n',char(10)),'b9fcd16832b208c0c947417d2252a34a33e6a73f35288fc1cc5a2064209fb262',1,68316,'PO 1','Bra','bo@x.se','P1','Bo Ek',1796138318130517,'','b039c68d4d42b519451dfe7eb0e991c7fa995c65862268bc1f2f1750a53af0b1');
INSERT INTO specification_decision VALUES(2,2,'F2','K1','rejected',replace('"260301-0002" "R3" "2026-04-02" "Resa" "" "" "" 1 100 0 100.00\n100.00\n','\n',char(10)),'4a7b695ff6a741a358a929c1b0001f9eb8fb3ca7ecb5e4f6bfeab3a60eb58bc8',1,10000,'','Fel','bo@x.se','P1','Bo Ek',1796138318169486,'b039c68d4d42b519451dfe7eb0e991c7fa995c65862268bc1f2f1750a53af0b1','1626b6bb147ff18dbfc0ae16a940351b33188639d14fb5295560c1cb708e69b3');
CREATE TABLE decision_head (
    name TEXT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO decision_head VALUES('specification',2,'1626b6bb147ff18dbfc0ae16a940351b33188639d14fb5295560c1cb708e69b3');
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
INSERT INTO file VALUES(1,'3Cb1YEtcAlEBioi2RoQ-Hw',NULL,NULL,3,'bild.png','image/png',70,'153a2deef9c17de4a9f9424c83355797da7d2f4ebb5813b57dea0ca9b6a91fca',NULL,1,1796138317932183,NULL);
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
INSERT INTO submission VALUES('26186b1ce98d08ee76eba5008c11c6c719b5fd04c9d34aa6acd00d2cced185f2.212c03a9123bdfefaf962456d24cd9d79f847feae3e49ffe0ea4c008c3a7c03e','Us_TiExqXzzE-fnMf2GE9Q',3,2,1796138317932183);
CREATE TABLE staff_submission (
    key TEXT NOT NULL PRIMARY KEY,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    created BIGINT NOT NULL
);
INSERT INTO staff_submission VALUES('302bb9ee2f804f548c155350a43f65f6c64e4263ad1130a7e33683e652483d02',1,1796138318014677);
INSERT INTO staff_submission VALUES('7013bc3ad06e298aa4a9fe1787ebc50feae1b0371d3a60222e53b4a6474e2050',4,1796138318089359);
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
INSERT INTO mail VALUES(1,'bo@x.se','Vi har tagit emot ärende 261201-0001: Ny kran',replace('Vi har tagit emot ditt ärende. Det har nummer 261201-0001.\n\nVi läser det och bokar en tid. Du får ett mejl när tiden är bokad.\n\n261201-0001 Ny kran\nhttp://127.0.0.1:47999/cases/261201-0001\n\n--\nDu väljer vilka mejl du får under Mitt konto: http://127.0.0.1:47999/account\n','\n',char(10)),1796138317954777,0,1796138317954777,'queued','','',1,'');
INSERT INTO mail VALUES(2,'bo@x.se','Nytt meddelande om ärende 260301-0001: Läckande kran',replace('Vi har skrivit till dig om ärende 260301-0001. Läs och svara i portalen:\n\n260301-0001 Läckande kran\nPlats: Lgh 10, Gatan 1, 411 38 Göteborg\nhttp://127.0.0.1:47999/cases/260301-0001\n\n--\nDu väljer vilka mejl du får under Mitt konto: http://127.0.0.1:47999/account\n','\n',char(10)),1796138317997226,0,1796138317997226,'queued','','',1,'');
INSERT INTO mail VALUES(3,'bo@x.se','Kvitto: fakturaspecifikation F1 är godkänd',replace('Du har godkänt fakturaspecifikation F1 hos Kundportal.\n\nSumma (exkl. moms): 683,16 kr\nNär: 2026-12-01 16:18\nEr referens: PO 1\nKommentar: Bra\n\nSpecifikationen: http://127.0.0.1:47999/invoices/F1\n','\n',char(10)),1796138318131172,0,1796138318131172,'queued','','',NULL,'');
INSERT INTO mail VALUES(4,'bo@x.se','Kvitto: fakturaspecifikation F2 är avvisad',replace('Du har avvisat fakturaspecifikation F2 hos Kundportal.\n\nSumma (exkl. moms): 100,00 kr\nNär: 2026-12-01 16:18\nKommentar: Fel\n\nKommentarer till ärenden och rader:\n260301-0002: Inte vi\n260301-0002, R3 Resa: För dyrt\n\nSpecifikationen: http://127.0.0.1:47999/invoices/F2\n','\n',char(10)),1796138318170008,0,1796138318170008,'queued','','',NULL,'');
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
INSERT INTO audit VALUES(1,1796138317571155,'system',NULL,'command line','staff_added','chef@firma.se','administrator','');
INSERT INTO audit VALUES(2,1796138317670506,'staff',1,'chef@firma.se','password_by_link','','','127.0.0.1');
INSERT INTO audit VALUES(3,1796138317710462,'staff',1,'chef@firma.se','login_password','','','127.0.0.1');
INSERT INTO audit VALUES(4,1796138317786982,'staff',1,'chef@firma.se','second_factor_set','','','127.0.0.1');
INSERT INTO audit VALUES(5,1796138317843626,'login',2,'bo@x.se','login','','','127.0.0.1');
INSERT INTO audit VALUES(6,1796138317985223,'login',2,'bo@x.se','case_message_added','case 260301-0001','','127.0.0.1');
INSERT INTO audit VALUES(7,1796138317996684,'staff',1,'chef@firma.se','case_message_added','case 260301-0001','','127.0.0.1');
INSERT INTO audit VALUES(8,1796138318014677,'staff',1,'chef@firma.se','case_note_added','case 260301-0001','','127.0.0.1');
INSERT INTO audit VALUES(9,1796138318037368,'staff',1,'chef@firma.se','case_changed','case 260301-0002: fields','Er referens','127.0.0.1');
INSERT INTO audit VALUES(10,1796138318060511,'staff',1,'chef@firma.se','register_row_changed','customers K1','city','127.0.0.1');
INSERT INTO audit VALUES(11,1796138318089359,'staff',1,'chef@firma.se','case_added','case 261201-0002','Inringt','127.0.0.1');
INSERT INTO audit VALUES(12,1796138318130517,'login',2,'bo@x.se','specification_approved','F1','683.16 kr','127.0.0.1');
INSERT INTO audit VALUES(13,1796138318169486,'login',2,'bo@x.se','specification_rejected','F2','100.00 kr','127.0.0.1');
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
INSERT INTO case_follower VALUES(2,2,1796138318005781);
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
INSERT INTO register_change VALUES(1,'customer',1,1796138318060511,1,'chef@firma.se','Ort','Göteborg','Borås');
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
CREATE INDEX cases_open ON cases (created, id) WHERE status < 2;
CREATE INDEX cases_cancelled ON cases (created, id) WHERE status = 3;
CREATE INDEX cases_duplicate ON cases (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX work_order_time ON work_order (booked_from) WHERE booked_from IS NOT NULL AND status < 2;
CREATE VIRTUAL TABLE case_search USING fts5 (words, content='case_words', content_rowid='case_id',     tokenize="ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'", detail='none', prefix='1 2 3 4 5 6');
INSERT INTO case_search (case_search) VALUES ('rebuild');
INSERT INTO case_search (case_search, rank) VALUES ('automerge', 0);
CREATE VIRTUAL TABLE entity_search USING fts5 (words, content='entity_words', content_rowid='row_id',     tokenize="ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'", detail='none', prefix='1 2 3 4 5 6');
INSERT INTO entity_search (entity_search) VALUES ('rebuild');
INSERT INTO entity_search (entity_search, rank) VALUES ('automerge', 0);
