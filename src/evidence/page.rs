//! Runs in the reading process: a picture becomes pixels written anew, and the prints by which it is known again.

use super::worker::MOST_PIXELS;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use sha2::{Digest, Sha256};
use std::io::Cursor;

/// Longest side of a page that is kept, in pixels: enough to read the small print of an identity card.
const LONGEST: u32 = 2_200;
/// Bits of a shape in a row, and rows.
const GRID: u32 = 16;

/// A page as it leaves the process.
pub struct Seen {
    pub jpeg: Vec<u8>,
    /// SHA-256 of the pixels.
    pub pixels: [u8; 32],
    /// Where it grows darker from left to right, on a coarse grid; and the same in a mirror.
    pub shape: [u8; 32],
    pub mirrored: [u8; 32],
}

/// Reads a photo or scan: JPEG, PNG or WebP, by what it is and not by what it is called.
pub fn read(file: &[u8]) -> Result<Seen, &'static str> {
    if file.is_empty() {
        return Err("empty");
    }
    let format = match image::guess_format(file) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => format,
        _ if file.get(4..8) == Some(b"ftyp") => return Err("heic"),
        _ => return Err("unknown-type"),
    };
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(400 * 1024 * 1024);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| "broken")?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err("too-many-pixels");
    }
    if width < 64 || height < 64 {
        return Err("too-small");
    }
    // A phone says in the metadata how it was held: turned now, because the metadata go.
    let orientation = decoder.orientation().ok();
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| "broken")?;
    if let Some(orientation) = orientation {
        image.apply_orientation(orientation);
    }
    seen(&flat(image))
}

/// On white, without transparency.
fn flat(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let image = image.into_rgba8();
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [r, g, b, a] = image.get_pixel(x, y).0;
        let on = |c: u8| u8::try_from((u32::from(c) * u32::from(a) + 255 * (255 - u32::from(a))) / 255).unwrap_or(255);
        image::Rgb([on(r), on(g), on(b)])
    })
}

/// A page from its pixels.
pub fn seen(image: &RgbImage) -> Result<Seen, &'static str> {
    let pixels: [u8; 32] = {
        let mut hash = Sha256::new();
        hash.update(image.width().to_be_bytes());
        hash.update(image.height().to_be_bytes());
        hash.update(image.as_raw());
        hash.finalize().into()
    };
    let (width, height) = image.dimensions();
    let longest = width.max(height);
    let kept = if longest > LONGEST {
        let fit =
            |side: u32| u32::try_from(u64::from(side) * u64::from(LONGEST) / u64::from(longest)).unwrap_or(1).max(1);
        &imageops::resize(image, fit(width), fit(height), FilterType::Triangle)
    } else {
        image
    };
    let grey = imageops::grayscale(kept);
    Ok(Seen { jpeg: jpeg(kept)?, pixels, shape: shape(&grey), mirrored: shape(&imageops::flip_horizontal(&grey)) })
}

pub fn jpeg(image: &RgbImage) -> Result<Vec<u8>, &'static str> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, 85).encode_image(image).map_err(|_| "broken")?;
    Ok(out)
}

/// 256 bits: whether each cell of the grid is brighter than its neighbour on the right. The same picture, resized,
/// cropped by a few pixels or saved again, keeps most of them.
fn shape(grey: &GrayImage) -> [u8; 32] {
    let small = imageops::resize(grey, GRID + 1, GRID, FilterType::Triangle);
    let mut bits = [0u8; 32];
    for y in 0..GRID {
        for x in 0..GRID {
            // What is nearly even says nothing and must not flicker.
            if small.get_pixel(x, y).0[0] > small.get_pixel(x + 1, y).0[0].saturating_add(1) {
                let bit = y * GRID + x;
                bits[(bit / 8) as usize] |= 1 << (bit % 8);
            }
        }
    }
    bits
}
