//! What each rule looks for, in plain words.

/// A rule as `collegium deid explain` tells it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub id: &'static str,
    pub looks_for: &'static str,
    /// Whose rule it serves.
    pub yardstick: &'static str,
    pub example: &'static str,
}

const fn rule(id: &'static str, looks_for: &'static str, yardstick: &'static str, example: &'static str) -> Rule {
    Rule { id, looks_for, yardstick, example }
}

const NAMES: &str = "HIPAA Safe Harbor 1 (names); GMC Confidentiality";
const PLACES: &str = "HIPAA Safe Harbor 2 (places smaller than a state)";
const DATES: &str = "HIPAA Safe Harbor 3 (dates, ages over 89)";
const PHONES: &str = "HIPAA Safe Harbor 4-5 (telephone, fax)";
const MAIL: &str = "HIPAA Safe Harbor 6 (e-mail)";
const RECORDS: &str = "HIPAA Safe Harbor 8 (record numbers)";
const NUMBERS: &str = "HIPAA Safe Harbor 7-10 (social security, plan and account numbers)";
const LICENCES: &str = "HIPAA Safe Harbor 11 (licence numbers)";
const VEHICLES: &str = "HIPAA Safe Harbor 12 (vehicles)";
const DEVICES: &str = "HIPAA Safe Harbor 13 (devices)";
const LINKS: &str = "HIPAA Safe Harbor 14 (web addresses)";
const NETWORK: &str = "HIPAA Safe Harbor 15 (network addresses)";
const SUM: &str = "HIPAA Safe Harbor 18; GMC Using social media 18-19 (the sum of details)";
const ROOMS: &str = "FSMB 2012: no room numbers";
const ALIASES: &str = "FSMB 2012: no code names";

/// Every rule that can be the reason of a finding.
pub const RULES: &[Rule] = &[
    rule("title", "a name after Mr, Mrs, Haji, Mdm, Mother and the like", NAMES, "Mrs Kowalczyk"),
    rule("named", "a name after named, called, goes by, Name:", NAMES, "Name: Sunday Ehizogie"),
    rule("relative", "a name after a relative or the patient, or joined to such a name", NAMES, "her son Farhad"),
    rule("relative-lower", "the same in a text without capitals", NAMES, "husband kumaran rang"),
    rule("initials", "initials in place of a name", NAMES, "R.T., 54M"),
    rule("full-name", "a given name with a family name", NAMES, "Joyce Te Whaiti"),
    rule("given-name", "a given name that is nothing else", NAMES, "Xiomara has a fever"),
    rule("given-name-lower", "the same in a text without capitals", NAMES, "kyle 16, type 1"),
    rule("double-name", "a given name that is also a word, where only a person fits", NAMES, "Hope is 9"),
    rule("double-name-lower", "the same in a text without capitals", NAMES, "may says it hurts"),
    rule("name-likely", "two words together that read like a name", NAMES, "Babatunde Ogunlesi"),
    rule("name-by-deed", "an unknown word that does what only people do", NAMES, "Kalumba refused"),
    rule("name-capitals", "a name in capitals", NAMES, "SMITH, John"),
    rule("name-initial", "a given name with an initial", NAMES, "Jordan P."),
    rule("name-set-off", "a word set off by an age, a relation or a trade", NAMES, "Shannon (mum, 19)"),
    rule("name-owner", "the owner of a relative, of notes, of results", NAMES, "Jaxxon's mom"),
    rule("name-quoted", "a name in quotation marks", NAMES, "asks for “Mossie”"),
    rule("name-beside-verb", "somebody told, asked, spoken to", NAMES, "I told Anahera"),
    rule("name-again", "a name confirmed elsewhere in the post, also in short", NAMES, "Maggie for Margaret"),
    rule("hunch-name", "a word that stands and sounds like a name, by the learnt weights", NAMES, "Saw Faleafa again"),
    rule("hunch-place", "the same for a place", PLACES, "home to Gwaelod-y-garth"),
    rule("hunch-institution", "the same for an institution", PLACES, "works at Raven Ridge"),
    rule("hunch-day", "the same for a day of note", DATES, "home for Thrumfest"),
    rule("possessive-lower", "a possessive without its sign before a relative", NAMES, "wills wife"),
    rule("initial-surname", "an initial with a family name", NAMES, "P. Labuschagne"),
    rule("other-script", "words in another script, which may be a name", NAMES, "محمد"),
    rule("colleague", "a name after a colleague's post", NAMES, "our registrar Marchetti"),
    rule("colleague-title", "a name after Dr, Prof, Sister", NAMES, "Dr Hetal"),
    rule("codename", "a name by which staff call or list a patient", ALIASES, "we call him The Duke"),
    rule("date", "a date of day, month and year", DATES, "12/03/24"),
    rule("date-compact", "the same written together", DATES, "12MAR2024"),
    rule("day-month", "a day and a month", DATES, "6 Sept"),
    rule("month-day", "a month and a day", DATES, "Aug 12"),
    rule("month-year", "a month and a year", DATES, "March 2024"),
    rule("month", "a month tied to the case", DATES, "in June"),
    rule("day-of-month", "a day of the month", DATES, "the 14th"),
    rule("day-slash-month", "two numbers that are a date, no fraction", DATES, "on 11/26"),
    rule("holiday", "a holiday", DATES, "Christmas Day"),
    rule("occasion", "a festival or a day of note", DATES, "Losar"),
    rule("season", "a season of a year", DATES, "the winter of 2009"),
    rule("age-over-89", "an age of 90 or over", DATES, "a 94-year-old"),
    rule("street-number", "a house number and a street", PLACES, "12 High Street"),
    rule("street-number-foreign", "the same in other languages", PLACES, "12 rue Cartier"),
    rule("street-name", "a street without a number", PLACES, "Kingsway Road"),
    rule("dwelling", "a flat, a block, a plot", PLACES, "Flat 6, Cotman Court"),
    rule("floor", "a floor opposite or near something", PLACES, "2nd floor, opp. Old Court"),
    rule("po-box", "a post office box", PLACES, "PO Box 11"),
    rule("address-labelled", "what follows “lives at” or “address”", PLACES, "lives at 114 Sector D"),
    rule("place", "a listed town after in, from, near", PLACES, "in Todmorden"),
    rule("place-lower", "the same in a text without capitals", PLACES, "from killarney"),
    rule("place-listed", "a listed town between commas", PLACES, "…, Moga."),
    rule("place-bare", "a word that is a town and nothing else", PLACES, "Birdsville"),
    rule("place-beside", "a town beside an address or an institution", PLACES, "3 Mill Lane, Otley"),
    rule("place-set-off", "an unknown word after an age", PLACES, "49, Bonteheuwel,"),
    rule("place-unknown", "an unknown word after in, from, near", PLACES, "from Radhanpur"),
    rule("abode", "where somebody lives, comes from or is brought from", PLACES, "lives in Moerewa"),
    rule("village", "a village, township or district by name", PLACES, "Igangan village"),
    rule("county", "a county", PLACES, "Co. Kerry"),
    rule("town-and-state", "a town with its state", PLACES, "Canora, SK"),
    rule("postcode-british", "a British postcode", PLACES, "LS6 1AB"),
    rule("eircode", "an Irish Eircode", PLACES, "R95 X7T3"),
    rule("postcode-canadian", "a Canadian postal code", PLACES, "V2T 8K1"),
    rule("zip", "a ZIP code after its state", PLACES, "MT 59870"),
    rule("postcode-australian", "an Australian postcode after its state", PLACES, "QLD 4490"),
    rule("postcode-beside", "a postcode beside a place", PLACES, "Temuka 7920"),
    rule("postcode-labelled", "what follows postcode, ZIP or PIN", PLACES, "PIN 625009"),
    rule("institution", "words that end as institutions' names do", NAMES, "Rowan Ward"),
    rule("institution-lower", "the same in a text without capitals", NAMES, "st edmunds hospital"),
    rule("institution-at", "a name to or at which patients are sent, seen or kept", NAMES, "seen at Wythenshawe"),
    rule("institution-acts", "a name that refuses, is full, or has a department", NAMES, "Caritas cardiology"),
    rule("employer", "where somebody works", NAMES, "works for Gulf Coast"),
    rule("room", "a room, bed, bay, theatre", ROOMS, "bed 9"),
    rule("room-code", "a room by its code", ROOMS, "in B4-12"),
    rule("ward-number", "a ward or level by its number", ROOMS, "Ward 7B"),
    rule("unit-bed", "a bed by its unit and number", ROOMS, "in CVICU 12"),
    rule("ward-bed", "a bed on a numbered ward", ROOMS, "ward 3 bed 12"),
    rule("phone-international", "a telephone number with its country", PHONES, "+91 98190 55274"),
    rule("phone-national", "a national telephone number", PHONES, "07700 900482"),
    rule("phone-american", "a North American telephone number", PHONES, "(406) 555-0138"),
    rule("phone-asian", "a South Asian mobile number", PHONES, "94270-81163"),
    rule("phone-labelled", "what follows phone, bleep, extension", PHONES, "bleep 2207"),
    rule("email", "an e-mail address", MAIL, "jo@example.com"),
    rule("email-spelled", "an e-mail address spelled out", MAIL, "jo at gmail dot com"),
    rule("url", "a web address that is no public reference", LINKS, "https://example.org/ana"),
    rule("url-bare", "the same without https", LINKS, "www.example.org/ana"),
    rule("handle", "an account with @", SUM, "@stormchaser"),
    rule("handle-forum", "an account of a forum", SUM, "u/longhaul"),
    rule("handle-named", "an account named as such", SUM, "her insta is ana.k"),
    rule("ip4", "a network address", NETWORK, "203.0.113.77"),
    rule("ip6", "a network address of the newer kind", NETWORK, "2001:db8:41::9"),
    rule("mac", "a device's network address", NETWORK, "00:1B:44:11:3A:B7"),
    rule("nhs-number", "NHS, CHI and H&C numbers by grouping and check digit (mod 11)", NUMBERS, "943 476 5919"),
    rule("national-number", "what follows the label of a national number", NUMBERS, "PPSN 6433435F"),
    rule("ssn", "a US social security number", NUMBERS, "819-44-2071"),
    rule("ssn-spaced", "the same with spaces", NUMBERS, "819 44 2071"),
    rule("mbi", "a US Medicare number", NUMBERS, "1EG4-TE5-MK73"),
    rule("aadhaar", "an Aadhaar number by its grouping", NUMBERS, "2341 2341 2346"),
    rule("aadhaar-plain", "an Aadhaar number by its check digit (Verhoeff)", NUMBERS, "234123412346"),
    rule("abha", "an ABHA number", NUMBERS, "91-2384-0671-5523"),
    rule("abha-address", "an ABHA address", NUMBERS, "asha@abdm"),
    rule("pan", "an Indian PAN", NUMBERS, "ABCPE1234F"),
    rule("cnic", "a Pakistani CNIC", NUMBERS, "42301-6672918-5"),
    rule("phn", "a British Columbia health number by its check digit", NUMBERS, "9698 658 215"),
    rule("ramq", "a Quebec health number", NUMBERS, "TREM 2461 0914"),
    rule("health-card", "an Ontario health number and its like", NUMBERS, "6239 114 508 KT"),
    rule("medicare-au", "an Australian Medicare number by its check digit", NUMBERS, "2123 45670 1"),
    rule("ihi", "an Australian IHI or provider number", NUMBERS, "8003 6083 3342 9777"),
    rule("nhi", "a New Zealand NHI by its check digit", NUMBERS, "ZAC5361"),
    rule("ppsn", "an Irish PPSN by its check letter", NUMBERS, "6433435F"),
    rule("south-african-id", "a South African ID by date and Luhn digit", NUMBERS, "8001015009087"),
    rule("nric", "a Singapore NRIC or FIN by its check letter", NUMBERS, "S1482093F"),
    rule("emirates-id", "an Emirates ID", NUMBERS, "784-1947-5830192-6"),
    rule("philhealth", "a Philippine health insurance number", NUMBERS, "12-345678901-2"),
    rule("philippine-tin", "a Philippine tax number", NUMBERS, "123-456-789-000"),
    rule("mykad", "a Malaysian identity card by its date and place", NUMBERS, "880314-14-5523"),
    rule("hkid", "a Hong Kong identity card by its check digit", NUMBERS, "A123456(3)"),
    rule("ghana-card", "a Ghana card", NUMBERS, "GHA-123456789-0"),
    rule("nino", "a British National Insurance number", NUMBERS, "QQ 12 34 56 C"),
    rule("record-number", "what follows MRN, hospital number, lab number", RECORDS, "MRN 00417-8829"),
    rule("id-number", "what follows “ID”", RECORDS, "ID 33918274"),
    rule("long-number", "a long number that nothing explains", RECORDS, "HP/24/06713"),
    rule("code-shaped", "letters and digits put together as registers do it", RECORDS, "Rav/8/0427"),
    rule("code-told", "a code beside words that speak of a record, a licence, a claim", RECORDS, "our file c-7/31/GK"),
    rule("account-number", "what follows claim, policy, account", NUMBERS, "claim PSC/2023/008714"),
    rule("reference", "what follows “ref”", NUMBERS, "our ref 22/1180"),
    rule("iban", "a bank account by its check digits", NUMBERS, "GB82 WEST 1234 5698 7654 32"),
    rule("card-number", "a card number", NUMBERS, "4111 1111 1111 1111"),
    rule("licence-number", "what follows licence, GMC, NPI and their like", LICENCES, "GMC 7123456"),
    rule("driving-licence", "a British driving licence", LICENCES, "THORN704125RT9PX"),
    rule("professional-number", "a practitioner's registration by its form", LICENCES, "MED0001234567"),
    rule("dea", "a US DEA number by its check digit", LICENCES, "AB1234563"),
    rule("vehicle", "what follows plate, rego, van", VEHICLES, "plate BXR-4408"),
    rule("vin", "a chassis number", VEHICLES, "1M8GDM9AXKP042788"),
    rule("plate-british", "a British plate", VEHICLES, "YK19 OPA"),
    rule("plate-indian", "an Indian plate", VEHICLES, "CG 14 MX 0932"),
    rule("device-number", "what follows serial, lot, S/N", DEVICES, "serial PJN 482913 S"),
    rule("imei", "what follows IMEI", DEVICES, "IMEI 490154203237518"),
    rule("udi", "a unique device identifier", DEVICES, "(01)00812345678901(21)7F4"),
    rule("singles-out", "a description that fits one person", SUM, "the only harpist on the island"),
];

/// Whether a rule is in the table.
pub fn known(id: &str) -> bool {
    RULES.iter().any(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sources in which rules are named.
    const SOURCES: &[&str] = &[
        include_str!("ages.rs"),
        include_str!("aliases.rs"),
        include_str!("announced.rs"),
        include_str!("beside.rs"),
        include_str!("bare.rs"),
        include_str!("barelow.rs"),
        include_str!("coded.rs"),
        include_str!("contact.rs"),
        include_str!("context.rs"),
        include_str!("days.rs"),
        include_str!("feasts.rs"),
        include_str!("moments.rs"),
        include_str!("pairs.rs"),
        include_str!("frames.rs"),
        include_str!("hamlets.rs"),
        include_str!("houses.rs"),
        include_str!("hunch.rs"),
        include_str!("initialled.rs"),
        include_str!("institutions.rs"),
        include_str!("kinds.rs"),
        include_str!("labels.rs"),
        include_str!("lowly.rs"),
        include_str!("occasions.rs"),
        include_str!("people.rs"),
        include_str!("persons.rs"),
        include_str!("places.rs"),
        include_str!("quasi.rs"),
        include_str!("rooms.rs"),
        include_str!("saints.rs"),
        include_str!("serials.rs"),
        include_str!("settle.rs"),
        include_str!("towns.rs"),
        include_str!("shapes.rs"),
        include_str!("spaced.rs"),
        include_str!("sites.rs"),
        include_str!("years.rs"),
    ];

    #[test]
    fn every_rule_is_explained_once_and_exists() {
        for (i, rule) in RULES.iter().enumerate() {
            assert!(!RULES[..i].iter().any(|other| other.id == rule.id), "{} twice", rule.id);
            let quoted = format!("\"{}\"", rule.id);
            assert!(SOURCES.iter().any(|source| source.contains(&quoted)), "no rule {}", rule.id);
        }
        let named = regex::Regex::new(
            r#"(?:rule: |Category::\w+, |Severity::(?:Block|Confirm),\s+|\d, |start, end, \w+, )"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)""#,
        )
        .expect("pattern");
        for source in SOURCES {
            for found in named.captures_iter(source) {
                let id = &found[1];
                assert!(known(id), "{id} is not explained");
            }
        }
    }
}
