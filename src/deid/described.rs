//! A description from its article on: `the nun who …`, `the only harpist on …`, `the governor's nephew`.
//!
//! The phrase is read once; then each of the ways in which one may single out a person is asked whether it does.

use super::Scene;
use super::callings::{
    CALLING, CLINIC, EVENT, HOLLOW, ILL, KIN, LINK, MEDIA, OFFICE, PEOPLE, PICTURE, PLACE, PLAIN, SHOWN, SITTING,
    THING, UNIQUE, agent, head,
};
use super::clauses::{Marks, clause, marks};
use super::deeds::{acted, eventful, teaching};
use super::lexicon::{PATIENT, RELATIVE, STAFF};
use super::said::{Said, said};
use super::token::{Case, Kind};

/// A noun phrase and what qualifies it.
struct Phrase<'a> {
    scene: &'a Scene<'a>,
    /// The article or the owner.
    at: usize,
    /// The first word after it.
    from: usize,
    /// The noun that says who it is.
    core: usize,
    /// What begins the qualification, and the token after its end.
    link: usize,
    end: usize,
    /// What is known of the noun.
    who: u32,
    said: Said,
    inner: Marks,
    tail: Marks,
    /// Holds "first", "only", "oldest".
    rare: bool,
    /// Belongs to somebody in office.
    office: bool,
    /// Something stands between the noun and its qualification: `the last piper alive who`.
    parted: bool,
}

/// Where a description ends that begins at a token.
pub fn article(scene: &Scene, at: usize) -> Option<usize> {
    let end = told(read(scene, at)?)?;
    (!fancied(scene, at)).then_some(end)
}

/// What somebody only thinks: `believes she is the queen of the island`.
fn fancied(scene: &Scene, at: usize) -> bool {
    (1..=5).take_while(|n| at >= *n && !scene.tokens[at - n + 1].line).any(|n| {
        [
            "thinks",
            "believes",
            "thought",
            "believed",
            "convinced",
            "claims",
            "imagines",
            "delusion",
            "delusions",
            "like",
            "if",
        ]
        .contains(&scene.word(at - n))
    })
}

/// Where a description ends, if it is one.
fn told(phrase: Phrase) -> Option<usize> {
    let scene = phrase.scene;
    if phrase.office && phrase.who & KIN != 0 {
        return Some(after_noun(scene, phrase.core + 1));
    }
    let tail = scene.tokens[phrase.end - 1].end.max(scene.tokens[phrase.link.saturating_sub(1)].end);
    if phrase.relative() {
        return phrase.tells().then_some(tail);
    }
    if phrase.rare && phrase.only() || phrase.placed() || phrase.shown() || phrase.contact() {
        return Some(tail);
    }
    // `he is the town mayor`
    let local = (phrase.from..phrase.core).any(|n| scene.calling(n) & PLACE != 0);
    (phrase.who & OFFICE != 0 && phrase.said == Said::Sure && local).then(|| scene.tokens[phrase.core].end)
}

fn read<'a>(scene: &'a Scene<'a>, at: usize) -> Option<Phrase<'a>> {
    let tokens = scene.tokens;
    let from = at + 1;
    let mut link = from;
    let (mut rare, mut office, mut quoted) = (false, false, false);
    // At most eight words up to what qualifies them.
    while link < from + 11 {
        let token = tokens.get(link)?;
        if token.line && link > from {
            break;
        }
        let known = scene.calling(link);
        if token.kind == Kind::Sign {
            match scene.text.as_bytes()[token.start] {
                b'-' | b'\'' => {}
                b'"' => quoted = true,
                _ => break,
            }
        } else if link > from && (known & (LINK | SHOWN) != 0 || parted_by(scene, link)) {
            break;
        } else {
            rare |= known & UNIQUE != 0 && link < from + 4;
            office |= known & OFFICE != 0 && token.possessive;
        }
        link += 1;
    }
    let words = |upto: usize| (from..upto).rev().find(|n| tokens[*n].word() || tokens[*n].kind == Kind::Mixed);
    let last = words(link)?;
    let parted = matches!(scene.word(last), "living" | "alive" | "left" | "ever" | "here" | "locally");
    let core = if parted { words(last).unwrap_or(last) } else { last };
    let mut who = head(scene.word(core));
    if who == 0 && tokens[core].is(STAFF) {
        who = PLAIN;
    }
    // `the lift technician`: no technician of the ward.
    const TRADES: [&str; 18] = [
        "lift",
        "elevator",
        "sound",
        "lighting",
        "piano",
        "radio",
        "broadcast",
        "aircraft",
        "telephone",
        "crane",
        "stage",
        "railway",
        "train",
        "mine",
        "film",
        "oil",
        "rig",
        "wind",
    ];
    if who & PLAIN != 0 && core > from && TRADES.contains(&scene.word(core - 1)) {
        who = CALLING;
    }
    if core > from + 1 && scene.word(core - 1) == "-" {
        who |= head(&format!("{}-{}", scene.word(core - 2), scene.word(core)));
    }
    if quoted && tokens.get(link).is_some_and(|t| t.kind == Kind::Sign) {
        link += 1;
    }
    let end = link.max(1);
    let mut phrase = Phrase {
        scene,
        at,
        from,
        core,
        link,
        end,
        who,
        said: said(scene, at),
        inner: Marks::default(),
        tail: Marks::default(),
        rare,
        office,
        parted,
    };
    let owned = office && who & KIN != 0;
    if !(rare || owned || phrase.sure() || phrase.person() || phrase.relative()) {
        // Nobody is told of: what qualifies it need not be read.
        return None;
    }
    phrase.end = clause(scene, link).max(link.min(tokens.len() - 1)).max(1);
    phrase.inner = marks(scene, from, core);
    phrase.tail = marks(scene, link, phrase.end);
    Some(phrase)
}

/// `the diver rescued on live television`: a deed straight after somebody.
fn parted_by(scene: &Scene, at: usize) -> bool {
    scene.word(at).ends_with("ed")
        && scene.word(at).len() > 4
        && head(scene.word(at - 1)) & (OFFICE | CALLING | PEOPLE) != 0
        && !scene.tokens[at - 1].possessive
}

impl Phrase<'_> {
    fn word(&self) -> &str {
        self.scene.word(self.link)
    }
    fn sure(&self) -> bool {
        self.said == Said::Sure
    }
    fn named(&self) -> bool {
        self.who & (OFFICE | CALLING) != 0
    }
    fn person(&self) -> bool {
        self.who & (OFFICE | CALLING | PEOPLE) != 0
    }
    /// One of the patients or of the staff.
    fn plain(&self) -> bool {
        self.who & PLAIN != 0 && !self.named()
    }
    fn relative(&self) -> bool {
        matches!(self.word(), "who" | "whose" | "whom") || self.word() == "that" && self.person()
    }

    /// `the verger who rang the bells`
    fn tells(&self) -> bool {
        let all = self.tail;
        let beyond = super::quasi::trailing(self.scene, self.scene.tokens[self.end - 1].end);
        let published = all.public() || beyond > self.scene.tokens[self.end - 1].end && self.sure();
        if published && (self.said >= Said::Hinted && !self.plain() || self.person() || self.rare || self.sure()) {
            return !teaching(self.scene, self.link, self.end);
        }
        let eventful = eventful(self.scene, self.link, self.end);
        if self.plain() {
            return self.sure() && all.event && eventful && (self.rare || self.scene.word(self.core) == "one");
        }
        let care = all.clinic && !all.event && !(self.who & OFFICE != 0 && eventful);
        let long = all.words > 4;
        let calling = self.named() || self.who == 0 && agent(self.scene.word(self.core));
        let fit = if self.sure() && self.word() == "whose" {
            calling || self.person() && (all.event || all.capital) || self.who == 0 && self.inner.capital
        } else if self.sure() {
            eventful
                || calling && all.words > 3 && acted(self.scene, self.link, self.end)
                || all.event && long
                || self.rare && (all.capital || all.place || self.person() && long)
                || all.capital && self.person() && long
                || calling && all.place && long
        } else {
            let notable = all.event || self.inner.event;
            (eventful || self.scene.word(self.link + 1) == "had")
                && (self.who & OFFICE != 0 && all.words > 3
                    || self.person() && notable && long
                    || self.named() && all.event && all.calling && all.words > 6
                    || self.named() && (self.said == Said::Hinted && all.words > 5 || all.capital))
        };
        fit && !care && (self.word() != "that" || all.event || self.sure() && eventful)
    }

    /// `the only harpist on the island`, `the sitting governor`, `Iceland's first …`
    fn only(&self) -> bool {
        let (scene, who) = (self.scene, self.who);
        let link = self.word();
        let ours = matches!(scene.word(self.at), "the" | "that" | "our" | "this" | "one");
        let owned = !ours || (self.from..self.core).any(|n| scene.tokens[n].possessive);
        let deed = link == "ever" || link == "to" && scene.word(self.link + 1) == "have";
        let scope = owned
            || self.parted
            || ["in", "on", "at", "of", "for", "to", "from", "ever", "out", "left", "still", "here"].contains(&link)
            || scene.calling(self.link) & SHOWN != 0
            || parted_by(scene, self.link);
        let all = self.tail;
        let inner = self.inner;
        let wide = owned
            || deed
            || all.place
            || all.notable()
            || all.capital
            || inner.place
            || inner.notable()
            || inner.capital
            || inner.wide
            || scene.word(self.link + 1) == "here";
        let kinship =
            who & KIN != 0 && who & CALLING == 0 && !(all.notable() || self.office || all.calling || inner.calling);
        if all.clinic || all.small && !all.place && who & OFFICE == 0 {
            return false;
        }
        // `the last of the village's charcoal burners`
        if self.core == self.from && link == "of" {
            let last = scene.word(self.end - 1);
            let trade = last.strip_suffix('s').is_some_and(|one| agent(one) || head(one) & CALLING != 0);
            return self.sure() && (all.place || all.event || all.capital || trade) && all.words > 3;
        }
        if self.plain() {
            return self.sure() && all.place && scope;
        }
        let sitting = (self.from..self.core).any(|n| scene.calling(n) & SITTING != 0);
        if sitting {
            let title = inner.capital || inner.wide || inner.event;
            return who & OFFICE != 0 && (scope || self.sure())
                || who & CALLING != 0 && self.sure() && (title || scope && wide);
        }
        if kinship {
            return false;
        }
        if self.person() {
            let first = self.named() && self.sure() && self.core > self.from + 1;
            return scope && (wide || first) && (self.said != Said::No || deed || all.place && self.named());
        }
        self.sure() && scope && wide && self.core >= self.from + 2 && !self.thing() && self.somebody()
    }

    /// `the chef on the breakfast show`, `the fiddler from that advert`
    fn placed(&self) -> bool {
        let link = self.word();
        if !["from", "in", "on", "off", "behind", "at", "of", "with", "for"].contains(&link) {
            return false;
        }
        let all = self.tail;
        if self.plain() && !(self.scene.word(self.core) == "one" && all.media && self.sure()) {
            return false;
        }
        let sure = self.sure();
        if !(sure || self.person()) || teaching(self.scene, self.link, self.end) {
            return false;
        }
        let agent = agent(self.scene.word(self.core));
        let care = all.clinic && !all.viral && !(sure && (self.named() || agent) && all.event);
        let media =
            all.media && (sure || link != "of") || all.picture && (all.viral || sure && (all.capital || all.words > 4));
        let known =
            sure || all.capital || all.viral || ["that", "the", "our"].contains(&self.scene.word(self.link + 1));
        let shared = sure && ["that", "those"].contains(&self.scene.word(self.link + 1)) && all.words > 2 && !all.small;
        let published =
            (media && known || shared) && (self.person() || sure && self.somebody() && !self.thing() || self.plain());
        let local = self.who & OFFICE != 0 && sure && ["of", "in", "at"].contains(&link) && (all.place || all.capital);
        let famed = sure
            && self.who & CALLING != 0
            && all.event
            && (all.capital || all.year || ["from", "at", "in", "behind"].contains(&link) && all.words > 2);
        let seen = sure
            && self.who & PEOPLE != 0
            && self.who & KIN == 0
            && all.event
            && ["from", "at", "in", "behind"].contains(&link)
            && all.words > 2;
        let own = sure
            && (["of", "to", "at", "in", "on"].contains(&link)
                || ["with", "for"].contains(&link) && (all.place || all.event || all.wide))
            && all.words > 1
            && !all.small
            && (self.named() && self.scene.calling(self.core) & HOLLOW == 0
                || (self.named() || agent) && (all.place || all.event) && link != "on");
        (published || local || famed || seen || own) && !care
    }

    /// `the bagpiper filmed for the news`, `the umpire sacked after the final`
    fn shown(&self) -> bool {
        let all = self.tail;
        (self.scene.calling(self.link) & SHOWN != 0 || parted_by(self.scene, self.link))
            && (self.named() || self.person() && self.sure())
            && !self.plain()
            && (all.public() && !teaching(self.scene, self.link, self.end)
                || !all.clinic
                    && (self.sure() || self.said == Said::Hinted && self.named() && all.event)
                    && self.scene.calling(self.link) & ILL == 0
                    && (all.event || self.named() && all.words > 2 || all.capital && all.words > 3))
    }

    /// `the lad the king knighted`, `the baker everybody knows as`
    fn contact(&self) -> bool {
        let word = self.word();
        let next = self.scene.word(self.link + 1);
        let known = matches!(word, "everyone" | "everybody") || matches!(next, "call" | "called" | "calls");
        (known || matches!(word, "the" | "we" | "you" | "they"))
            && self.person()
            && self.sure()
            && !self.plain()
            && (known || self.tail.notable())
            && !self.tail.clinic
    }

    /// A head that is a thing rather than a person: it has a clinical or an abstract word's ending.
    fn thing(&self) -> bool {
        let word = self.scene.word(self.core);
        let known = self.scene.calling(self.core);
        ["tion", "ment", "ness", "ity", "ance", "ence", "ism", "ing", "age", "ure", "osis", "itis", "emia", "oma"]
            .iter()
            .any(|ending| word.ends_with(ending))
            || self.scene.tokens[self.core].case == Case::Upper
            || known & THING != 0
            || known & (CLINIC | PLACE | EVENT | MEDIA | PICTURE) != 0 && !self.person()
    }

    /// Whether the subject before is a person without doubt, so that the head need not be listed.
    fn somebody(&self) -> bool {
        let tokens = self.scene.tokens;
        (1..=5).take_while(|n| self.at >= *n && !tokens[self.at - n + 1].line).any(|n| {
            let at = self.at - n;
            ["he", "she", "who", "hes", "shes", "pt", "patient"].contains(&self.scene.word(at))
                || tokens[at].word() && tokens[at].is(RELATIVE | PATIENT)
        })
    }
}

/// The end of a noun phrase with its `of`, `in`, `after`.
fn after_noun(scene: &Scene, from: usize) -> usize {
    let goes_on = ["of", "in", "on", "for", "here", "after", "who", "whose", "at", "from"].contains(&scene.word(from));
    let end = if goes_on { clause(scene, from) } else { from };
    scene.tokens.get(end - 1).map_or(scene.text.len(), |t| t.end)
}
