//! Runs in the reading process: each page of a PDF becomes pixels.

use super::page::{Seen, seen};
use super::worker::MOST_PAGES;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::RgbImage;

/// Longest side of a page, in pixels: an A4 sheet at about 150 to the inch.
const LONGEST: f32 = 1_800.0;

/// Reads a PDF. No script in it runs, no file or address it names is opened: what draws it knows neither.
pub fn read(file: &[u8]) -> Result<Vec<Seen>, &'static str> {
    let pdf = Pdf::new(file.to_vec()).map_err(|cause| match cause {
        LoadPdfError::Decryption(_) => "locked",
        LoadPdfError::Invalid => "broken",
    })?;
    let pages = pdf.pages();
    if pages.len() > MOST_PAGES {
        return Err("too-many-pages");
    }
    let cache = RenderCache::new();
    let (reading, drawing) = (InterpreterSettings::default(), RenderSettings::default());
    let mut read = Vec::new();
    for page in pages.iter() {
        let (width, height) = page.render_dimensions();
        let longest = width.max(height);
        if !longest.is_finite() || width.min(height) < 1.0 || longest / width.min(height) > 20.0 {
            return Err("broken");
        }
        let scale = LONGEST / longest;
        let size = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let drawn = render(page, &cache, &reading, &drawing, &size);
        let rgb: Vec<u8> =
            drawn.data_as_u8_slice().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        let image = RgbImage::from_raw(u32::from(drawn.width()), u32::from(drawn.height()), rgb).ok_or("broken")?;
        read.push(image);
    }
    // What cannot be drawn comes out white: better told than shown to a verifier as nothing.
    if read.is_empty() || read.iter().all(is_blank) {
        return Err("blank");
    }
    read.iter().map(seen).collect()
}

fn is_blank(image: &RgbImage) -> bool {
    let first = image.as_raw().first().copied().unwrap_or(255);
    image.as_raw().iter().all(|value| value.abs_diff(first) < 8)
}
