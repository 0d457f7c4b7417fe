//! Genuine registrants of many cultures and professions, who write their names and numbers as people do: how many are
//! refused outright, by the form or by the policy? Told by `tests/heavy/genuine`; it prints the figure by culture and by
//! profession.
//!
//! The names are common ones put together at random and the numbers lie where none are given out: nobody real is in it.

use crate::support::each_db::tell;
use crate::support::{Engine, House, Person, Plan};
use collegium::auth::join;
use collegium::base::secret::Secret;
use collegium::registers::{self, Profession, Register, Status, Version, fiction};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Instant;

const DOMAINS: &str = "[admission]\ninstitutional_domains = [\"hospital.example\"]\n";
/// People of each culture.
const EACH: usize = 300;

#[test]
#[ignore = "heavy: tests/heavy/genuine"]
fn on_sqlite() {
    tell(Engine::Sqlite, Plan { more: DOMAINS, ..Plan::default() }, genuine);
}

/// A culture: given names, each with a short or other form of it; family names, each as a register in plain letters
/// writes it and as its owner may.
struct Culture {
    name: &'static str,
    given: [(&'static str, &'static str); 8],
    family: [(&'static str, &'static str); 8],
}

#[rustfmt::skip]
const CULTURES: [Culture; 14] = [
    Culture { name: "Anglo-Celtic",
        given: [("Elizabeth", "Liz"), ("William", "Bill"), ("Margaret", "Maggie"), ("James", "Jim"), ("Sinead", "Sinéad"), ("Niamh", "Niamh"), ("Hamish", "Hamish"), ("Rhiannon", "Rhian")],
        family: [("OSullivan", "O'Sullivan"), ("MacDonald", "McDonald"), ("Smith-Jones", "Smith Jones"), ("ODonoghue", "Ó Donnchú"), ("Featherstonehaugh", "Fanshaw"), ("St John", "St. John"), ("Llewelyn", "Llywelyn"), ("Brown", "Browne")] },
    Culture { name: "South Asian",
        given: [("Mohammed", "Muhammad"), ("Lakshmi", "Laxmi"), ("Jaswinder", "Jassi"), ("Venkatesh", "Venkat"), ("Priyanka", "Priya"), ("Imran", "Imraan"), ("Thilini", "Thilini"), ("Anirban", "Anirban")],
        family: [("Chaudhry", "Choudhury"), ("Subramanian", "Subramaniam"), ("Kaur", "Kaur"), ("Mukherjee", "Mukhopadhyay"), ("Hussain", "Husain"), ("Wickramasinghe", "Wickremesinghe"), ("Patel", "Patel"), ("Iyer", "Iyyer")] },
    Culture { name: "Chinese",
        given: [("Xiaoming", "Xiao Ming"), ("Wei", "Wei"), ("Ka Yan", "Ka-Yan"), ("Jia Hui", "Jiahui"), ("Mei Ling", "Mei-Ling"), ("Guanyu", "Guan-Yu"), ("Tsz Kin", "Tsz-Kin"), ("Li", "Li")],
        family: [("Zhang", "Chang"), ("Xu", "Hsu"), ("Chan", "Chan"), ("Ng", "Ng"), ("Ouyang", "Ou Yang"), ("Lu", "Lü"), ("Wong", "Wong"), ("Zheng", "Cheng")] },
    Culture { name: "Arabic",
        given: [("Mohamed", "محمد"), ("Abdulrahman", "Abd al-Rahman"), ("Fatima", "Fatma"), ("Yousef", "Youssef"), ("Khalid", "Khaled"), ("Noor", "Nour"), ("Omar", "Umar"), ("Aisha", "Ayesha")],
        family: [("Al-Hassan", "Alhassan"), ("El Sayed", "Elsayed"), ("Al Qahtani", "القحطاني"), ("Haddad", "Hadad"), ("Ben Salah", "Bensalah"), ("Khoury", "Khouri"), ("Abu Bakr", "Abubakr"), ("Mansour", "Mansoor")] },
    Culture { name: "Persian and Turkish",
        given: [("Mehmet", "Mehmet"), ("Ayse", "Ayşe"), ("Cagri", "Çağrı"), ("Reza", "Reza"), ("Maryam", "Mariam"), ("Hossein", "Hosein"), ("Gulsah", "Gülşah"), ("Ibrahim", "İbrahim")],
        family: [("Yilmaz", "Yılmaz"), ("Ozturk", "Öztürk"), ("Ahmadi", "Ahmady"), ("Hosseini", "Husseini"), ("Sahin", "Şahin"), ("Dogan", "Doğan"), ("Karimi", "Kareemi"), ("Isik", "Işık")] },
    Culture { name: "West African",
        given: [("Oluwaseun", "Seun"), ("Chukwuemeka", "Emeka"), ("Ngozi", "Ngozi"), ("Kwame", "Kwame"), ("Adaeze", "Ada"), ("Babatunde", "Tunde"), ("Akosua", "Akosua"), ("Ousmane", "Usman")],
        family: [("Adebayo", "Adébáyọ̀"), ("Okonkwo", "Okonkwọ"), ("Mensah", "Mensah"), ("Olorunfemi", "Ọlọ́runfẹ́mi"), ("Diallo", "Jallow"), ("Nwachukwu", "Nwachukwu"), ("Owusu-Ansah", "Owusu Ansah"), ("Traore", "Traoré")] },
    Culture { name: "East and Southern African",
        given: [("Thandiwe", "Thandi"), ("Tesfaye", "ተስፋዬ"), ("Wanjiru", "Wanjirũ"), ("Sibusiso", "Sbu"), ("Nomvula", "Nomvula"), ("Tendai", "Tendai"), ("Abeba", "Abebe"), ("Lerato", "Lerato")],
        family: [("Dlamini", "Dlamini"), ("Ngcobo", "Ngcobo"), ("van der Merwe", "Van der Merwe"), ("Kamau", "Kamau"), ("Gebremedhin", "Gebre-Medhin"), ("Moyo", "Moyo"), ("Mkhize", "Mkhize"), ("Otieno", "Otieno")] },
    Culture { name: "Slavic",
        given: [("Aleksandra", "Alexandra"), ("Wojciech", "Wojtek"), ("Dmitry", "Дмитрий"), ("Ludmila", "Liudmyla"), ("Zeljko", "Željko"), ("Jiri", "Jiří"), ("Katarzyna", "Kasia"), ("Serhii", "Sergey")],
        family: [("Kowalska", "Kowalski"), ("Lukaszewicz", "Łukaszewicz"), ("Novak", "Nováková"), ("Shevchenko", "Шевченко"), ("Djordjevic", "Đorđević"), ("Ivanova", "Ivanov"), ("Dvorak", "Dvořák"), ("Horvat", "Horvát")] },
    Culture { name: "Nordic and German",
        given: [("Jorg", "Jörg"), ("Soren", "Søren"), ("Bjork", "Björk"), ("Anne-Marie", "Annemarie"), ("Asa", "Åsa"), ("Hans Peter", "Hans-Peter"), ("Thor", "Þór"), ("Kathe", "Käthe")],
        family: [("Mueller", "Müller"), ("Oestergaard", "Østergaard"), ("Gudmundsdottir", "Guðmundsdóttir"), ("von Hagen", "v. Hagen"), ("Strass", "Straß"), ("Aaberg", "Åberg"), ("Weissmann", "Weißmann"), ("Jaervinen", "Järvinen")] },
    Culture { name: "Hispanic and Portuguese",
        given: [("Maria Jose", "María José"), ("Francisco", "Paco"), ("Joao", "João"), ("Guadalupe", "Lupe"), ("Ignacio", "Nacho"), ("Conceicao", "Conceição"), ("Ines", "Inés"), ("Angel", "Ángel")],
        family: [("Garcia Marquez", "García Márquez"), ("Nunez", "Núñez"), ("dos Santos", "Santos"), ("Fernandez-Ibarra", "Fernández"), ("de la Cruz", "Delacruz"), ("Goncalves", "Gonçalves"), ("Pena", "Peña"), ("Ramirez Ortega", "Ramírez")] },
    Culture { name: "Vietnamese",
        given: [("Thi Hoa", "Thị Hòa"), ("Van Minh", "Văn Minh"), ("Quoc Anh", "Quốc Anh"), ("Thuy", "Thủy"), ("Duc", "Đức"), ("Bao Ngoc", "Bảo Ngọc"), ("Hung", "Hùng"), ("My Linh", "Mỹ Linh")],
        family: [("Nguyen", "Nguyễn"), ("Tran", "Trần"), ("Le", "Lê"), ("Do", "Đỗ"), ("Pham", "Phạm"), ("Vo", "Võ"), ("Dang", "Đặng"), ("Huynh", "Huỳnh")] },
    Culture { name: "Korean and Japanese",
        given: [("Ji-hoon", "Jihoon"), ("Seo Yeon", "Seo-yeon"), ("Kenichi", "Ken'ichi"), ("Yuko", "Yūko"), ("Min Jun", "민준"), ("Haruto", "はると"), ("Eun Ji", "Eunji"), ("Sho", "Shou")],
        family: [("Kim", "김"), ("Lee", "Yi"), ("Ono", "Ōno"), ("Ito", "Itoh"), ("Park", "Pak"), ("Sato", "佐藤"), ("Choi", "Choe"), ("Kubo", "Kubo")] },
    Culture { name: "Maori and Pacific",
        given: [("Hemi", "Hēmi"), ("Mereana", "Mereana"), ("Tane", "Tāne"), ("Sione", "Sione"), ("Kahurangi", "Kahu"), ("Lavinia", "Lavīnia"), ("Tavita", "Tavita"), ("Aroha", "Aroha")],
        family: [("Ngata", "Ngata"), ("Te Rangi", "TeRangi"), ("Faalavaau", "Fa'alava'au"), ("Taufaahau", "Tāufaʻāhau"), ("Parata", "Pārata"), ("Fonoti", "Fonoti"), ("Waaka", "Wāka"), ("Tuimavave", "Tuimavave")] },
    Culture { name: "One name, initials, particles",
        given: [("R", "R."), ("A K", "A.K."), ("Sukarno", "Sukarno"), ("P V S", "PVS"), ("Jean-Baptiste", "Jean Baptiste"), ("D'Arcy", "Darcy"), ("Mary Ann", "Maryann"), ("J", "J")],
        family: [("Ramachandran", "Ramachandran"), ("Suharto", "Suharto"), ("de Souza", "D'Souza"), ("ter Haar", "Ter Haar"), ("Di Angelo", "Diangelo"), ("Le Roux", "Leroux"), ("U", "U"), ("Ah", "Ah")] },
];

/// Registers with a file here first, then such as are looked up by hand; with an invented number of each.
const REGISTERS: [&str; 16] = [
    "gmc", "nppes", "rpps", "us-wa", "us-co", "nmc", "hcpc", "gphc", "gdc", "imc", "ahpra", "in-imr", "pmdc", "hpcsa",
    "mdcn", "nmbi",
];

/// An invented number of this register: by its serial where it has a file, else its own example with other digits.
fn number(register: &Register, serial: usize) -> String {
    let serial = u32::try_from(serial).expect("small");
    match register.code {
        "gmc" => fiction::gmc_number(700_000 + serial),
        "nppes" => fiction::npi(70_000_000 + serial),
        "rpps" => fiction::rpps(7_000_000 + serial),
        _ => {
            let digits = format!("{:06}", serial % 1_000_000);
            let mut left = digits.chars().rev().collect::<Vec<_>>().into_iter();
            let places = register.example.chars().filter(char::is_ascii_digit).count();
            let changed = places.saturating_sub(4).min(6);
            let mut seen = 0;
            let written = register.example.chars().map(|letter| {
                if !letter.is_ascii_digit() {
                    return letter;
                }
                seen += 1;
                // The first four places carry years and prefixes in some registers.
                if seen > places - changed { left.next().unwrap_or(letter) } else { letter }
            });
            written.collect()
        }
    }
}

/// Somebody in a register, and what they write.
struct Registrant {
    culture: &'static str,
    register: &'static Register,
    profession: Profession,
    number: String,
    family: &'static str,
    given: &'static str,
    standing: Status,
    wrote_name: String,
    wrote_number: String,
    email: String,
}

fn registrant(at: usize) -> Registrant {
    let culture = &CULTURES[at % CULTURES.len()];
    // Steps that share no divisor with what they choose from, so that everything meets everything.
    let nth = at / CULTURES.len();
    let register = registers::find(REGISTERS[nth % REGISTERS.len()]).expect("known");
    let professions: Vec<Profession> =
        Profession::all().filter(|one| register.has(*one) && *one != Profession::Other).collect();
    let profession = professions[nth / REGISTERS.len() % professions.len()];
    let (given, own_given) = culture.given[nth * 5 % 8];
    let (family, own_family) = culture.family[(nth / 8 + nth) % 8];
    let number = number(register, at);
    let name = match nth * 7 % 19 {
        0..=3 => format!("{given} {family}"),
        4 => format!("{own_given} {own_family}"),
        5 => format!("{given} {own_family}"),
        6 => format!("{own_given} {family}"),
        7 => format!("{given} {family}").to_uppercase(),
        8 => format!("{given} {family}").to_lowercase(),
        9 => format!("{family} {given}"),
        10 => format!("{family}, {given}"),
        11 => format!("Dr {given} {family}"),
        12 => format!("{given} {family}, MBBS FRCP"),
        13 => format!("{}. {family}", given.chars().next().expect("a letter")),
        14 => format!("{given} Robin {family}"),
        // Married, with the other's name.
        15 => format!("{given} Thistlewood"),
        16 => format!("{given} {family}-Thistlewood"),
        17 => format!("  {given}   {family} "),
        // A slip.
        _ => format!("{given} {}", family.replacen(['a', 'e', 'i', 'o', 'u'], "y", 1)),
    };
    let middle = number.len() / 2;
    let wrote_number = match nth * 11 % 13 {
        0..=5 => number.clone(),
        6 => format!("{} {}", &number[..middle], &number[middle..]),
        7 => format!(" {number} "),
        8 => number.to_lowercase(),
        9 => format!("{} {number}", register.short),
        10 => format!("No. {number}"),
        11 => format!("{number}."),
        // A prefix that nobody here has heard of.
        _ => format!("XT{number}"),
    };
    let standing = match nth % 23 {
        4 => Status::ActiveRestricted,
        9 => Status::Provisional,
        14 => Status::NonPractising,
        19 => Status::Lapsed,
        _ => Status::Active,
    };
    let mailbox = match at % 5 {
        0 => format!("genuine{at}@hospital.example"),
        1 => format!("ward{at}@hospital.example"),
        _ => format!("genuine{at}@mail.example"),
    };
    Registrant {
        culture: culture.name,
        register,
        profession,
        number,
        family,
        given,
        standing,
        wrote_name: name,
        wrote_number,
        email: mailbox,
    }
}

/// Reads the files of the registers that publish one; every thirtieth person is too new to be in it.
async fn read(house: &House, people: &[Registrant]) {
    for code in REGISTERS {
        let register = registers::find(code).expect("known");
        let wanted: Vec<fiction::Wanted<'_>> = people
            .iter()
            .enumerate()
            .filter(|(at, _)| at % 30 != 29)
            .map(|(_, one)| fiction::Wanted {
                register: one.register.code,
                number: &one.number,
                family: one.family,
                given: one.given,
                profession: one.profession,
                specialty: "",
                status: one.standing,
            })
            .collect();
        let mut file = Vec::new();
        if fiction::write(register, 7, 0, &wanted, &mut file).is_err() {
            continue;
        }
        let file = std::io::Cursor::new(file);
        registers::import(house.log(), register, file, Version::changes("genuine"), |_| {}).await.expect("imported");
    }
}

#[derive(Default, Clone, Copy)]
struct Count {
    people: usize,
    refused: usize,
    admitted: usize,
    again: usize,
}

/// Applies as they would: told that a number looks strange, they say that it stands.
async fn apply(person: &Person, one: &Registrant) -> (bool, bool) {
    let mut claim: Value = json!({ "country": one.register.country, "register": one.register.code,
        "profession": one.profession.code(), "number": one.wrote_number, "registered_name": one.wrote_name });
    let sent = person.send("POST", "/api/v1/applications", &claim).await;
    if sent.status == 201 {
        return (true, false);
    }
    claim["number_stands"] = json!(true);
    let again = person.send("POST", "/api/v1/applications", &claim).await;
    if again.status != 201 {
        eprintln!("refused: {} {:?}: {}", one.register.code, one.wrote_number, again.text());
    }
    (again.status == 201, true)
}

async fn genuine(house: &House) {
    let began = Instant::now();
    let people: Vec<Registrant> = (0..CULTURES.len() * EACH).map(registrant).collect();
    read(house, &people).await;
    let mut counts: BTreeMap<(u8, &str), Count> = BTreeMap::new();
    let password = Secret::new(crate::support::PASSWORD);
    for (at, one) in people.iter().enumerate() {
        let name = format!("{} {}", one.given, one.family);
        let id =
            join::create(house.log(), &house.site().passwords, &name, &one.email, &password, &[]).await.expect("made");
        let person = house.somebody(&name, &one.email, id);
        person.sign_in().await.is(201);
        let (sent, again) = apply(&person, one).await;
        let state = house.text("select state from applications order by application_id desc limit 1").await;
        let refused = !sent || state == "refused";
        if sent && refused {
            eprintln!("refused by the policy: {:?}", one.standing);
        }
        let inside = person.get("/api/v1/rooms").await.status == 200;
        for key in [(0, "everybody"), (1, one.culture), (2, one.profession.words()), (3, one.register.short)] {
            let count = counts.entry(key).or_default();
            count.people += 1;
            count.refused += usize::from(refused);
            count.admitted += usize::from(inside);
            count.again += usize::from(again);
        }
        if at % 500 == 499 {
            eprintln!("{} of {}, {:.0} s", at + 1, people.len(), began.elapsed().as_secs_f64());
        }
    }
    for ((_, group), Count { people, refused, admitted, again }) in &counts {
        println!(
            "{people:>6} people, {refused} refused outright, {admitted:>4} admitted by the policy, {again:>4} asked again: {group}"
        );
    }
    let all = counts[&(0, "everybody")];
    assert!(all.refused * 1_000 <= all.people, "{} of {} are refused outright", all.refused, all.people);
}
