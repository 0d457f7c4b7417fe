//! Knowing a document again, also resized, cropped by a few pixels, mirrored or saved anew; without keeping anything of
//! it that could be read without the key.
//!
//! A page has one print of its exact pixels, and up to 32 of its shape: 256 bits in pieces of eight, each keyed with its
//! place. Pieces that say nothing (all bits alike: an even background) are left out. Two pages are the same to us when
//! their pixels are, or when enough pieces agree. Measured on painted sheets: cropped by 1 % on each side at least 56 % of
//! the pieces agree, by 2 % mostly more than 40; of two sheets of different forms at most 12, of two of one form, half of
//! it alike, 34 (in one pair of a hundred more than 47).

use super::Page;
use super::vault::Vault;
use crate::base::secret::hex;

/// So many pieces of the shape must agree, and so much of what there is to compare (in hundredths).
const PIECES: usize = 7;
const SHARE: usize = 45;

/// A keyed print: 0 for the pixels, from 1 on a piece of the shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    pub band: i64,
    pub print: String,
}

/// What is kept of a page.
pub fn of(vault: &Vault, page: &Page) -> Vec<Print> {
    let mut prints = vec![Print { band: 0, print: keyed(vault, 0, &page.pixels) }];
    prints.extend(pieces(vault, &page.shape));
    prints
}

/// What is asked for: the page as it is and as a mirror shows it.
pub fn asked(vault: &Vault, page: &Page) -> [Vec<Print>; 2] {
    [of(vault, page), pieces(vault, &page.mirrored)]
}

fn pieces(vault: &Vault, shape: &[u8; 32]) -> Vec<Print> {
    (1i64..)
        .zip(shape)
        .filter(|(_, bits)| !matches!(bits.count_ones(), 0 | 8))
        .map(|(band, bits)| Print { band, print: keyed(vault, band, &[*bits]) })
        .collect()
}

fn keyed(vault: &Vault, band: i64, bytes: &[u8]) -> String {
    let mut subject = band.to_be_bytes().to_vec();
    subject.extend(bytes);
    hex(&vault.keyed("print", &subject)[..16])
}

/// Whether so many agreeing pieces, of so many that were asked for, mean the same page.
pub fn is_same(agree: usize, asked: usize) -> bool {
    agree >= PIECES && agree * 100 >= asked * SHARE
}

#[cfg(test)]
mod tests {
    use super::super::page::seen;
    use super::*;
    use crate::base::secret::Secret;
    use image::imageops::{FilterType, crop_imm, flip_horizontal, resize};
    use image::{Rgb, RgbImage};
    use std::collections::BTreeSet;

    /// A form with its own photo and lines: `form` gives what all of a kind have alike, `own` what one has.
    fn sheet(form: u32, own: u32) -> RgbImage {
        let mut image = RgbImage::from_pixel(720, 500, Rgb([238, 236, 230]));
        let mut paint = |seed: u32, many: u32, left: u32, right: u32, top: u32, bottom: u32| {
            let mut state = seed.wrapping_mul(2_654_435_761) | 1;
            let mut draw = |most: u32| {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                state % most
            };
            for _ in 0..many {
                let (x, y) = (left + draw(right - left), top + draw(bottom - top));
                let (wide, high, shade) = (30 + draw(70), 12 + draw(40), u8::try_from(draw(200)).unwrap());
                for down in y..(y + high).min(bottom) {
                    for across in x..(x + wide).min(right) {
                        image.put_pixel(across, down, Rgb([shade; 3]));
                    }
                }
            }
        };
        // Half of the sheet is the form's, half is the holder's.
        paint(form, 40, 0, 720, 0, 130);
        paint(form + 7, 30, 0, 720, 400, 500);
        paint(own, 60, 0, 720, 130, 400);
        image
    }

    fn page(image: &RgbImage) -> Page {
        let seen = seen(image).unwrap();
        Page { jpeg: seen.jpeg, pixels: seen.pixels, shape: seen.shape, mirrored: seen.mirrored }
    }

    fn same(vault: &Vault, known: &Page, new: &Page) -> bool {
        let kept: BTreeSet<String> = of(vault, known).into_iter().map(|print| print.print).collect();
        asked(vault, new).iter().any(|asked| {
            let shape = asked.iter().filter(|print| print.band > 0).count();
            let agree = asked.iter().filter(|print| print.band > 0 && kept.contains(&print.print)).count();
            is_same(agree, shape)
        })
    }

    #[test]
    fn copies_are_known_and_others_are_not() {
        let folder = std::env::temp_dir().join(format!("collegium-prints-{}", std::process::id()));
        let vault = Vault::open(&folder, Secret::new("k".repeat(40))).unwrap();
        let (mut missed, mut copies) = (Vec::new(), 0);
        for own in 1..=12 {
            let one = sheet(100 + own, own);
            let known = page(&one);
            let cropped = |by: u32| crop_imm(&one, by, by, 720 - 2 * by, 500 - 2 * by).to_image();
            for (what, copy) in [
                ("half", resize(&one, 360, 250, FilterType::Triangle)),
                ("larger", resize(&one, 1_000, 694, FilterType::Triangle)),
                ("cropped by 4", cropped(4)),
                ("cropped by 2", cropped(2)),
                ("mirrored", flip_horizontal(&one)),
                ("mirrored, smaller, cropped", flip_horizontal(&resize(&cropped(5), 500, 345, FilterType::Triangle))),
            ] {
                copies += 1;
                if !same(&vault, &known, &page(&copy)) {
                    missed.push(format!("{own} {what}"));
                }
            }
        }
        assert!(missed.is_empty(), "of {copies} copies not known: {missed:?}");
        // Others, of another form and of the same one.
        let pages: Vec<(u32, Page)> = (0..60).map(|own| (own % 6, page(&sheet(500 + own % 6, 1_000 + own)))).collect();
        let (mut strangers, mut kin, mut kin_pairs) = (0, 0, 0);
        for (at, (form, one)) in pages.iter().enumerate() {
            for (other_form, other) in &pages[..at] {
                let wrong = usize::from(same(&vault, one, other));
                if form == other_form {
                    (kin, kin_pairs) = (kin + wrong, kin_pairs + 1);
                } else {
                    strangers += wrong;
                }
            }
        }
        assert_eq!(strangers, 0, "documents of different forms taken for one");
        assert!(kin * 10 <= kin_pairs, "{kin} of {kin_pairs} pairs of one form, half of it alike, taken for one");
        let _ = std::fs::remove_dir_all(folder);
    }
}
