//! The rules of the house that a reader of the source can check: which room leans on which, where SQL and HTTP stand,
//! how long a file is.

use std::path::{Path, PathBuf};

/// What each room may lean on. `lib.rs` tells the same from the ground up.
const MAY_LEAN_ON: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("deid", &["base"]),
    ("db", &["base"]),
    ("log", &["base", "db"]),
    ("accounts", &["base", "deid", "db", "log"]),
    ("auth", &["base", "deid", "db", "log", "accounts"]),
    ("registers", &["base", "db", "log"]),
    ("membership", &["base", "deid", "db", "log", "accounts", "auth", "registers"]),
    ("evidence", &["base"]),
    ("verification", &["base", "deid", "db", "log", "accounts", "registers", "membership", "evidence"]),
    ("disclosure", &["base", "deid", "db", "log", "accounts"]),
    ("discussion", &["base", "db", "log", "accounts", "deid", "disclosure"]),
    ("moderation", &["base", "db", "log", "accounts", "auth", "deid", "discussion"]),
    ("duty", &["base", "db", "log", "accounts", "auth"]),
    ("breach", &["base", "db", "log", "accounts", "auth", "deid", "registers", "discussion", "moderation"]),
    ("search", &["base", "db", "log", "accounts", "discussion", "moderation"]),
    ("live", &["base", "db", "log", "accounts", "auth", "discussion"]),
    (
        "notify",
        &[
            "base",
            "db",
            "log",
            "accounts",
            "auth",
            "discussion",
            "membership",
            "moderation",
            "verification",
            "duty",
            "breach",
        ],
    ),
    ("config", &["base", "accounts", "registers", "moderation", "search", "verification", "evidence", "breach"]),
    (
        "web",
        &[
            "base",
            "deid",
            "db",
            "log",
            "accounts",
            "auth",
            "registers",
            "membership",
            "evidence",
            "verification",
            "disclosure",
            "discussion",
            "moderation",
            "duty",
            "breach",
            "search",
            "live",
            "notify",
            "config",
        ],
    ),
    (
        "app",
        &[
            "base",
            "db",
            "log",
            "accounts",
            "auth",
            "discussion",
            "membership",
            "moderation",
            "duty",
            "breach",
            "search",
            "live",
            "notify",
            "config",
            "web",
            "evidence",
            "registers",
            "verification",
        ],
    ),
    (
        "demo",
        &[
            "base",
            "deid",
            "db",
            "log",
            "accounts",
            "auth",
            "registers",
            "membership",
            "evidence",
            "verification",
            "disclosure",
            "discussion",
            "moderation",
            "duty",
            "breach",
            "search",
            "live",
            "notify",
            "config",
            "web",
            "app",
        ],
    ),
    (
        "cli",
        &[
            "base",
            "deid",
            "db",
            "log",
            "accounts",
            "auth",
            "registers",
            "membership",
            "evidence",
            "verification",
            "disclosure",
            "discussion",
            "moderation",
            "duty",
            "breach",
            "search",
            "live",
            "notify",
            "config",
            "web",
            "app",
            "demo",
        ],
    ),
];

/// Longest file.
const LONGEST: usize = 400;
/// Longer ones, and why.
const LONG: &[(&str, &str)] = &[];

/// Statements put together from pieces of our own; every value in them is bound.
const PUT_TOGETHER: &[(&str, &str)] = &[
    ("registers/store.rs", "a thousand rows in one insert"),
    ("db/scan.rs", "the names of our own tables and columns"),
    ("db/copy.rs", "the files of a backup, which the operator names on the command line"),
    ("discussion/store/deliveries.rs", "the places of as many rows as one insert has"),
    ("db/open.rs", "the file of keys, which lies beside the database and is named after it"),
];

struct Source {
    /// Below `src/`, with `/`.
    path: String,
    text: String,
}

impl Source {
    fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// A file named `store.rs`, or one in a folder named so.
    fn is_store(&self) -> bool {
        self.path.ends_with("/store.rs") || self.path.contains("/store/")
    }

    /// The lines that the compiler reads.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn below(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            below(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    below(&root, ".rs", &mut files);
    files.sort();
    files
        .into_iter()
        .map(|file| Source {
            path: file.strip_prefix(&root).expect("below").to_string_lossy().replace('\\', "/"),
            text: std::fs::read_to_string(&file).expect("readable"),
        })
        .collect()
}

/// The rooms named in a line: `crate::log::…`, `use crate::{base, log};`.
fn named(line: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for piece in line.split("crate::").skip(1) {
        let word =
            |text: &str| text.trim().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>();
        match piece.strip_prefix('{') {
            Some(list) => rooms.extend(list.split([',', '}']).map(word).filter(|room| !room.is_empty())),
            None => rooms.push(word(piece)),
        }
    }
    rooms
}

fn none(wrong: &[String], rule: &str) {
    assert!(wrong.is_empty(), "{rule}:\n{}", wrong.join("\n"));
}

#[test]
fn no_room_leans_on_a_room_above_it() {
    let mut wrong = Vec::new();
    for source in sources() {
        if matches!(source.room(), "lib" | "main") {
            continue;
        }
        let (_, may) = MAY_LEAN_ON
            .iter()
            .find(|(room, _)| *room == source.room())
            .unwrap_or_else(|| panic!("the room {} stands in no table", source.room()));
        for (at, line) in source.code() {
            for room in named(line).iter().filter(|room| MAY_LEAN_ON.iter().any(|(known, _)| known == room)) {
                if room != source.room() && !may.contains(&room.as_str()) {
                    wrong.push(format!("{}:{at} leans on {room}", source.path));
                }
            }
        }
    }
    none(&wrong, "a room leans only on those below it");
}

#[test]
fn every_room_of_the_table_is_there_and_on_the_map() {
    let sources = sources();
    let map = &sources.iter().find(|source| source.path == "lib.rs").expect("lib.rs").text;
    for (room, _) in MAY_LEAN_ON {
        assert!(sources.iter().any(|source| source.room() == *room), "there is no room {room}");
        assert!(map.contains(&format!("[`{room}`]")), "{room} is not on the map in lib.rs");
    }
}

#[test]
fn http_stays_at_the_door() {
    let wrong: Vec<String> = sources()
        .iter()
        .filter(|source| source.room() != "web" && source.path != "live/socket.rs" && source.path != "app.rs")
        .flat_map(|source| {
            source.code().filter(|(_, line)| line.contains("axum")).map(|(at, _)| format!("{}:{at}", source.path))
        })
        .collect();
    none(&wrong, "axum stands only in web/, in live/socket.rs and where the house is composed");
}

#[test]
fn sql_stands_only_in_stores() {
    let wrong: Vec<String> = sources()
        .iter()
        .filter(|source| !matches!(source.room(), "db" | "log") && !source.is_store())
        .flat_map(|source| {
            source
                .code()
                .filter(|(_, line)| line.contains("sqlx::query"))
                .map(|(at, _)| format!("{}:{at}", source.path))
        })
        .filter(|place| !place.contains("/tests"))
        .collect();
    none(&wrong, "SQL stands only in db/, log/ and in stores");
}

#[test]
fn no_statement_is_put_together_from_what_people_type() {
    let wrong: Vec<String> = sources()
        .iter()
        .filter(|source| {
            source.text.contains("AssertSqlSafe") && !PUT_TOGETHER.iter().any(|(path, _)| *path == source.path)
        })
        .map(|source| source.path.clone())
        .collect();
    none(&wrong, "AssertSqlSafe stands nowhere else");
}

#[test]
fn quiet_commits_say_why() {
    let wrong: Vec<String> = sources()
        .iter()
        .flat_map(|source| {
            source
                .code()
                .filter(|(_, line)| line.contains(".commit_quietly(") && !line.contains("commit_quietly(\""))
                .map(|(at, _)| format!("{}:{at}", source.path))
        })
        .collect();
    none(&wrong, "a quiet commit says why in its own line");
}

#[test]
fn nothing_escapes_the_escaping() {
    let mut files = Vec::new();
    below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("web"), ".html", &mut files);
    let wrong: Vec<String> = files
        .iter()
        .filter(|file| {
            let text = std::fs::read_to_string(file).expect("readable");
            ["|safe", "| safe", "<script>", " style=\"", " onclick="].iter().any(|bad| text.contains(bad))
        })
        .map(|file| file.display().to_string())
        .collect();
    none(&wrong, "no template marks text as safe or holds script or style of its own");
    let wrong: Vec<String> = sources()
        .iter()
        .filter(|source| source.path != "base/text.rs" && source.code().any(|(_, line)| line.contains("ammonia")))
        .map(|source| source.path.clone())
        .collect();
    none(&wrong, "only base/text.rs makes Html");
}

#[test]
fn every_file_says_what_it_is_for() {
    let wrong: Vec<String> = sources()
        .iter()
        .filter(|source| source.path != "main.rs" && !source.path.contains("/tests") && !source.text.starts_with("//!"))
        .map(|source| source.path.clone())
        .collect();
    none(&wrong, "every file begins with what it is for");
}

#[test]
fn files_stay_small() {
    let wrong: Vec<String> = sources()
        .iter()
        .filter(|source| !source.path.contains("tests") && !LONG.iter().any(|(path, _)| *path == source.path))
        .map(|source| (source.text.lines().count(), &source.path))
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    none(&wrong, "a file can be read at a sitting");
}

/// Where what people wrote is kept, and what the function that inserts it must hold: a proof that only the check makes.
const KEPT_TEXTS: &[(&str, &str)] = &[
    ("posts", "ready: &Ready<'_>"),
    ("post_revisions", "ready: &Ready<'_>"),
    ("post_texts", "ready: &Ready<'_>"),
    ("post_answers", "ready: &Ready<'_>"),
    ("post_interests", "ready: &Ready<'_>"),
    ("held", "ready: &Ready<'_>"),
    ("held_texts", "ready: &Ready<'_>"),
    ("held_answers", "ready: &Ready<'_>"),
    ("held_interests", "ready: &Ready<'_>"),
    ("interests", "(organisation, detail): (&Aside, &Aside)"),
    ("rooms", "name: &Aside, description: &Aside"),
    ("accounts", "name: &Aside"),
];

/// Where such a text may be changed once it is there.
const KEPT_CHANGES: &[(&str, &str)] = &[
    ("update posts set revision = $1, revised_at = $2, ground = $3, source = $4", "ready: &Ready<'_>"),
    ("returned_note = $3", "note: &Aside"),
];

/// The line in which the function begins that a place in a file belongs to, with its parameters.
fn head_of(text: &str, at: usize) -> &str {
    let begins = text[..at].rfind("fn ").expect("a function");
    &text[begins..begins + text[begins..].find('{').expect("its body")]
}

#[test]
fn nothing_is_kept_that_was_not_checked() {
    let sources = sources();
    let mut wrong = Vec::new();
    for (table, proof) in KEPT_TEXTS {
        let insert = format!("insert into {table} (");
        let mut found = 0;
        for source in sources.iter().filter(|source| !source.path.contains("/tests")) {
            for (at, _) in source.text.match_indices(&insert) {
                found += 1;
                let head = head_of(&source.text, at).split_whitespace().collect::<Vec<_>>().join(" ");
                if !head.contains(proof) {
                    wrong.push(format!("{}: {table} without {proof}: {head}", source.path));
                }
            }
        }
        assert_eq!(found, 1, "{table} is inserted to in one place");
    }
    for (change, proof) in KEPT_CHANGES {
        let found: Vec<&str> = sources
            .iter()
            .flat_map(|source| source.text.match_indices(change).map(|(at, _)| head_of(&source.text, at)))
            .collect();
        assert_eq!(found.len(), 1, "{change}");
        assert!(found[0].split_whitespace().collect::<Vec<_>>().join(" ").contains(proof), "{change}: {}", found[0]);
    }
    for source in &sources {
        for text in ["update post_texts", "update held_texts", "set name = $", "set organisation", "set description"] {
            let may = ["auth/store.rs", "discussion/store/unsealed.rs"].iter().any(|path| source.path.ends_with(path));
            if source.text.contains(text) && !may {
                wrong.push(format!("{}: {text}", source.path));
            }
        }
        // A Ready is made where its text is taken from the proof; the proofs themselves have private fields.
        let makes = source.code().any(|(_, line)| line.contains(" Ready {") && !line.contains("struct "));
        if makes && source.room() == "discussion" && source.path != "discussion/publish.rs" {
            wrong.push(format!("{}: makes a Ready", source.path));
        }
    }
    none(&wrong, "what people wrote is kept only by who holds the proof that it was checked");
    let ready = &sources.iter().find(|source| source.path == "discussion/publish.rs").expect("publish.rs").text;
    assert!(ready.contains("pub checked: &'a Checked,"), "a Ready holds the proof");
}
