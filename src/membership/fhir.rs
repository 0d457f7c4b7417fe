//! One member's registration as FHIR R4 (hl7.org/fhir/R4): a Bundle of Practitioner, PractitionerRole and
//! VerificationResult. "Checked by, at, next" stands in VerificationResult, which is made for it, not in extensions.

use super::badge::path;
use super::store::{self, Registered};
use crate::accounts::{Action, Admin, Choices, Member, Place};
use crate::base::clock::{DAY, Time};
use crate::base::id::AccountId;
use crate::base::problem::{Problem, Result};
use crate::db::Conn;
use crate::registers::{self, Status};
use serde_json::{Value, json};

/// How often a registration is compared with its register.
const EVERY: i64 = DAY;

/// One's own export.
///
/// # Errors
/// [`Problem::NotFound`] for who has no registration here; [`Problem::NotAllowed`] by the table of classes.
pub async fn export_own(conn: &mut Conn, member: &Member, choices: &Choices, now: Time) -> Result<Value> {
    member.ask(Action::Export, choices)?;
    bundle_of(conn, member.id(), now).await
}

/// Anybody's, for an administrator.
///
/// # Errors
/// [`Problem::NotFound`] for who has no registration here.
pub async fn export(conn: &mut Conn, _admin: &Admin, account: &AccountId, now: Time) -> Result<Value> {
    bundle_of(conn, account, now).await
}

async fn bundle_of(conn: &mut Conn, account: &AccountId, now: Time) -> Result<Value> {
    let registered = store::registered(conn, account).await?.ok_or(Problem::NotFound)?;
    Ok(bundle(&registered, now))
}

/// The identifier systems under which numbers are known to FHIR; a register without one is named by its code.
const SYSTEMS: [(&str, &str); 7] = [
    ("nppes", "http://hl7.org/fhir/sid/us-npi"),
    ("gmc", "https://fhir.hl7.org.uk/Id/gmc-number"),
    ("nmc", "https://fhir.hl7.org.uk/Id/nmc-number"),
    ("gphc", "https://fhir.hl7.org.uk/Id/gphc-number"),
    ("hcpc", "https://fhir.hl7.org.uk/Id/hcpc-number"),
    ("ahpra", "http://hl7.org.au/id/ahpra-registration-number"),
    ("mcnz", "https://standards.digital.health.nz/ns/medical-council-id"),
];

/// `urn:uuid:` of an account, and of what belongs to it: the same account always gives the same three.
fn urn(account: &AccountId, part: u128) -> String {
    let number = crate::base::id::to_uuid(account.as_str()).map_or(0, |uuid| uuid.as_u128());
    format!("urn:uuid:{}", uuid::Uuid::from_u128(number ^ part))
}

fn coded(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": format!("http://terminology.hl7.org/CodeSystem/{system}"), "code": code }] })
}

fn bundle(of: &Registered, now: Time) -> Value {
    let (who, role, result) = (urn(&of.account_id, 0), urn(&of.account_id, 1), urn(&of.account_id, 2));
    let entry = |url: &str, resource: Value| json!({ "fullUrl": url, "resource": resource });
    json!({
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": now.iso(),
        "entry": [
            entry(&who, practitioner(of)),
            entry(&role, practitioner_role(of, &who)),
            entry(&result, verification(of, &who, &role, now)),
        ],
    })
}

fn is_active(of: &Registered) -> bool {
    let good = matches!(Status::parse(&of.status), Status::Active | Status::ActiveRestricted | Status::Provisional);
    good && Place::parse(&of.place) == Some(Place::Good)
}

fn register_name(of: &Registered) -> String {
    registers::find(&of.register).map_or_else(|| of.register.clone(), |register| register.name.to_owned())
}

fn identifier(of: &Registered) -> Value {
    let system = SYSTEMS.iter().find(|(code, _)| *code == of.register);
    let system =
        system.map_or_else(|| format!("urn:collegium:register:{}", of.register), |(_, system)| (*system).to_owned());
    json!({ "use": "official", "system": system, "value": of.number, "assigner": { "display": register_name(of) } })
}

fn practitioner(of: &Registered) -> Value {
    let mut names = vec![json!({ "use": "usual", "text": of.name })];
    if !of.listed_name.is_empty() {
        names.insert(0, json!({ "use": "official", "text": of.listed_name }));
    }
    let mut qualification = json!({
        "identifier": [identifier(of)],
        "code": { "text": of.profession },
        "issuer": { "display": register_name(of) },
    });
    if !of.valid_from.is_empty() {
        qualification["period"] = json!({ "start": of.valid_from });
    }
    json!({
        "resourceType": "Practitioner",
        "id": of.account_id.as_str(),
        "identifier": [identifier(of)],
        "active": is_active(of),
        "name": names,
        "qualification": [qualification],
    })
}

fn practitioner_role(of: &Registered, who: &str) -> Value {
    let mut role = json!({
        "resourceType": "PractitionerRole",
        "id": format!("{}-role", of.account_id),
        "active": is_active(of),
        "period": { "start": date(of.bound_at) },
        "practitioner": { "reference": who, "display": of.name },
        "code": [{ "text": of.profession }],
    });
    if !of.specialty.is_empty() {
        role["specialty"] = json!([{ "text": of.specialty }]);
    }
    role
}

fn verification(of: &Registered, who: &str, role: &str, now: Time) -> Value {
    let place = Place::parse(&of.place).unwrap_or(Place::Paused);
    let status = match place {
        Place::Good if !of.doubts.is_empty() => "in-process",
        Place::Good => "validated",
        Place::Grace => "req-revalid",
        Place::Paused | Place::Barred | Place::Memorial => "val-fail",
    };
    let (_, how) = path(&of.path);
    let outcome = match (of.source.is_empty(), is_active(of)) {
        (true, _) => "unknown",
        (false, true) => "successful",
        (false, false) => "failed",
    };
    let next = of.checked_at.plus(EVERY).max(now);
    json!({
        "resourceType": "VerificationResult",
        "id": format!("{}-verification", of.account_id),
        "target": [{ "reference": who }, { "reference": role }],
        "targetLocation": ["Practitioner.qualification", "PractitionerRole.specialty"],
        "need": coded("need", "periodic"),
        "status": status,
        "statusDate": of.since.iso(),
        "validationType": coded("validation-type", "primary"),
        "validationProcess": [{ "text": how }],
        "frequency": { "repeat": { "frequency": 1, "period": 1, "periodUnit": "d" } },
        "lastPerformed": of.checked_at.iso(),
        "nextScheduled": date(next),
        "failureAction": coded("failure-action", "fatal"),
        "primarySource": [{
            "who": { "display": register_name(of) },
            "type": [coded("primary-source-type", "lic-board")],
            "communicationMethod": [coded("verificationresult-communication-method", "pull")],
            "validationStatus": coded("validation-status", outcome),
            "validationDate": of.checked_at.iso(),
            "canPushUpdates": coded("can-push-updates", "no"),
        }],
        "attestation": {
            "who": { "reference": who },
            "communicationMethod": coded("verificationresult-communication-method", "portal"),
            "date": date(of.attested_at),
        },
    })
}

fn date(at: Time) -> String {
    at.iso().chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn registered() -> Registered {
        Registered {
            account_id: AccountId::parse("0000000000000000000000abc").unwrap(),
            name: "Dr Ada Lovelock".to_owned(),
            register: "gmc".to_owned(),
            number: "9810101".to_owned(),
            profession: "Physician".to_owned(),
            specialty: "Cardiology".to_owned(),
            status: "active".to_owned(),
            listed_name: "Ada Ruth Lovelock".to_owned(),
            valid_from: "2014-08-01".to_owned(),
            source: "LRMP.csv".to_owned(),
            path: "shown-by-call".to_owned(),
            bound_at: Time(0),
            checked_at: Time(DAY),
            attested_at: Time(0),
            place: "good".to_owned(),
            since: Time(0),
            doubts: String::new(),
        }
    }

    /// Every key of an object must be one that R4 has there, and the required ones must be.
    fn has(value: &Value, may: &[&str], must: &[&str]) {
        let keys: BTreeSet<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
        let known: BTreeSet<&str> = may.iter().chain(must).copied().collect();
        assert!(keys.is_subset(&known), "{:?} are no fields here", keys.difference(&known));
        for key in must {
            assert!(keys.contains(key), "{key} is missing");
        }
    }

    fn concept(value: &Value, codes: &[&str]) {
        has(value, &["text"], &["coding"]);
        has(&value["coding"][0], &["display"], &["system", "code"]);
        assert!(codes.contains(&value["coding"][0]["code"].as_str().unwrap()), "{value}");
    }

    fn is_date(value: &Value) {
        let text = value.as_str().expect("a text");
        assert!(text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-', "{text}");
    }

    fn is_time(value: &Value) {
        let text = value.as_str().expect("a text");
        assert!(text.len() == 20 && text.ends_with('Z'), "{text}");
    }

    #[test]
    fn the_export_has_the_shape_of_r4() {
        let all = bundle(&registered(), Time(DAY));
        has(&all, &["timestamp", "id", "meta"], &["resourceType", "type", "entry"]);
        assert_eq!((all["resourceType"].as_str(), all["type"].as_str()), (Some("Bundle"), Some("collection")));
        is_time(&all["timestamp"]);
        let urls: Vec<&str> = (0..3).map(|at| all["entry"][at]["fullUrl"].as_str().unwrap()).collect();
        assert_eq!(urls.iter().collect::<BTreeSet<_>>().len(), 3);
        for (at, url) in urls.iter().enumerate() {
            has(&all["entry"][at], &[], &["fullUrl", "resource"]);
            assert!(uuid::Uuid::parse_str(url.strip_prefix("urn:uuid:").unwrap()).is_ok());
        }
        let who = &all["entry"][0]["resource"];
        has(
            who,
            &["telecom", "gender", "communication"],
            &["resourceType", "id", "identifier", "active", "name", "qualification"],
        );
        assert_eq!((who["resourceType"].as_str(), who["active"].as_bool()), (Some("Practitioner"), Some(true)));
        has(&who["identifier"][0], &["type", "period"], &["use", "system", "value", "assigner"]);
        assert_eq!(who["identifier"][0]["system"], "https://fhir.hl7.org.uk/Id/gmc-number");
        assert_eq!(who["name"][0], json!({ "use": "official", "text": "Ada Ruth Lovelock" }));
        assert_eq!(who["name"][1], json!({ "use": "usual", "text": "Dr Ada Lovelock" }));
        has(&who["qualification"][0], &["period"], &["identifier", "code", "issuer"]);
        is_date(&who["qualification"][0]["period"]["start"]);

        let role = &all["entry"][1]["resource"];
        has(
            role,
            &["organization", "location"],
            &["resourceType", "id", "active", "period", "practitioner", "code", "specialty"],
        );
        assert_eq!(
            (&role["resourceType"], &role["practitioner"]["reference"]),
            (&json!("PractitionerRole"), &json!(urls[0]))
        );
        is_date(&role["period"]["start"]);

        let result = &all["entry"][2]["resource"];
        has(
            result,
            &["validator"],
            &[
                "resourceType",
                "id",
                "target",
                "targetLocation",
                "need",
                "status",
                "statusDate",
                "validationType",
                "validationProcess",
                "frequency",
                "lastPerformed",
                "nextScheduled",
                "failureAction",
                "primarySource",
                "attestation",
            ],
        );
        assert_eq!(result["status"], "validated");
        assert_eq!(result["target"], json!([{ "reference": urls[0] }, { "reference": urls[1] }]));
        concept(&result["need"], &["none", "initial", "periodic"]);
        concept(&result["validationType"], &["nothing", "primary", "multiple"]);
        concept(&result["failureAction"], &["fatal", "warn", "rec-only", "none"]);
        is_time(&result["statusDate"]);
        is_time(&result["lastPerformed"]);
        is_date(&result["nextScheduled"]);
        has(&result["frequency"]["repeat"], &[], &["frequency", "period", "periodUnit"]);
        let source = &result["primarySource"][0];
        has(
            source,
            &["pushTypeAvailable"],
            &["who", "type", "communicationMethod", "validationStatus", "validationDate", "canPushUpdates"],
        );
        concept(&source["type"][0], &["lic-board", "prim", "reg-auth", "issuer", "auth-source"]);
        concept(&source["communicationMethod"][0], &["manual", "portal", "pull", "push"]);
        concept(&source["validationStatus"], &["successful", "failed", "unknown"]);
        concept(&source["canPushUpdates"], &["yes", "no", "undetermined"]);
        is_time(&source["validationDate"]);
        has(
            &result["attestation"],
            &["onBehalfOf", "sourceIdentityCertificate"],
            &["who", "communicationMethod", "date"],
        );
        is_date(&result["attestation"]["date"]);
    }

    #[test]
    fn a_status_is_one_of_r4s() {
        for (place, doubts, status, active) in [
            ("good", "", "validated", true),
            ("good", "name", "in-process", true),
            ("grace", "", "req-revalid", false),
            ("paused", "", "val-fail", false),
            ("barred", "", "val-fail", false),
        ] {
            let of = Registered { place: place.to_owned(), doubts: doubts.to_owned(), ..registered() };
            let all = bundle(&of, Time(DAY));
            assert_eq!(all["entry"][2]["resource"]["status"], status);
            assert_eq!(all["entry"][0]["resource"]["active"], active);
        }
    }

    #[test]
    fn a_register_unknown_to_fhir_has_a_name_of_ours() {
        let of = Registered { register: "pmdc".to_owned(), ..registered() };
        let system = bundle(&of, Time(0))["entry"][0]["resource"]["identifier"][0]["system"].clone();
        assert_eq!(system, "urn:collegium:register:pmdc");
    }
}
