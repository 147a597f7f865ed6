#include "bulk/demo/words.h"

#define WORDS(name, ...)                                                                                               \
    static const char *const name##_items[] = {__VA_ARGS__};                                                           \
    const struct words name = {name##_items, sizeof name##_items / sizeof *name##_items}

/* The places are invented, so that no real municipality becomes a customer. */
WORDS(places, "Björkstaden", "Granvik", "Almköping", "Tallberga", "Lindesta", "Havsvik", "Stensunda", "Kvarnåby",
      "Ekhamn", "Norrforsa", "Sjöbodarna", "Bergaholm", "Fagerudd", "Öringsund", "Älvnäs", "Mossköping", "Åkerstad",
      "Rävlanda", "Hammarhed", "Solbergaby", "Klintebo", "Västerlunda", "Ängstorp", "Rosenköping", "Månsarp",
      "Skogslund", "Dalhamra", "Vikingalund", "Järnforsa", "Lövsätra");

WORDS(streets, "Storgatan", "Kyrkogatan", "Skolvägen", "Industrivägen", "Björkvägen", "Ringvägen", "Parkgatan",
      "Järnvägsgatan", "Hantverkargatan", "Kungsgatan", "Drottninggatan", "Nygatan", "Västra Hamngatan", "Östra Ågatan",
      "Sveavägen", "Ekbacken", "Tallstigen", "Lingonstigen", "Mejerigatan", "Smedjegatan", "Slottsgatan",
      "Fabriksgatan", "Åsgatan", "Trädgårdsgatan");

WORDS(landmarks, "Tallen", "Eken", "Linden", "Rönnen", "Almen", "Gullvivan", "Blåklinten", "Sippan", "Lärkan", "Svalan",
      "Trasten", "Örnen", "Ugglan", "Falken", "Kvarnen", "Smedjan", "Hyveln", "Hammaren", "Kompassen", "Ankaret",
      "Fyren", "Briggen", "Stjärnan", "Månen", "Solgården", "Ängen", "Hagen", "Backen", "Dalen", "Åsen");

WORDS(women, "Anna", "Eva", "Maria", "Karin", "Kristina", "Lena", "Sara", "Emma", "Ingrid", "Malin", "Åsa", "Annika",
      "Helena", "Johanna", "Linnea", "Fatima", "Gunilla", "Ulrika", "Camilla", "Elin", "Märta", "Sofia", "Amina",
      "Birgitta", "Ylva");

WORDS(men, "Lars", "Anders", "Per", "Mikael", "Johan", "Erik", "Karl", "Peter", "Jan", "Fredrik", "Olle", "Magnus",
      "Mattias", "Björn", "Göran", "Ali", "Håkan", "Stefan", "Jonas", "Tobias", "Nils", "Oskar", "Ahmed", "Sören",
      "Kjell");

WORDS(surnames, "Andersson", "Johansson", "Karlsson", "Nilsson", "Eriksson", "Larsson", "Olsson", "Persson", "Svensson",
      "Gustafsson", "Lindberg", "Lindqvist", "Lundgren", "Bergström", "Sandberg", "Forsberg", "Sjöberg", "Wallin",
      "Engström", "Danielsson", "Håkansson", "Björklund", "Mårtensson", "Öberg", "Åström", "Sundström", "Ek", "Nyman",
      "Holm", "Norén", "Hassan", "Ahmadi", "Kovačević", "Nguyen", "Virtanen", "Söderlund", "Hellström", "Dahlgren",
      "Åkesson", "Löfgren");

WORDS(technicians, "Henrik Malm", "Sanna Ekström", "Daniel Öhman", "Marcus Brodin", "Yasmin Haddad", "Tommy Lind",
      "Kent Sjögren", "Frida Nordin", "Elias Berglund", "Petra Åhlén", "Robert Falk", "Jimmy Strand", "Nadia Rahimi",
      "Conny Hedlund");

WORDS(access_notes, "Nyckel finns hos vaktmästaren.", "Ring gärna en halvtimme innan ni kommer.",
      "Portkod lämnas per telefon.", "Tillträde vardagar 7–16.", "Hämta nyckelbricka i receptionen.",
      "Hyresgästen är hemma hela dagen.", "Parkering på baksidan, infart från gården.",
      "Anmäl er i receptionen vid ankomst.");

WORDS(your_references, "Ref", "Ink", "Projekt", "Best", "Kst");

const char *const object_groups[OBJECT_KINDS] = {"omrade", "fastighet", "hiss", "ventilation",
                                                 "port",   "varme",     "kyla", "brandlarm"};

const char *const object_group_labels[OBJECT_KINDS][2] = {
    {"Område", "Area"}, {"Fastighet", "Property"}, {"Hiss", "Lift"},    {"Ventilation", "Ventilation"},
    {"Port", "Gate"},   {"Värme", "Heating"},      {"Kyla", "Cooling"}, {"Brandlarm", "Fire alarm"},
};

const struct item picklist_items[] = {
    {"case_type", "felanmalan", "Felanmälan", "Fault report"},
    {"case_type", "service", "Service", "Service"},
    {"case_type", "besiktning", "Besiktning", "Inspection"},
    {"case_type", "skadegorelse", "Skadegörelse", "Vandalism"},
    {"case_type", "bestallning", "Beställning", "Order"},
    {"priority", "akut", "Akut", "Urgent"},
    {"priority", "hog", "Hög", "High"},
    {"priority", "normal", "Normal", "Normal"},
    {"priority", "lag", "Låg", "Low"},
    {"work_order_type", "felavhjalpning", "Felavhjälpning", "Repair"},
    {"work_order_type", "planerad-service", "Planerad service", "Planned service"},
    {"work_order_type", "kontroll", "Kontroll", "Check"},
    {"work_order_type", "jour", "Jourutryckning", "On-call visit"},
    {"action_code", "felsokning", "Felsökning", "Fault finding"},
    {"action_code", "reparation", "Reparation", "Repair"},
    {"action_code", "byte", "Byte av del", "Part replaced"},
    {"action_code", "justering", "Justering", "Adjustment"},
    {"action_code", "rengoring", "Rengöring", "Cleaning"},
    {"action_code", "kontroll", "Kontroll och provning", "Check and test"},
    {"action_code", "resa", "Resa", "Travel"},
    {"file_category", "foto", "Foto", "Photo"},
    {"file_category", "protokoll", "Protokoll", "Protocol"},
    {"file_category", "ritning", "Ritning", "Drawing"},
    {"file_category", "avtal", "Avtal", "Agreement"},
    {"file_category", "manual", "Manual", "Manual"},
};
const size_t picklist_item_count = sizeof picklist_items / sizeof *picklist_items;

const struct article articles[] = {
    {"T-100", "Tekniker, ordinarie tid", "time", "tim", "695"},
    {"T-150", "Tekniker, jourtid", "time", "tim", "1290"},
    {"T-200", "Projektledare", "time", "tim", "895"},
    {"R-100", "Framkörning inom tätort", "travel", "st", "420"},
    {"R-110", "Milersättning", "travel", "mil", "75.5"},
    {"M-1001", "Dörrmaskinsrem", "material", "st", "385"},
    {"M-1002", "Styrrulle hissdörr", "material", "st", "142.5"},
    {"M-1003", "Tryckknapp med belysning", "material", "st", "264"},
    {"M-1004", "Batteri nödtelefon 12 V", "material", "st", "310"},
    {"M-1005", "Styrkort hiss", "material", "st", "4850"},
    {"M-2001", "Påsfilter F7", "material", "st", "198"},
    {"M-2002", "Fläktrem", "material", "st", "164"},
    {"M-2003", "Lagersats fläktmotor", "material", "st", "1240"},
    {"M-2004", "Spjällmotor 24 V", "material", "st", "1685"},
    {"M-3001", "Torsionsfjäder takskjutport", "material", "st", "2150"},
    {"M-3002", "Säkerhetslist port", "material", "m", "318.75"},
    {"M-3003", "Fotocell", "material", "st", "790"},
    {"M-3004", "Handsändare", "material", "st", "455"},
    {"M-4001", "Cirkulationspump", "material", "st", "5290"},
    {"M-4002", "Termostatventil", "material", "st", "349"},
    {"M-4003", "Expansionskärl 50 l", "material", "st", "1890"},
    {"M-4004", "Packningssats", "material", "st", "89"},
    {"M-5001", "Köldmedium R449A", "material", "kg", "1150"},
    {"M-5002", "Kondensorfläkt", "material", "st", "2345"},
    {"M-5003", "Torkfilter", "material", "st", "276"},
    {"M-6001", "Rökdetektor optisk", "material", "st", "612"},
    {"M-6002", "Batteri larmcentral", "material", "st", "540"},
    {"M-7001", "LED-armatur trapphus", "material", "st", "875"},
    {"M-7002", "Jordfelsbrytare", "material", "st", "1120"},
    {"M-7003", "Låscylinder", "material", "st", "685"},
    {"M-7004", "Dörrstängare", "material", "st", "1430"},
    {"M-7005", "Blandarpatron", "material", "st", "298"},
    {"I-100", "Skylift, dygnshyra", "purchase", "dygn", "1850"},
    {"I-110", "Spolbil", "purchase", "tim", "1690"},
    {"O-100", "Miljöavgift", "other", "st", "45"},
    {"O-110", "Förbrukningsmaterial", "other", "st", "85"},
};
const size_t article_count = sizeof articles / sizeof *articles;
