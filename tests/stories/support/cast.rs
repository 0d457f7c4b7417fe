//! The people who may appear: put-together names, numbers in ranges that are not given out.

use collegium::registers::{Profession, Status, fiction};

/// Somebody invented, registered in the British register.
#[derive(Debug, Clone, Copy)]
pub struct Role {
    pub key: &'static str,
    pub given: &'static str,
    pub family: &'static str,
    pub serial: u32,
}

const fn role(key: &'static str, given: &'static str, family: &'static str, serial: u32) -> Role {
    Role { key, given, family, serial }
}

pub const CAST: &[Role] = &[
    role("ada", "Ada", "Marchetti-Wren", 810_101),
    role("bram", "Bram", "Achterberg-Sato", 810_102),
    role("chioma", "Chioma", "Ferrant-Eze", 810_103),
    role("dmitri", "Dmitri", "Valcourt-Hahn", 810_104),
    role("eilis", "Eilis", "Quillane-Mora", 810_105),
    role("farah", "Farah", "Destin-Okello", 810_106),
    role("gabriel", "Gabriel", "Tamsin-Roe", 810_107),
    role("hana", "Hana", "Silvestri-Lund", 810_108),
    role("ines", "Ines", "Calder-Moss", 810_109),
    role("jonas", "Jonas", "Ekwall-Brandt", 810_110),
    role("kofi", "Kofi", "Brannigan-Sow", 810_111),
    role("lena", "Lena", "Hartwell-Ito", 810_112),
    role("mo", "Mo", "Adeyemi-Voss", 810_113),
    role("nils", "Nils", "Okafor-Reyes", 810_114),
    role("oyin", "Oyin", "Farrow-Adair", 810_115),
    role("petra", "Petra", "Lindgaard-Asante", 810_116),
    role("quentin", "Quentin", "Moreau-Tan", 810_117),
    role("rhea", "Rhea", "Lindqvist-Obi", 810_118),
    role("samira", "Samira", "Holt-Nakamura", 810_119),
    role("tomas", "Tomas", "Bellweather-Diaz", 810_120),
    role("una", "Una", "Castellan-Mbeki", 810_121),
    role("viggo", "Viggo", "Sandoval-Pryce", 810_122),
    role("wanda", "Wanda", "Abernathy-Kuo", 810_123),
    role("yusuf", "Yusuf", "Thorne-Halvorsen", 810_124),
];

/// # Panics
/// When nobody of the cast is called so.
pub fn find(key: &str) -> Role {
    *CAST.iter().find(|role| role.key == key).unwrap_or_else(|| panic!("nobody is called {key}"))
}

impl Role {
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    pub fn email(&self) -> String {
        format!("{}@story.example", self.key)
    }

    pub fn number(&self) -> String {
        fiction::gmc_number(self.serial)
    }
}

/// The register's file, with the standing that `of` gives each.
pub fn register_file(of: impl Fn(&Role) -> Status) -> Vec<u8> {
    let numbers: Vec<String> = CAST.iter().map(Role::number).collect();
    let wanted: Vec<fiction::Wanted<'_>> = CAST
        .iter()
        .zip(&numbers)
        .map(|(role, number)| fiction::Wanted {
            register: "gmc",
            number,
            family: role.family,
            given: role.given,
            profession: Profession::Physician,
            specialty: "Cardiology",
            status: of(role),
        })
        .collect();
    let mut file = Vec::new();
    let register = collegium::registers::find("gmc").expect("known");
    fiction::write(register, 7, 0, &wanted, &mut file).expect("written");
    file
}
