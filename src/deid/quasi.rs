//! Descriptions that single a person out without a name: "the mayor's mother", "the only harpist on the island".

use std::sync::LazyLock;

use regex::Regex;

use super::contact::ascii;
use super::lexicon::SOMEBODY;
use super::{Category, Hit, Scene, Severity};

const PEOPLE: &str = "man|woman|guy|girl|boy|lad|lass|lady|chap|bloke|fella|farmer|footballer|player|quarterback|striker|goalkeeper|cricketer|golfer|boxer|jockey|champion|winner|teacher|headteacher|principal|singer|actor|actress|dancer|drummer|musician|presenter|mayor|councillor|councilor|mp|mla|minister|bishop|priest|pastor|vicar|imam|nun|judge|sheriff|pilot|astronaut|athlete|swimmer|surfer|lifesaver|lifeguard|fisherman|trawlerman|shepherd|baker|butcher|postman|postmistress|archaeologist|scientist|professor|doctor|surgeon|anaesthetist|anesthesiologist|dentist|vet|nurse|midwife|pharmacist|lawyer|policeman|policewoman|officer|soldier|veteran|survivor|member|descendant|speaker|owner|driver|mechanic|engineer|artist|painter|sculptor|poet|writer|author|novelist|journalist|reporter|weatherman|meteorologist|influencer|youtuber|blogger|chef|fireman|firefighter|keeper|ranger|guide|teen|teenager|student|kid|child|schoolboy|schoolgirl|pensioner|grandmother|granny|grandfather|widow|bride|groom|couple|family|twins|triplets|one|person|resident|villager|islander|harpist|organist|violinist|pianist|cellist|busker|hairdresser|barber|electrician|plumber|blacksmith|thatcher|piper|umpire|referee|coach|captain|candidate|activist|protester|politician|celebrity|star|heir|prince|princess|king|queen|chief|monk|ferryman|skipper|bellringer|beekeeper|translator|interpreter|welder|diver|climber|cyclist|runner|rower|wrestler|sprinter|skater|skier|gymnast";
const NOTABLE: &[&str] = &[
    "news",
    "viral",
    "video",
    "telly",
    " tv",
    "television",
    "front page",
    "newspaper",
    "local paper",
    "the paper",
    "headline",
    "radio",
    "podcast",
    "won ",
    "winning",
    "winner",
    "champion",
    "medal",
    "lottery",
    "anthem",
    " cup",
    "final",
    "record",
    "famous",
    "everyone",
    "everybody",
    "whole town",
    "whole village",
    "whole country",
    "all of us",
    "we all",
    "county",
    "island",
    "village",
    "mayor",
    "elected",
    "olympi",
    "world ",
    "national",
    "statue",
    "named after",
    "photo",
    "picture",
    "youtube",
    "tiktok",
    "instagram",
    "facebook",
    "twitter",
    "documentary",
    "film",
    "movie",
    "song",
    "festival",
    "parade",
    "protest",
    "crash",
    "rescue",
    "award",
    "prize",
    "trophy",
    "state fair",
    "cook-off",
    "contest",
    "pageant",
    "election",
    "minister",
    "president",
    "prime minister",
    "royal",
    "bishop",
    "court case",
    "trial of",
    "murder",
    "lightning",
    "shark",
    "first ",
    "only ",
    "oldest",
    "youngest",
    "last ",
    "surviving",
    "town",
    "whose ",
    "team",
    "captain",
    "quarterback",
    "coach",
    "our high street",
    "billboard",
    "mural",
    "calendar",
    "reality",
    "bake off",
    "strictly",
    "idol",
    "got talent",
    "quiz",
    "marathon",
    "everest",
    "channel",
    "choir",
    "temple festival",
    "sailed",
    "district",
    "parish",
    "guinness",
    "cover of",
    "postbox",
];

/// The nouns one of which must follow.
pub(super) fn somebody() -> impl Iterator<Item = &'static str> {
    PEOPLE.split('|').chain(OFFICES.iter().copied())
}

static WHO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&ascii(&format!(r"(?i)^the (?:[a-z'-]+ ){{0,4}}?(?:{PEOPLE})s? (?:who|whose|that|from the|in the|on the|off the|behind the|everyone|everybody|which|you all|we all)\b"))).expect("quasi")
});
static ONLY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&ascii(&format!(r"(?i)^(?:the|our|this (?:town|village|county|island)'s|the (?:town|village|county|island|state|country|district|region|valley)'s) (?:only|first(?: ever)?|oldest|youngest|last(?: remaining| surviving)?|sole|longest[ -]serving|current|sitting|reigning|former|starting|best[ -]known|most famous|biggest|richest|tallest) (?:[a-z'-]+ ){{0,5}}?(?:{PEOPLE})s?\b"))).expect("quasi")
});
static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&ascii(r"(?i)^(?:(?:the|our|local) (?:(?:town|village|local|county|lord|deputy|island|city|district|state|parish) )?(?:mayor|mp|councillor|sheriff|bishop|headmaster|headmistress|postmistress|lighthouse keeper|weather ?man|weather ?girl|weather presenter|football captain|police chief|fire chief|chief constable|prime minister|governor|senator|congress(?:man|woman)|chieftain|village head|sarpanch|oba|emir|paramount chief)(?:'s (?:wife|husband|son|daughter|mother|father|brother|sister|mum|dad))? (?:of|in|for|here)\b[^.,;:!?()\n]{0,60}|(?:the|our|local) (?:town|village|county|city|parish)?\s?(?:mayor|mp|sheriff|bishop|senator|governor)'s (?:wife|husband|son|daughter|mother|father|brother|sister|mum|dad)\b)")).expect("quasi")
});

/// Finds them.
pub fn find(scene: &Scene, hits: &mut Vec<Hit>) {
    for i in 0..scene.tokens.len() {
        if matches!(scene.word(i), "the" | "our" | "this" | "local")
            && scene.tokens[i + 1..].iter().take(8).any(|t| t.may_begin(SOMEBODY))
        {
            at_article(scene, scene.tokens[i].start, hits);
        }
    }
}

const OFFICES: &[&str] = &[
    "mayor",
    "headmaster",
    "headmistress",
    "councillor",
    "governor",
    "senator",
    "congressman",
    "congresswoman",
    "chieftain",
    "sarpanch",
    "oba",
    "emir",
    "lighthouse",
    "village",
    "police",
    "fire",
    "football",
    "prime",
    "paramount",
    "weather",
    "weatherman",
];

/// Looks at the words from an article on.
fn at_article(scene: &Scene, from: usize, hits: &mut Vec<Hit>) {
    let text = scene.text;
    let window = &text[..(from + 240).min(text.len())];
    for (pattern, kind) in [(&*WHO, 0), (&*ONLY, 1), (&*OFFICE, 2)] {
        if let Some(found) = pattern.find(&window[from..]).filter(|m| m.start() == 0) {
            let (start, end) = (from, clause_end(text, from + found.end()));
            let phrase = text[start..end].to_ascii_lowercase();
            let tail = text[from + found.end()..end].to_ascii_lowercase();
            let told = match kind {
                0 => {
                    NOTABLE.iter().any(|mark| phrase.contains(mark))
                        && !general(&phrase)
                        && phrase.split(' ').count() >= 6
                }
                1 => {
                    let placed = [" in ", " on ", " of ", " at ", " for ", " to ", " who", " whose"]
                        .iter()
                        .any(|mark| tail.starts_with(mark) || tail.contains(mark));
                    let head = found.as_str().to_ascii_lowercase();
                    placed
                        && !general(&phrase)
                        && !head.ends_with(" one")
                        && !head.ends_with(" person") | NOTABLE.iter().any(|m| tail.contains(m))
                        && !(head.contains(" first ")
                            && !NOTABLE[..60].iter().any(|m| tail.contains(m))
                            && !tail.contains(" to "))
                        && !(head.contains(" last ") && !head.contains("surviving") && !tail.contains("village"))
                }
                _ => true,
            };
            if told {
                hits.push(Hit {
                    start,
                    end,
                    category: Category::Quasi,
                    severity: Severity::Confirm,
                    rule: "singles-out",
                });
            }
        }
    }
}

/// The end of the clause, at most 120 bytes on.
fn clause_end(text: &str, from: usize) -> usize {
    let limit = (from + 120).min(text.len());
    let end = text[from..limit].find(['.', ',', ';', ':', '!', '?', '(', ')', '\n']).map_or(limit, |i| from + i);
    text[..end].trim_end().len().max(from)
}

/// Sentences about a kind of patient rather than about one.
fn general(phrase: &str) -> bool {
    ["member of staff", "members of staff"].iter().any(|mark| phrase.contains(mark))
        || [
            "the patient who",
            "the patients who",
            "the one who",
            "the ones who",
            "the only one who",
            "the doctor who",
            "the person who",
            "the first one",
            "nurse in charge",
            "the last one",
            "the family who",
            "the only person who",
            "the current one",
        ]
        .iter()
        .any(|mark| phrase.starts_with(mark))
            && !["viral", " tv", "telly", "front page", "lottery"].iter().any(|mark| phrase.contains(mark))
}

#[cfg(test)]
mod tests {
    use crate::deid::{Category, check};

    #[test]
    fn singled_out_or_not() {
        let has = |t: &str| check(t).findings.iter().any(|f| f.category == Category::Quasi);
        for text in [
            "she is the only professional harpist on the island.",
            "He is the man whose rooftop protest was on the front page of the local paper, so",
            "she's the girl who sang the anthem at the Cup final, fans",
            "He is the town mayor's brother, so",
        ] {
            assert!(has(text), "{text}");
        }
        for text in [
            "the only drug that works",
            "the man who lost 10 kg",
            "the first visit",
            "the patient who fell",
            "the only option in children",
        ] {
            assert!(!has(text), "{text}");
        }
    }
}
