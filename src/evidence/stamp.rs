//! Runs in the reading process: writes who looks, and when, across a page. A picture of the screen then says from whom
//! it came.

use super::page::{Seen, jpeg};
use image::{ImageFormat, RgbImage};

/// Letters of five by seven points, one byte a row. Only what an id and a time are written with.
const GLYPHS: &[(char, [u8; 7])] = &[
    ('0', [14, 17, 19, 21, 25, 17, 14]),
    ('1', [4, 12, 4, 4, 4, 4, 14]),
    ('2', [14, 17, 1, 2, 4, 8, 31]),
    ('3', [31, 2, 4, 2, 1, 17, 14]),
    ('4', [2, 6, 10, 18, 31, 2, 2]),
    ('5', [31, 16, 30, 1, 1, 17, 14]),
    ('6', [6, 8, 16, 30, 17, 17, 14]),
    ('7', [31, 1, 2, 4, 8, 8, 8]),
    ('8', [14, 17, 17, 14, 17, 17, 14]),
    ('9', [14, 17, 17, 15, 1, 2, 12]),
    ('A', [14, 17, 17, 31, 17, 17, 17]),
    ('B', [30, 17, 17, 30, 17, 17, 30]),
    ('C', [14, 17, 16, 16, 16, 17, 14]),
    ('D', [28, 18, 17, 17, 17, 18, 28]),
    ('E', [31, 16, 16, 30, 16, 16, 31]),
    ('F', [31, 16, 16, 30, 16, 16, 16]),
    ('G', [14, 17, 16, 23, 17, 17, 15]),
    ('H', [17, 17, 17, 31, 17, 17, 17]),
    ('I', [14, 4, 4, 4, 4, 4, 14]),
    ('J', [7, 2, 2, 2, 2, 18, 12]),
    ('K', [17, 18, 20, 24, 20, 18, 17]),
    ('L', [16, 16, 16, 16, 16, 16, 31]),
    ('M', [17, 27, 21, 21, 17, 17, 17]),
    ('N', [17, 17, 25, 21, 19, 17, 17]),
    ('O', [14, 17, 17, 17, 17, 17, 14]),
    ('P', [30, 17, 17, 30, 16, 16, 16]),
    ('Q', [14, 17, 17, 17, 21, 18, 13]),
    ('R', [30, 17, 17, 30, 20, 18, 17]),
    ('S', [15, 16, 16, 14, 1, 1, 30]),
    ('T', [31, 4, 4, 4, 4, 4, 4]),
    ('U', [17, 17, 17, 17, 17, 17, 14]),
    ('V', [17, 17, 17, 17, 17, 10, 4]),
    ('W', [17, 17, 17, 21, 21, 21, 10]),
    ('X', [17, 17, 10, 4, 10, 17, 17]),
    ('Y', [17, 17, 17, 10, 4, 4, 4]),
    ('Z', [31, 1, 2, 4, 8, 16, 31]),
    ('-', [0, 0, 0, 31, 0, 0, 0]),
    (':', [0, 12, 12, 0, 12, 12, 0]),
    ('.', [0, 0, 0, 0, 0, 12, 12]),
];

/// Stamps a page that this house has written itself.
pub fn stamp(page: &[u8], words: &str) -> Result<Seen, &'static str> {
    let mut image = image::load_from_memory_with_format(page, ImageFormat::Jpeg).map_err(|_| "broken")?.into_rgb8();
    let dot = (image.width().max(image.height()) / 600).max(1);
    let words = words.to_uppercase();
    let line = u32::try_from(words.chars().count()).unwrap_or(1).max(1) * 6 * dot;
    let (mut y, mut row) = (dot * 8, 0u32);
    while y < image.height() {
        // Each line begins elsewhere, so that no strip of the page is free of it.
        let mut x = (row % 3) * line / 3;
        while x < image.width() {
            write(&mut image, &words, x, y, dot);
            x += line + dot * 60;
        }
        y += dot * 90;
        row += 1;
    }
    Ok(Seen { jpeg: jpeg(&image)?, pixels: [0; 32], shape: [0; 32], mirrored: [0; 32] })
}

fn write(image: &mut RgbImage, words: &str, left: u32, top: u32, dot: u32) {
    for (at, letter) in words.chars().enumerate() {
        let Some((_, rows)) = GLYPHS.iter().find(|(known, _)| *known == letter) else { continue };
        let left = left + u32::try_from(at).unwrap_or(0) * 6 * dot;
        for (down, bits) in (0u32..).zip(rows) {
            for right in 0..5u32 {
                if bits >> (4 - right) & 1 == 1 {
                    tint(image, left + right * dot, top + down * dot, dot);
                }
            }
        }
    }
}

/// Half way to the other brightness: readable on dark and on bright, and what lies under it stays readable too.
fn tint(image: &mut RgbImage, left: u32, top: u32, dot: u32) {
    for y in top..(top + dot).min(image.height()) {
        for x in left..(left + dot).min(image.width()) {
            let pixel = image.get_pixel_mut(x, y);
            for value in &mut pixel.0 {
                *value = if *value > 127 { *value - *value / 3 } else { *value + (255 - *value) / 3 };
            }
        }
    }
}
