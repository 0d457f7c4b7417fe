//! Check digits and structures of national numbers, from published descriptions.

/// The digits of a written number.
pub fn digits(s: &str) -> Vec<u32> {
    s.bytes().filter(u8::is_ascii_digit).map(|b| u32::from(b - b'0')).collect()
}

/// NHS, CHI and H&C numbers: ten digits, weights 10 to 2, modulus 11.
pub fn nhs(s: &str) -> bool {
    let d = digits(s);
    if d.len() != 10 {
        return false;
    }
    let sum: u32 = d[..9].iter().zip((2..=10).rev()).map(|(a, w)| a * w).sum();
    let check = (11 - sum % 11) % 11;
    check != 10 && check == d[9] && d.iter().any(|x| *x != d[0])
}

/// A CHI number also begins with a date of birth.
#[cfg(test)]
pub fn chi(s: &str) -> bool {
    let d = digits(s);
    nhs(s) && (1..=31).contains(&(d[0] * 10 + d[1])) && (1..=12).contains(&(d[2] * 10 + d[3]))
}

/// Luhn: cards, SIN, OHIP, South African and Emirates numbers, IMEI.
pub fn luhn(s: &str) -> bool {
    let d = digits(s);
    let sum: u32 = d
        .iter()
        .rev()
        .enumerate()
        .map(|(i, &x)| if i % 2 == 1 { if x > 4 { 2 * x - 9 } else { 2 * x } } else { x })
        .sum();
    d.len() > 1 && sum.is_multiple_of(10)
}

/// Verhoeff: Aadhaar.
pub fn verhoeff(s: &str) -> bool {
    const P: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let times = |a: u32, b: u32| -> u32 {
        // The dihedral group of ten elements.
        match (a < 5, b < 5) {
            (true, true) => (a + b) % 5,
            (true, false) => 5 + (a + b - 5) % 5,
            (false, true) => 5 + (a - 5 + 5 - b) % 5,
            (false, false) => (a + 5 - b) % 5,
        }
    };
    let mut check = 0;
    for (i, &digit) in digits(s).iter().rev().enumerate() {
        let mut value = digit;
        for _ in 0..i % 8 {
            value = P[value as usize];
        }
        check = times(check, value);
    }
    check == 0
}

/// Australian Medicare: weights 1 3 7 9 1 3 7 9, first digit 2 to 6.
pub fn medicare_au(s: &str) -> bool {
    let d = digits(s);
    if !(10..=11).contains(&d.len()) || !(2..=6).contains(&d[0]) {
        return false;
    }
    let sum: u32 = d[..8].iter().zip([1, 3, 7, 9, 1, 3, 7, 9]).map(|(a, w)| a * w).sum();
    sum % 10 == d[8]
}

/// British Columbia PHN: ten digits from 9, weights 2 4 8 5 10 9 7 3.
pub fn phn_bc(s: &str) -> bool {
    let d = digits(s);
    if d.len() != 10 || d[0] != 9 {
        return false;
    }
    let sum: u32 = d[1..9].iter().zip([2, 4, 8, 5, 10, 9, 7, 3]).map(|(a, w)| (a * w) % 11).sum();
    (11 - sum % 11) % 11 == d[9]
}

/// New Zealand NHI, the old shape (AAANNNC) and the new (AAANNAX).
pub fn nhi(s: &str) -> bool {
    let c: Vec<u8> = s.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_uppercase()).collect();
    if c.len() != 7 {
        return false;
    }
    let letter = |b: u8| b"ABCDEFGHJKLMNPQRSTUVWXYZ".iter().position(|l| *l == b).map(|i| i as u32 + 1);
    let value = |b: u8| if b.is_ascii_digit() { Some(u32::from(b - b'0')) } else { letter(b) };
    if c[..3].iter().any(u8::is_ascii_digit) || !c[3].is_ascii_digit() || !c[4].is_ascii_digit() {
        return false;
    }
    let mut sum = 0;
    for (b, weight) in c[..6].iter().zip([7, 6, 5, 4, 3, 2]) {
        match value(*b) {
            Some(v) => sum += v * weight,
            None => return false,
        }
    }
    if c[5].is_ascii_digit() {
        let rest = sum % 11;
        c[6].is_ascii_digit() && rest != 0 && (11 - rest) % 10 == u32::from(c[6] - b'0')
    } else {
        letter(c[6]) == Some(23 - sum % 23)
    }
}

/// Irish PPSN: seven digits and one or two letters, modulus 23.
pub fn ppsn(s: &str) -> bool {
    let c: Vec<u8> = s.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_uppercase()).collect();
    if !(8..=9).contains(&c.len())
        || c[..7].iter().any(|b| !b.is_ascii_digit())
        || c[7..].iter().any(u8::is_ascii_digit)
    {
        return false;
    }
    let mut sum: u32 = c[..7].iter().zip((2..=8).rev()).map(|(b, w)| u32::from(b - b'0') * w).sum();
    if c.len() == 9 && c[8] != b'W' {
        sum += u32::from(c[8] - b'A' + 1) * 9;
    }
    let check = match sum % 23 {
        0 => b'W',
        n => b'A' + n as u8 - 1,
    };
    check == c[7]
}

/// United States SSN: areas never issued are not one.
pub fn ssn(s: &str) -> bool {
    let d = digits(s);
    if d.len() != 9 {
        return false;
    }
    let area = d[0] * 100 + d[1] * 10 + d[2];
    area != 0 && area != 666 && area < 900 && d[3] + d[4] > 0 && d[5..].iter().sum::<u32>() > 0
}

/// Singapore NRIC and FIN.
pub fn nric(s: &str) -> bool {
    let c: Vec<u8> = s.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_uppercase()).collect();
    if c.len() != 9 || c[1..8].iter().any(|b| !b.is_ascii_digit()) {
        return false;
    }
    let mut sum: u32 = c[1..8].iter().zip([2, 7, 6, 5, 4, 3, 2]).map(|(b, w)| u32::from(b - b'0') * w).sum();
    let letters: &[u8] = match c[0] {
        b'S' | b'T' => b"JZIHGFEDCBA",
        b'F' | b'G' => b"XWUTRQPNMLK",
        b'M' => b"KLJNPQRTUWX",
        _ => return false,
    };
    match c[0] {
        b'T' | b'G' => sum += 4,
        b'M' => sum += 3,
        _ => {}
    }
    let at = (sum % 11) as usize;
    letters[if c[0] == b'M' { 10 - at } else { at }] == c[8]
}

/// South African identity number: a date, a citizenship digit, Luhn.
pub fn id_za(s: &str) -> bool {
    let d = digits(s);
    d.len() == 13
        && (1..=12).contains(&(d[2] * 10 + d[3]))
        && (1..=31).contains(&(d[4] * 10 + d[5]))
        && d[10] <= 2
        && luhn(s)
}

/// United States NPI: Luhn with 80840 before it.
#[cfg(test)]
pub fn npi(s: &str) -> bool {
    digits(s).len() == 10 && luhn(&format!("80840{s}"))
}

/// United States DEA registration.
pub fn dea(s: &str) -> bool {
    let d = digits(s);
    s.len() == 9 && d.len() == 7 && (d[0] + d[2] + d[4] + 2 * (d[1] + d[3] + d[5])) % 10 == d[6]
}

/// Vehicle identification number, North American check digit.
#[cfg(test)]
pub fn vin(s: &str) -> bool {
    let value = |b: u8| match b {
        b'0'..=b'9' => u32::from(b - b'0'),
        b'A'..=b'H' => u32::from(b - b'A') + 1,
        b'J'..=b'N' => u32::from(b - b'J') + 1,
        b'P' => 7,
        b'R' => 9,
        b'S'..=b'Z' => u32::from(b - b'S') + 2,
        _ => 99,
    };
    let c = s.as_bytes();
    if c.len() != 17 || c.iter().any(|b| value(*b) == 99) {
        return false;
    }
    let weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let rest = c.iter().zip(weights).map(|(b, w)| value(*b) * w).sum::<u32>() % 11;
    c[8] == if rest == 10 { b'X' } else { b'0' + rest as u8 }
}

/// IBAN: modulus 97.
pub fn iban(s: &str) -> bool {
    let c: Vec<u8> = s.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_uppercase()).collect();
    if !(15..=34).contains(&c.len()) {
        return false;
    }
    let mut rest = 0u32;
    for b in c[4..].iter().chain(&c[..4]) {
        let v = if b.is_ascii_digit() { u32::from(b - b'0') } else { u32::from(b - b'A') + 10 };
        rest = (rest * if v > 9 { 100 } else { 10 } + v) % 97;
    }
    rest == 1
}

/// Malaysian MyKad: a birth date, then a place code that is in use.
pub fn mykad(s: &str) -> bool {
    let d = digits(s);
    if d.len() != 12 {
        return false;
    }
    let (month, day, place) = (d[2] * 10 + d[3], d[4] * 10 + d[5], d[6] * 10 + d[7]);
    (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && !matches!(place, 0 | 17..=20 | 69 | 70 | 73 | 80 | 81 | 94..=97)
}

/// Hong Kong identity card: letters and digits by weights 9 to 1, modulus 11.
pub fn hkid(s: &str) -> bool {
    let c: Vec<u8> = s.bytes().filter(u8::is_ascii_alphanumeric).collect();
    if !(8..=9).contains(&c.len()) {
        return false;
    }
    let value =
        |b: u8| if b.is_ascii_digit() { u32::from(b - b'0') } else { u32::from(b.to_ascii_uppercase() - b'A') + 10 };
    // A single letter has a space, worth 36, before it.
    let space = if c.len() == 8 { 36 * 9 } else { 0 };
    let sum: u32 = c.iter().rev().enumerate().map(|(i, b)| value(*b) * (i as u32 + 1)).sum();
    (sum + space).is_multiple_of(11)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_vectors_pass_and_their_neighbours_fail() {
        assert!(nhs("943 476 5919") && !nhs("943 476 5918"));
        assert!(chi("0812596234"));
        assert!(verhoeff("2341 2341 2346") && !verhoeff("2341 2341 2345"));
        assert!(medicare_au("2123 45670 1") && !medicare_au("2123 45680 1"));
        assert!(phn_bc("9698 658 215") && !phn_bc("9698 658 216"));
        for good in ["ZAC5361", "ZBN77VL", "ZZZ00AC"] {
            assert!(nhi(good), "{good}");
        }
        assert!(!nhi("ZAC5362") && !nhi("ZZZ00AB"));
        assert!(ppsn("6433435F") && !ppsn("6433435G"));
        assert!(ssn("819-68-7735") && !ssn("666-12-3456") && !ssn("123-00-4567"));
        assert!(id_za("8001015009087") && !id_za("8001015009088"));
        assert!(npi("1234567893") && !npi("1234567890"));
        assert!(dea("AB1234563") && !dea("AB1234564"));
        assert!(vin("1M8GDM9AXKP042788"));
        assert!(luhn("8003 6083 3342 9777"));
        assert!(mykad("880314-14-5523") && !mykad("881314-14-5523") && !mykad("880314-97-5523"));
        assert!(hkid("A123456(3)") && !hkid("A123456(4)"));
        assert!(nric("S1234567D") && !nric("S1234567E"));
        assert!(iban("GB82 WEST 1234 5698 7654 32") && !iban("GB82 WEST 1234 5698 7654 33"));
    }
}
